package dev.tursojdbc.sql.ast;

import org.jspecify.annotations.Nullable;

/** What stands between SELECT and FROM, or after RETURNING. */
public sealed interface ResultColumn {
  Span span();

  <R> R accept(Visitor<R> visitor);

  /** {@code *}. */
  record All(Span span) implements ResultColumn {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** {@code table.*}. */
  record AllOf(Name table, Span span) implements ResultColumn {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /**
   * {@code expression [[AS] alias]}.
   *
   * @param text the expression as written, its parentheses included, alias not: the name of the
   *     column where there is no alias and it is not simply a column
   */
  record Of(Expression expression, @Nullable Name alias, String text, Span span)
      implements ResultColumn {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /**
   * As many columns as a row value has elements. Nobody can write it; UPDATE … FROM asks so for the
   * values of {@code (a, b) = (SELECT …)}.
   *
   * @param count how many elements there must be
   */
  record OfRow(Expression row, int count, Span span) implements ResultColumn {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /**
   * A column of the first table of FROM, whatever else there has its name. Nobody can write it; an
   * UPDATE asks so for the keys of the rows it changes.
   *
   * @param column its position in the table, or -1: the rowid
   */
  record OfFirst(int column, Span span) implements ResultColumn {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** One answer for each kind of result column. */
  interface Visitor<R> {
    R visit(All all);

    R visit(AllOf allOf);

    R visit(Of column);

    R visit(OfRow row);

    R visit(OfFirst column);
  }
}
