package dev.tursojdbc.sql;

import dev.tursojdbc.sql.ast.ColumnConstraint;
import dev.tursojdbc.sql.ast.ColumnDefinition;
import dev.tursojdbc.sql.ast.CreateIndexStatement;
import dev.tursojdbc.sql.ast.CreateTableStatement;
import dev.tursojdbc.sql.ast.Name;
import dev.tursojdbc.sql.ast.Statement;
import dev.tursojdbc.sql.ast.TableConstraint;
import dev.tursojdbc.sql.bind.Binder;
import dev.tursojdbc.sql.bind.BoundQuery;
import dev.tursojdbc.sql.bind.ExpressionTypes;
import dev.tursojdbc.sql.bind.SourceColumn;
import dev.tursojdbc.sql.function.ValueType;
import dev.tursojdbc.sql.parse.ParsedStatement;
import dev.tursojdbc.sql.parse.SqlParser;
import dev.tursojdbc.sql.schema.Catalog;
import dev.tursojdbc.sql.schema.Column;
import dev.tursojdbc.sql.schema.ForeignKey;
import dev.tursojdbc.sql.schema.Index;
import dev.tursojdbc.sql.schema.IndexColumn;
import dev.tursojdbc.sql.schema.IndexNumbers;
import dev.tursojdbc.sql.schema.Names;
import dev.tursojdbc.sql.schema.Relation;
import dev.tursojdbc.sql.schema.Schema;
import dev.tursojdbc.sql.schema.Statistics;
import dev.tursojdbc.sql.schema.Table;
import dev.tursojdbc.sql.schema.View;
import dev.tursojdbc.storage.error.TursoException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Describes the tables and views that a session sees: in the newest committed state or, inside a
 * transaction, in its own.
 *
 * <p>Names of constraints mean nothing to the engine, so that the schema does not keep them; they
 * are read from the definition's text.
 */
public final class SchemaReader {
  private final Session session;

  public SchemaReader(Session session) {
    this.session = session;
  }

  /** Tables and views, the databases in order, each in the order of its sqlite_schema. */
  public List<TableInfo> tables() {
    return session.withSchemas(
        () -> {
          List<TableInfo> tables = new ArrayList<>();
          for (Catalog.Entry entry : session.schemas().databases()) {
            for (Relation relation : entry.schema().relations()) {
              tables.add(describe(entry.name(), entry.schema(), relation));
            }
          }
          return tables;
        });
  }

  /**
   * A table or view by its name, or null.
   *
   * @param database null: the first that has such a table, as a statement would find it
   */
  public @Nullable TableInfo table(@Nullable String database, String name) {
    return session.withSchemas(() -> find(database, name));
  }

  private @Nullable TableInfo find(@Nullable String database, String name) {
    Catalog schemas = session.schemas();
    Catalog.Located found = schemas.find(database, name);
    return found == null
        ? null
        : describe(
            schemas.name(found.database()), schemas.schema(found.database()), found.relation());
  }

  private TableInfo describe(String database, Schema schema, Relation relation) {
    if (relation instanceof Table table) {
      return describe(database, schema, table);
    }
    boolean view = relation instanceof View;
    return new TableInfo(
        database,
        relation.name(),
        view ? TableInfo.Kind.VIEW : TableInfo.Kind.TABLE,
        view ? columns((View) relation) : List.of(),
        false,
        -1,
        null,
        List.of(),
        List.of(),
        -1);
  }

  private static TableInfo describe(String database, Schema schema, Table table) {
    Constraints constraints = Constraints.of(table);
    List<TableInfo.Column> columns = new ArrayList<>();
    for (int i = 0; i < table.columnCount(); i++) {
      columns.add(column(table.column(i), i == table.rowidColumn()));
    }
    List<TableInfo.ForeignKey> foreignKeys = new ArrayList<>();
    // The schema keeps them in reverse, as SQLite numbers them.
    for (int i = 0; i < table.foreignKeys().size(); i++) {
      ForeignKey key = table.foreignKeys().get(table.foreignKeys().size() - 1 - i);
      foreignKeys.add(foreignKey(table, key, constraints.foreignKey(i)));
    }
    boolean system = table.isSystem() || Names.startsWith(table.name(), "sqlite_");
    return new TableInfo(
        database,
        table.name(),
        system ? TableInfo.Kind.SYSTEM : TableInfo.Kind.TABLE,
        columns,
        table.hasRowid(),
        table.rowidColumn(),
        constraints.primaryKey(),
        foreignKeys,
        table.indexes().stream().map(index -> index(schema, table, index)).toList(),
        rowCount(schema, table));
  }

