package dev.tursojdbc.sql.schema;

import dev.tursojdbc.sql.ast.ColumnConstraint;
import dev.tursojdbc.sql.ast.ColumnDefinition;
import dev.tursojdbc.sql.ast.ConflictAction;
import dev.tursojdbc.sql.ast.CreateTableStatement;
import dev.tursojdbc.sql.ast.Expression;
import dev.tursojdbc.sql.ast.ForeignKeyClause;
import dev.tursojdbc.sql.ast.Name;
import dev.tursojdbc.sql.ast.OrderingTerm;
import dev.tursojdbc.sql.ast.TableConstraint;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes a {@link Table} of a CREATE TABLE statement, and refuses what makes no sense in itself.
 * Names inside CHECK and generated columns are resolved later, by who creates the table.
 *
 * <p>The indexes that constraints ask for are made when all columns are known, in the order in
 * which they were written: that order gives them their names.
 */
public final class TableBuilder implements TableConstraint.Visitor<@Nullable Void> {
  private static final Set<String> STRICT_TYPES =
      Set.of("ANY", "BLOB", "INT", "INTEGER", "REAL", "TEXT");

  private final String name;
  private final CreateTableStatement statement;
  private final List<ColumnBuilder> columns = new ArrayList<>();
  private final List<Key> keys = new ArrayList<>();
  private final List<CheckConstraint> checks = new ArrayList<>();
  private final List<ForeignKey> foreignKeys = new ArrayList<>();
  private final List<Integer> primaryKey = new ArrayList<>();

  /** As {@link #primaryKey}, with columns that are written again. */
  private final List<Integer> primaryKeyTerms = new ArrayList<>();

  private final boolean fromFile;
  private boolean hasPrimaryKey;
  private int rowidColumn = -1;
  private boolean rowidDescending;
  private @Nullable ConflictAction rowidConflict;
  private boolean autoincrement;

  /** A PRIMARY KEY or UNIQUE constraint that may need an index. */
  record Key(
      List<OrderingTerm> terms,
      int ownColumn,
      boolean descending,
      @Nullable ConflictAction onConflict,
      Index.Origin origin) {}

  private TableBuilder(CreateTableStatement statement, boolean fromFile) {
    this.statement = statement;
    this.fromFile = fromFile;
    this.name = statement.table().name().text();
  }

  /** The table under the root page; its indexes have no root page yet. */
  public static Table build(CreateTableStatement statement, int rootPage, String sql) {
    return new TableBuilder(statement, false).build(rootPage, sql);
  }

  /** The same of a table that is there, whose DEFAULTs may be such as no statement makes. */
  static Table read(CreateTableStatement statement, int rootPage, String sql) {
    return new TableBuilder(statement, true).build(rootPage, sql);
  }

  boolean isFromFile() {
    return fromFile;
  }

  private Table build(int rootPage, String sql) {
    for (ColumnDefinition definition : statement.columns()) {
      addColumn(definition);
    }
    for (TableConstraint constraint : statement.constraints()) {
      constraint.accept(this);
    }
    boolean strict = statement.options().strict();
    if (strict) {
      checkStrictTypes();
    }
    boolean withoutRowid = statement.options().withoutRowid();
    if (withoutRowid) {
      if (autoincrement) {
        throw SchemaErrors.error("AUTOINCREMENT not allowed on WITHOUT ROWID tables");
      }
      if (!hasPrimaryKey) {
        throw SchemaErrors.error("PRIMARY KEY missing on table " + name);
      }
      if (rowidColumn >= 0) {
        keys.add(
            new Key(
                List.of(), rowidColumn, rowidDescending, rowidConflict, Index.Origin.PRIMARY_KEY));
      }
    }
    if (columns.stream().allMatch(ColumnBuilder::isGenerated)) {
      throw SchemaErrors.error("must have at least one non-generated column");
    }
    List<Column> built = buildColumns(withoutRowid, strict);
    List<Index> indexes = new AutomaticIndexes(name, built, withoutRowid, rootPage).build(keys);
    if (withoutRowid) {
      built = storageOrder(built, indexes);
    }
    return new Table(
        name,
        rootPage,
        built,
        withoutRowid ? -1 : rowidColumn,
        rowidConflict,
        autoincrement,
        withoutRowid,
        strict,
        checks,
        foreignKeys,
        indexes,
        sql);
  }

