package dev.tursojdbc.sql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One source of rows in a FROM clause. */
public sealed interface TableReference {
  @Nullable Name alias();

  /** The same under another name, or without one. */
  TableReference withAlias(@Nullable Name newAlias);

  <R> R accept(Visitor<R> visitor);

  /** A table, a view or a common table expression. */
  record Table(QualifiedName name, @Nullable Name alias, @Nullable IndexHint hint)
      implements TableReference {
    @Override
    public Table withAlias(@Nullable Name newAlias) {
      return new Table(name, newAlias, hint);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** {@code function(a, b)}; a table-valued function, its arguments are its hidden columns. */
  record TableFunction(QualifiedName name, List<Expression> arguments, @Nullable Name alias)
      implements TableReference {
    public TableFunction {
      arguments = List.copyOf(arguments);
    }

    @Override
    public TableFunction withAlias(@Nullable Name newAlias) {
      return new TableFunction(name, arguments, newAlias);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** {@code (SELECT …)}. */
  record Derived(SelectStatement query, @Nullable Name alias) implements TableReference {
    @Override
    public Derived withAlias(@Nullable Name newAlias) {
      return new Derived(query, newAlias);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /**
   * {@code (a JOIN b)}.
   *
   * @param number among the queries of the statement; 0 for a single table
   */
  record Group(int number, FromClause from, @Nullable Name alias) implements TableReference {
    @Override
    public Group withAlias(@Nullable Name newAlias) {
      return new Group(number, from, newAlias);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** One answer for each kind of source. */
  interface Visitor<R> {
    R visit(Table table);

    R visit(TableFunction function);

    R visit(Derived derived);

    R visit(Group group);
  }
}