  private static long rowCount(Schema schema, Table table) {
    Statistics.OfTable known = schema.statistics().table(table.name());
    return known == null ? -1 : known.rows();
  }

  private static TableInfo.Column column(Column column, boolean rowid) {
    return new TableInfo.Column(
        column.name(),
        column.declaredType(),
        null,
        column.notNull() != null,
        column.defaultText(),
        column.primaryKeyNumber(),
        rowid,
        column.isGenerated());
  }

  /** A view that does not work any more has no columns. */
  private List<TableInfo.Column> columns(View view) {
    List<SourceColumn> offered;
    List<ValueType> types;
    try {
      Binder binder = new Binder(session.compiler().bindingContext());
      BoundQuery query = binder.query(view.query());
      offered = binder.columnsOf(query, view.columns());
      types = ExpressionTypes.of(query);
    } catch (TursoException broken) {
      return List.of();
    }
    List<TableInfo.Column> columns = new ArrayList<>();
    for (int i = 0; i < offered.size(); i++) {
      SourceColumn column = offered.get(i);
      String type = types.get(i).typeName();
      columns.add(
          new TableInfo.Column(
              column.name(), column.declaredType(), type, false, null, 0, false, false));
    }
    return columns;
  }

  private static TableInfo.ForeignKey foreignKey(
      Table table, ForeignKey key, @Nullable String name) {
    return new TableInfo.ForeignKey(
        name,
        key.clause().table().text(),
        key.columns().stream().map(column -> table.column(column).name()).toList(),
        key.clause().columns().stream().map(Name::text).toList(),
        key.clause().onUpdate().symbol(),
        key.clause().onDelete().symbol(),
        key.clause().deferred());
  }

  private static TableInfo.Index index(Schema schema, Table table, Index index) {
    List<TableInfo.Index.Term> terms = new ArrayList<>();
    for (IndexColumn column : index.columns().subList(0, index.keyColumnCount())) {
      String name = column.column() < 0 ? null : table.column(column.column()).name();
      terms.add(new TableInfo.Index.Term(name, column.descending()));
    }
    return new TableInfo.Index(
        index.name(), index.isUnique(), terms, predicate(index), distinctKeys(schema, index));
  }

  private static @Nullable String predicate(Index index) {
    String sql = index.sql();
    if (sql == null || !index.isPartial()) {
      return null;
    }
    ParsedStatement parsed = SqlParser.parseDefinition(sql);
    return parsed.statement() instanceof CreateIndexStatement create && create.where() != null
        ? create.where().span().in(parsed.text())
        : null;
  }

  /** Statistics tell how many rows share a key. */
  private static long distinctKeys(Schema schema, Index index) {
    IndexNumbers numbers = schema.statistics().index(index.name());
    if (numbers == null || numbers.known() <= index.keyColumnCount()) {
      return -1;
    }
    return numbers.rows(0) / Math.max(1, numbers.rows(index.keyColumnCount()));
  }

  /**
   * The names of a table's constraints.
   *
   * @param foreignKeys in the order of the definition
   */
  private record Constraints(@Nullable String primaryKey, List<@Nullable Name> foreignKeys) {

    static Constraints of(Table table) {
      Statement statement = SqlParser.parseDefinition(table.sql()).statement();
      if (!(statement instanceof CreateTableStatement create)) {
        return new Constraints(null, List.of());
      }
      Name primaryKey = null;
      List<@Nullable Name> foreignKeys = new ArrayList<>();
      for (ColumnDefinition column : create.columns()) {
        for (ColumnConstraint constraint : column.constraints()) {
          if (constraint instanceof ColumnConstraint.PrimaryKey) {
            primaryKey = constraint.name();
          } else if (constraint instanceof ColumnConstraint.References) {
            foreignKeys.add(constraint.name());
          }
        }
      }
      for (TableConstraint constraint : create.constraints()) {
        if (constraint instanceof TableConstraint.PrimaryKey) {
          primaryKey = constraint.name();
        } else if (constraint instanceof TableConstraint.ForeignKey) {
          foreignKeys.add(constraint.name());
        }
      }
      return new Constraints(primaryKey == null ? null : primaryKey.text(), foreignKeys);
    }

    @Nullable String foreignKey(int index) {
      Name name = index < foreignKeys.size() ? foreignKeys.get(index) : null;
      return name == null ? null : name.text();
    }
  }
}
