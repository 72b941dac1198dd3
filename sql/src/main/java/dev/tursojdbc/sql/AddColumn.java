package dev.tursojdbc.sql;

import dev.tursojdbc.sql.alter.AlteredTable;
import dev.tursojdbc.sql.alter.TableText;
import dev.tursojdbc.sql.ast.AlterTableStatement;
import dev.tursojdbc.sql.ast.ColumnConstraint;
import dev.tursojdbc.sql.ast.ColumnDefinition;
import dev.tursojdbc.sql.ast.Expression;
import dev.tursojdbc.sql.ast.Name;
import dev.tursojdbc.sql.bind.StoredDefault;
import dev.tursojdbc.sql.schema.Column;
import dev.tursojdbc.sql.schema.Names;
import dev.tursojdbc.sql.schema.Table;
import dev.tursojdbc.sql.schema.TableBuilder;
import dev.tursojdbc.storage.error.ErrorCode;
import dev.tursojdbc.storage.error.TursoException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * ALTER TABLE … ADD COLUMN. No row is touched: those that there are have fewer values than the
 * table has columns from now on, and the rest read as their defaults. So the default must be a
 * constant, and it must be one that the constraints allow, unless there are no rows.
 */
final class AddColumn extends SchemaRewrite {
  private final String text;

  /** What is wrong if the table has rows, or null. */
  private final @Nullable String onlyIfEmpty;

  /** Whether rows may be there that a constraint of the new column does not allow. */
  private final boolean checksRows;

  private AddColumn(
      Session session,
      AlteredTable altered,
      String text,
      @Nullable String onlyIfEmpty,
      boolean checksRows) {
    super(session, altered);
    this.text = text;
    this.onlyIfEmpty = onlyIfEmpty;
    this.checksRows = checksRows;
  }

  static Program compile(
      Session session, AlteredTable altered, AlterTableStatement.AddColumn statement) {
    TableText text = new TableText(altered.table().sql());
    ColumnDefinition definition = statement.column();
    Table extended = TableBuilder.build(text.columnsWith(withoutKeys(definition)), 0, "");
    requireCollations(session, definition);
    for (ColumnConstraint constraint : definition.constraints()) {
      if (constraint instanceof ColumnConstraint.PrimaryKey) {
        throw error("Cannot add a PRIMARY KEY column");
      }
    }
    for (ColumnConstraint constraint : definition.constraints()) {
      if (constraint instanceof ColumnConstraint.Unique) {
        throw error("Cannot add a UNIQUE column");
      }
    }
    Column column = extended.column(extended.columnCount() - 1);
    boolean checksRows =
        !extended.checks().isEmpty()
            || (column.notNull() != null && column.isGenerated())
            || altered.table().isStrict();
    return new AddColumn(
        session,
        altered,
        text.withColumn(statement.text()),
        needsEmptyTable(session, extended, column),
        checksRows);
  }

  private static ColumnDefinition withoutKeys(ColumnDefinition definition) {
    List<ColumnConstraint> constraints = new ArrayList<>(definition.constraints());
    constraints.removeIf(
        constraint ->
            constraint instanceof ColumnConstraint.PrimaryKey
                || constraint instanceof ColumnConstraint.Unique);
    return new ColumnDefinition(
        definition.name(), definition.type(), constraints, definition.span());
  }

  /** Refuses collations that do not exist. */
  private static void requireCollations(Session session, ColumnDefinition definition) {
    for (ColumnConstraint constraint : definition.constraints()) {
      if (constraint instanceof ColumnConstraint.Collate collate) {
        Name collation = collate.collation();
        if (session.compiler().collations().find(collation.text()) == null) {
          throw new TursoException(
              ErrorCode.ERROR_MISSING_COLLSEQ, "no such collation sequence: " + collation.text());
        }
      }
    }
  }

  private static @Nullable String needsEmptyTable(Session session, Table extended, Column column) {
    if (column.isGenerated()) {
      return column.isVirtual() ? null : "cannot add a STORED column";
    }
    Expression defaultValue = column.defaultValue();
    if (defaultValue instanceof Expression.NullLiteral) {
      defaultValue = null;
    }
    if (session.settings().foreignKeys
        && !extended.foreignKeys().isEmpty()
        && defaultValue != null) {
      return "Cannot add a REFERENCES column with non-NULL default value";
    }
    if (column.notNull() != null && defaultValue == null) {
      return "Cannot add a NOT NULL column with default value NULL";
    }
    return defaultValue == null || StoredDefault.isValue(defaultValue)
        ? null
        : "Cannot add a column with non-constant default";
  }

  @Override
  void rewrite(SchemaWriter writer) {
    if (onlyIfEmpty != null && hasRows()) {
      throw error(onlyIfEmpty);
    }
    rewrite(
        writer,
        row -> row.type().equals("table") && Names.same(row.name(), table.name()),
        (database, row) -> text);
    reload(writer, "after add column");
    if (checksRows) {
      checkRows();
    }
  }

  private boolean hasRows() {
    return new TreeRows(pager(), table).isAny();
  }

  private void checkRows() {
    Table changed = Objects.requireNonNull(database().schema().table(table.name()));
    for (String finding : new TableCheckRun(session, databaseIndex).quickly(changed)) {
      if (finding.startsWith("CHECK")) {
        throw error("CHECK constraint failed");
      }
      if (finding.startsWith("non-") && finding.contains(" value in")) {
        throw error("type mismatch on DEFAULT");
      }
      if (finding.startsWith("NULL")) {
        throw error("NOT NULL constraint failed");
      }
    }
  }
}