  private void addColumn(ColumnDefinition definition) {
    String columnName = definition.name().text();
    if (columns.size() >= ColumnLimit.MAX) {
      throw SchemaErrors.error("too many columns on " + name);
    }
    if (find(columnName) >= 0) {
      throw SchemaErrors.error("duplicate column name: " + columnName);
    }
    ColumnBuilder column = new ColumnBuilder(this, columns.size(), definition);
    columns.add(column);
    column.apply(definition.constraints());
  }

  private int find(String columnName) {
    for (int i = 0; i < columns.size(); i++) {
      if (Names.same(columns.get(i).name(), columnName)) {
        return i;
      }
    }
    return -1;
  }

  private void checkStrictTypes() {
    for (ColumnBuilder column : columns) {
      String type = column.declaredType();
      if (type == null) {
        throw SchemaErrors.error("missing datatype for " + name + "." + column.name());
      }
      if (!STRICT_TYPES.contains(type)) {
        throw SchemaErrors.error(
            "unknown datatype for " + name + "." + column.name() + ": \"" + type + "\"");
      }
    }
  }

  /**
   * Where a rowid table's key has a column twice, its number counts both, but not beyond columns.
   */
  private int primaryKeyNumber(int column, boolean withoutRowid) {
    return withoutRowid
        ? primaryKey.indexOf(column) + 1
        : Math.min(primaryKeyTerms.indexOf(column), columns.size()) + 1;
  }

  private List<Column> buildColumns(boolean withoutRowid, boolean strict) {
    List<Column> built = new ArrayList<>(columns.size());
    int storageIndex = 0;
    for (int i = 0; i < columns.size(); i++) {
      ColumnBuilder column = columns.get(i);
      boolean inKey = primaryKey.contains(i);
      boolean mustNotBeNull = inKey && (withoutRowid || (strict && i != rowidColumn));
      built.add(
          column.build(
              primaryKeyNumber(i, withoutRowid),
              column.isVirtual() ? -1 : storageIndex,
              mustNotBeNull,
              strict));
      if (!column.isVirtual()) {
        storageIndex++;
      }
    }
    return built;
  }

  /** In a WITHOUT ROWID table a column lies where the primary key's tree has it. */
  private static List<Column> storageOrder(List<Column> columns, List<Index> indexes) {
    Index tree =
        indexes.stream()
            .filter(index -> index.origin() == Index.Origin.PRIMARY_KEY)
            .findFirst()
            .orElseThrow();
    List<Column> ordered = new ArrayList<>(columns.size());
    for (int i = 0; i < columns.size(); i++) {
      ordered.add(columns.get(i).withStorageIndex(tree.positionOf(i)));
    }
    return ordered;
  }

  void columnPrimaryKey(int column, ColumnConstraint.PrimaryKey constraint) {
    boolean descending = constraint.direction() == OrderingTerm.Direction.DESCENDING;
    beginPrimaryKey();
    addToPrimaryKey(column);
    if (isInteger(column) && !descending) {
      rowidAlias(column, constraint.onConflict(), constraint.autoincrement(), false);
    } else {
      refuseAutoincrement(constraint.autoincrement());
      keys.add(
          new Key(
              List.of(), column, descending, constraint.onConflict(), Index.Origin.PRIMARY_KEY));
    }
  }

  void columnUnique(int column, ColumnConstraint.Unique unique) {
    keys.add(new Key(List.of(), column, false, unique.onConflict(), Index.Origin.UNIQUE));
  }

  void check(@Nullable Name constraintName, Expression condition, String text) {
    checks.add(
        new CheckConstraint(
            condition, constraintName == null ? label(text.strip()) : constraintName.text()));
  }

