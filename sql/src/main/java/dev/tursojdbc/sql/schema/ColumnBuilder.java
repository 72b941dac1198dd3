package dev.tursojdbc.sql.schema;

import dev.tursojdbc.sql.ast.ColumnConstraint;
import dev.tursojdbc.sql.ast.ColumnDefinition;
import dev.tursojdbc.sql.ast.ConflictAction;
import dev.tursojdbc.sql.ast.Expression;
import dev.tursojdbc.sql.value.Affinity;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes a {@link Column} of its definition, and tells the table what its constraints mean for the
 * table.
 */
final class ColumnBuilder implements ColumnConstraint.Visitor<@Nullable Void> {
  /** These are kept in upper case, however they were written. */
  private static final Set<String> STANDARD_TYPES =
      Set.of("ANY", "BLOB", "INT", "INTEGER", "REAL", "TEXT");

  private final TableBuilder table;
  private final int index;
  private final String name;
  private final @Nullable String declaredType;
  private String collation = "BINARY";
  private @Nullable ConflictAction notNull;
  private @Nullable Expression defaultValue;
  private @Nullable String defaultText;
  private @Nullable Expression generated;
  private Column.Generation generation = Column.Generation.NONE;

  ColumnBuilder(TableBuilder table, int index, ColumnDefinition definition) {
    this.table = table;
    this.index = index;
    this.name = definition.name().text();
    this.declaredType = standardised(definition.type());
  }

  private static @Nullable String standardised(@Nullable String type) {
    if (type == null || type.isEmpty()) {
      return null;
    }
    String upper = type.toUpperCase(Locale.ROOT);
    return STANDARD_TYPES.contains(upper) ? upper : type;
  }

  void apply(List<ColumnConstraint> constraints) {
    for (ColumnConstraint constraint : constraints) {
      constraint.accept(this);
    }
  }

  String name() {
    return name;
  }

  @Nullable String declaredType() {
    return declaredType;
  }

  String collation() {
    return collation;
  }

  boolean isGenerated() {
    return generation != Column.Generation.NONE;
  }

  boolean isVirtual() {
    return generation == Column.Generation.VIRTUAL;
  }

  Column build(int primaryKeyNumber, int storageIndex, boolean mustNotBeNull, boolean strict) {
    Affinity affinity = Affinity.ofType(declaredType == null ? "" : declaredType);
    if (strict && "ANY".equals(declaredType)) {
      affinity = Affinity.BLOB;
    }
    ConflictAction action = notNull == null && mustNotBeNull ? ConflictAction.ABORT : notNull;
    return new Column(
        name,
        declaredType,
        affinity,
        collation,
        action,
        defaultValue,
        defaultText,
        generated,
        generation,
        primaryKeyNumber,
        storageIndex);
  }

  @Override
  public @Nullable Void visit(ColumnConstraint.PrimaryKey primaryKey) {
    table.columnPrimaryKey(index, primaryKey);
    return null;
  }

  @Override
  public @Nullable Void visit(ColumnConstraint.NotNull constraint) {
    notNull = constraint.onConflict() == null ? ConflictAction.ABORT : constraint.onConflict();
    return null;
  }

  @Override
  public @Nullable Void visit(ColumnConstraint.Null nullAllowed) {
    return null;
  }

  @Override
  public @Nullable Void visit(ColumnConstraint.Unique unique) {
    table.columnUnique(index, unique);
    return null;
  }

  @Override
  public @Nullable Void visit(ColumnConstraint.Check check) {
    table.check(check.name(), check.condition(), check.text());
    return null;
  }

  @Override
  public @Nullable Void visit(ColumnConstraint.Default constraint) {
    if (isGenerated()) {
      throw SchemaErrors.error("cannot use DEFAULT on a generated column");
    }
    if (!ConstantExpression.isConstant(constraint.value(), table.isFromFile())) {
      throw SchemaErrors.error("default value of column [" + name + "] is not constant");
    }
    defaultValue = constraint.value();
    defaultText = constraint.text();
    return null;
  }

  @Override
  public @Nullable Void visit(ColumnConstraint.Collate collate) {
    collation = collate.collation().text();
    return null;
  }

  @Override
  public @Nullable Void visit(ColumnConstraint.References references) {
    table.columnReferences(index, references.clause());
    return null;
  }

  @Override
  public @Nullable Void visit(ColumnConstraint.Generated constraint) {
    boolean stored = constraint.isStored();
    boolean known =
        constraint.storage() == null
            || stored
            || Names.same(constraint.storage().text(), "virtual");
    if (defaultValue != null || isGenerated() || !known) {
      throw SchemaErrors.error("error in generated column \"" + name + "\"");
    }
    if (table.isInPrimaryKey(index)) {
      throw SchemaErrors.error("generated columns cannot be part of the PRIMARY KEY");
    }
    generated = constraint.expression();
    generation = stored ? Column.Generation.STORED : Column.Generation.VIRTUAL;
    return null;
  }
}
