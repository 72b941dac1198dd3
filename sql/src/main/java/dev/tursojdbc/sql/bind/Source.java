package dev.tursojdbc.sql.bind;

import dev.tursojdbc.sql.ast.IndexHint;
import dev.tursojdbc.sql.function.TableFunction;
import dev.tursojdbc.sql.schema.Names;
import dev.tursojdbc.sql.schema.SchemaTable;
import dev.tursojdbc.sql.schema.Table;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One place that columns come from: a term of a FROM clause, or a row held in registers.
 *
 * <p>Sources are numbered within a statement; a table that stands there twice is two sources.
 */
public sealed interface Source {
  int id();

  /** The name that qualifies its columns: alias, or the relation's own. Empty for a subquery. */
  String name();

  List<SourceColumn> columns();

  /** The same under another number. */
  Source withId(int newId);

  /** Whether its rows have a rowid that can be named. */
  default boolean hasRowid() {
    return false;
  }

  /** Position of the column that is another name for the rowid, or -1. */
  default int rowidColumn() {
    return -1;
  }

  /** Whether its columns can be named only with its name before them: NEW, OLD, excluded. */
  default boolean needsQualifier() {
    return false;
  }

  /**
   * The database that may stand before its name, or null: nothing may. A row that SQLite looks up
   * among the tables of a statement has one; OLD, NEW, excluded and the row of RETURNING have none.
   */
  default @Nullable String databaseName() {
    return null;
  }

  /** Whether a name before a column means this source, apart from its database. */
  default boolean isCalled(String tableName, boolean withDatabase) {
    return Names.same(name(), tableName);
  }

  /** Position of a column, hidden or not; -1 if there is none. */
  default int columnIndex(String columnName) {
    List<SourceColumn> columns = columns();
    for (int i = 0; i < columns.size(); i++) {
      SourceColumn column = columns.get(i);
      if (column.role() != SourceColumn.Role.ROWID && Names.same(column.name(), columnName)) {
        return i;
      }
    }
    return -1;
  }

  /**
   * A table of a database.
   *
   * @param writtenName how the statement names it, with the database if that is given
   */
  record OfTable(
      int id,
      String name,
      int database,
      String databaseName,
      Table table,
      String writtenName,
      @Nullable String alias,
      @Nullable IndexHint hint,
      List<SourceColumn> columns,
      TableExpressions expressions)
      implements Source {
    @Override
    public OfTable withId(int newId) {
      return new OfTable(
          newId,
          name,
          database,
          databaseName,
          table,
          writtenName,
          alias,
          hint,
          columns,
          expressions);
    }

    @Override
    public boolean isCalled(String tableName, boolean withDatabase) {
      return Names.same(name, tableName)
          || (alias == null && SchemaTable.isCalled(table, tableName, withDatabase));
    }

    @Override
    public boolean hasRowid() {
      return table.hasRowid();
    }

    @Override
    public int rowidColumn() {
      return table.rowidColumn();
    }
  }

  /**
   * A query in FROM, a view, or a common table expression.
   *
   * @param databaseName of a view, else null
   * @param commonTable of a common table expression, else null
   * @param label what EXPLAIN QUERY PLAN calls it if it has no name
   */
  record OfQuery(
      int id,
      String name,
      @Nullable String label,
      @Nullable String databaseName,
      BoundQuery query,
      @Nullable CommonTableUse commonTable,
      List<SourceColumn> columns)
      implements Source {
    /** Whether its rows are computed once for all places that refer to them. */
    public boolean isMaterialized() {
      return commonTable != null && commonTable.isMaterialized();
    }

    @Override
    public OfQuery withId(int newId) {
      return new OfQuery(newId, name, label, databaseName, query, commonTable, columns);
    }

    /** Whether there are several references to its query. */
    public boolean isShared() {
      return commonTable != null && commonTable.isShared();
    }

    /** Whether MATERIALIZED was written. */
    public boolean isToBeMaterialized() {
      return commonTable != null && commonTable.isToBeMaterialized();
    }

    public OfQuery withQuery(BoundQuery newQuery) {
      return new OfQuery(id, name, label, databaseName, newQuery, commonTable, columns);
    }
  }

  /**
   * Inside the recursive part of a common table expression, the row that is just taken from the
   * queue.
   *
   * @param recursion identifies the query; see {@link BoundQuery.Recursive#recursion}
   */
  record OfRecursion(int id, String name, int recursion, List<SourceColumn> columns)
      implements Source {
    @Override
    public OfRecursion withId(int newId) {
      return new OfRecursion(newId, name, recursion, columns);
    }

    public OfRecursion withRecursion(int newRecursion) {
      return new OfRecursion(id, name, newRecursion, columns);
    }
  }

  /** A table-valued function. Its arguments are conditions on its hidden columns. */
  record OfFunction(int id, String name, TableFunction function, List<SourceColumn> columns)
      implements Source {
    /** Positions of the columns that are arguments. */
    public List<Integer> hiddenColumns() {
      List<Integer> hidden = new ArrayList<>();
      for (int i = 0; i < columns.size(); i++) {
        if (columns.get(i).hidden()) {
          hidden.add(i);
        }
      }
      return hidden;
    }

    @Override
    public OfFunction withId(int newId) {
      return new OfFunction(newId, name, function, columns);
    }

    @Override
    public boolean hasRowid() {
      return true;
    }
  }

  /** A row in registers: the row a constraint looks at, OLD, NEW, excluded. */
  record OfRow(
      int id,
      String name,
      @Nullable String databaseName,
      Table table,
      List<SourceColumn> columns,
      boolean needsQualifier)
      implements Source {
    @Override
    public OfRow withId(int newId) {
      return new OfRow(newId, name, databaseName, table, columns, needsQualifier);
    }

    @Override
    public boolean isCalled(String tableName, boolean withDatabase) {
      return Names.same(name, tableName)
          || (Names.same(name, table.name())
              && SchemaTable.isCalled(table, tableName, withDatabase));
    }

    @Override
    public boolean hasRowid() {
      return table.hasRowid();
    }

    @Override
    public int rowidColumn() {
      return table.rowidColumn();
    }
  }

  /** A row in registers that belongs to no table, such as a view's NEW. */
  record OfRegisters(int id, String name, List<SourceColumn> columns) implements Source {
    @Override
    public OfRegisters withId(int newId) {
      return new OfRegisters(newId, name, columns);
    }

    @Override
    public boolean needsQualifier() {
      return true;
    }
  }
}