  /** Text that begins with a quote SQLite takes for a quoted name, and stops where that ends. */
  private static String label(String text) {
    char quote = text.charAt(0);
    if (quote != '"' && quote != '\'' && quote != '`' && quote != '[') {
      return text;
    }
    char close = quote == '[' ? ']' : quote;
    StringBuilder name = new StringBuilder();
    for (int i = 1; i < text.length(); i++) {
      if (text.charAt(i) != close) {
        name.append(text.charAt(i));
      } else if (i + 1 < text.length() && text.charAt(i + 1) == close) {
        name.append(close);
        i++;
      } else {
        break;
      }
    }
    return name.toString();
  }

  void columnReferences(int column, ForeignKeyClause clause) {
    if (clause.columns().size() > 1) {
      throw SchemaErrors.error(
          "foreign key on "
              + columns.get(column).name()
              + " should reference only one column of table "
              + clause.table().text());
    }
    foreignKeys.add(0, new ForeignKey(List.of(column), clause));
  }

  boolean isInPrimaryKey(int column) {
    return primaryKey.contains(column);
  }

  @Override
  public @Nullable Void visit(TableConstraint.PrimaryKey constraint) {
    beginPrimaryKey();
    for (OrderingTerm term : constraint.columns()) {
      String column = KeyTerm.columnName(term.expression());
      int index = column == null ? -1 : find(column);
      if (index >= 0) {
        addToPrimaryKey(index);
      }
    }
    List<OrderingTerm> terms = constraint.columns();
    if (terms.size() == 1 && primaryKey.size() == 1 && isInteger(primaryKey.get(0))) {
      KeyTerm.requireNoNulls(terms.get(0));
      rowidAlias(
          primaryKey.get(0),
          constraint.onConflict(),
          constraint.autoincrement(),
          terms.get(0).isDescending());
    } else {
      refuseAutoincrement(constraint.autoincrement());
      keys.add(new Key(terms, -1, false, constraint.onConflict(), Index.Origin.PRIMARY_KEY));
    }
    return null;
  }

  @Override
  public @Nullable Void visit(TableConstraint.Unique unique) {
    keys.add(new Key(unique.columns(), -1, false, unique.onConflict(), Index.Origin.UNIQUE));
    return null;
  }

  @Override
  public @Nullable Void visit(TableConstraint.Check check) {
    check(check.name(), check.condition(), check.text());
    return null;
  }

  @Override
  public @Nullable Void visit(TableConstraint.ForeignKey constraint) {
    ForeignKeyClause clause = constraint.clause();
    int count = constraint.columns().size();
    if (!clause.columns().isEmpty() && clause.columns().size() != count) {
      throw SchemaErrors.error(
          "number of columns in foreign key does not match the number of columns in the referenced"
              + " table");
    }
    List<Integer> children = new ArrayList<>(count);
    for (Name column : constraint.columns()) {
      int index = find(column.text());
      if (index < 0) {
        throw SchemaErrors.error(
            "unknown column \"" + column.text() + "\" in foreign key definition");
      }
      children.add(index);
    }
    foreignKeys.add(0, new ForeignKey(children, clause));
    return null;
  }

  private void beginPrimaryKey() {
    if (hasPrimaryKey) {
      throw SchemaErrors.error("table \"" + name + "\" has more than one primary key");
    }
    hasPrimaryKey = true;
  }

  private void addToPrimaryKey(int column) {
    if (columns.get(column).isGenerated()) {
      throw SchemaErrors.error("generated columns cannot be part of the PRIMARY KEY");
    }
    primaryKeyTerms.add(column);
    if (!primaryKey.contains(column)) {
      primaryKey.add(column);
    }
  }

  private boolean isInteger(int column) {
    return "INTEGER".equals(columns.get(column).declaredType());
  }

  private void rowidAlias(
      int column, @Nullable ConflictAction onConflict, boolean increments, boolean descending) {
    rowidColumn = column;
    rowidConflict = onConflict;
    rowidDescending = descending;
    autoincrement = increments;
  }

  private static void refuseAutoincrement(boolean autoincrement) {
    if (autoincrement) {
      throw SchemaErrors.error("AUTOINCREMENT is only allowed on an INTEGER PRIMARY KEY");
    }
  }
}
