package dev.tursojdbc.sql.plan;

import dev.tursojdbc.sql.bind.BoundCondition;
import dev.tursojdbc.sql.bind.BoundExpression;
import dev.tursojdbc.sql.bind.BoundExpression.Column;
import dev.tursojdbc.sql.bind.Source;
import dev.tursojdbc.sql.schema.Index;
import dev.tursojdbc.sql.schema.IndexColumn;
import dev.tursojdbc.sql.value.Affinity;
import java.util.ArrayList;
import java.util.List;

/**
 * The end of a range that a comparison of rows gives an index: of as many elements as there are
 * columns of the index for, one behind the other.
 *
 * <pre>
 *   (a, b) &gt; (5, 7)    in an index on a, b    from (5, 7) on
 *                      in an index on a       from 5 on
 * </pre>
 *
 * <p>The end itself is always in the range, since elements that are left out may decide; the
 * comparison is tested for each row. Columns must all go in one direction and compare as the
 * elements do.
 */
final class RowBound {
  private final Source.OfTable source;
  private final Index index;
  private final int first;

  /**
   * @param first the first column of the index that the range is in
   */
  RowBound(Source.OfTable source, Index index, int first) {
    this.source = source;
    this.index = index;
    this.first = first;
  }

  /** The end that a constraint gives which is a comparison of rows. */
  AccessPath.Bound of(Constraint constraint, BoundCondition.RowComparison rows) {
    boolean exchanged = !rows.right().get(0).equals(constraint.value());
    List<BoundExpression> columns = exchanged ? rows.right() : rows.left();
    List<BoundExpression> ends = exchanged ? rows.left() : rows.right();
    List<BoundExpression> values = new ArrayList<>(List.of(ends.get(0)));
    List<Affinity> conversions = new ArrayList<>(List.of(constraint.conversion()));
    int most = Math.min(columns.size(), index.columns().size() - first);
    for (int i = 1; i < most && fits(rows, columns.get(i), i); i++) {
      values.add(ends.get(i));
      conversions.add(rows.conversions().get(i));
    }
    return new AccessPath.Bound(values, conversions, true);
  }

  /** One column only: a rowid. */
  static AccessPath.Bound ofRowid(Constraint constraint, BoundExpression value) {
    return new AccessPath.Bound(List.of(value), List.of(constraint.conversion()), true);
  }

  private boolean fits(BoundCondition.RowComparison rows, BoundExpression element, int i) {
    IndexColumn indexed = index.column(first + i);
    return element instanceof Column column
        && element.equals(source.expressions().indexed(source, indexed))
        && indexed.descending() == index.column(first).descending()
        && rows.conversions().get(i) == column.affinity()
        && rows.collations().get(i) == source.expressions().collation(indexed);
  }
}
