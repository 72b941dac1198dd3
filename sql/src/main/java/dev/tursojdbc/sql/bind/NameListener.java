package dev.tursojdbc.sql.bind;

import dev.tursojdbc.sql.ast.Expression;
import dev.tursojdbc.sql.ast.Name;
import dev.tursojdbc.sql.schema.Catalog;

/**
 * Is told what the names in a text turn out to mean while it is bound: ALTER TABLE changes names
 * where they stand. A name may be told more than once, and names inside of views that the text uses
 * are not told: they stand in other texts.
 */
public interface NameListener {
  /**
   * Wants to know only whether all names mean something, those in windows that no call uses
   * included.
   */
  NameListener NOBODY =
      new NameListener() {
        @Override
        public void table(Name written, Catalog.Located found) {
          // Only failures count.
        }

        @Override
        public void column(Expression.ColumnReference written, Source source, int column) {
          // Only failures count.
        }

        @Override
        public void qualifier(Name written, Source source) {
          // Only failures count.
        }

        @Override
        public void string(Name written) {
          // Only failures count.
        }
      };

  /** A name in a FROM clause, and the table or view that it is. */
  void table(Name written, Catalog.Located found);

  /**
   * A column.
   *
   * @param column its position in the source; {@link BoundExpression.Column#ROWID} for the rowid
   */
  void column(Expression.ColumnReference written, Source source, int column);

  /** What stands before the star of {@code t.*}, and the source that it is. */
  void qualifier(Name written, Source source);

  /** A name in double quotes that means no column and so is a string. */
  void string(Name written);
}
