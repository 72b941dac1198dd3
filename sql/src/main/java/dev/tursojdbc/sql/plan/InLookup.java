package dev.tursojdbc.sql.plan;

import dev.tursojdbc.sql.bind.BoundCondition;
import dev.tursojdbc.sql.bind.BoundExpression;
import dev.tursojdbc.sql.bind.BoundExpression.Column;
import dev.tursojdbc.sql.bind.BoundQuery;
import dev.tursojdbc.sql.bind.JoinKind;
import dev.tursojdbc.sql.bind.Source;
import dev.tursojdbc.sql.schema.Index;
import dev.tursojdbc.sql.value.Affinity;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where to find the values of an IN whose query reads one column of a table, all of it: in an index
 * that begins with the column, or among the rowids, so that no set of them has to be made.
 *
 * <pre>
 *   a IN (SELECT x FROM t)    with an index on x
 * </pre>
 *
 * @param column of the table
 * @param index null for rowids
 */
public record InLookup(Source.OfTable source, Column column, @Nullable Index index) {

  /** Where to look for one value; null if there is no such place. */
  public static @Nullable InLookup of(BoundExpression expression) {
    return expression instanceof BoundCondition.InQuery in ? find(in, false) : null;
  }

  /** Where to read all values, each once and in their order; null if there is no such place. */
  public static @Nullable InLookup ofAll(BoundExpression expression) {
    return expression instanceof BoundCondition.InQuery in ? find(in, true) : null;
  }

  private static @Nullable InLookup find(BoundCondition.InQuery in, boolean unique) {
    if (in.operands().size() != 1
        || !(in.query() instanceof BoundQuery.Select select)
        || !isWholeTable(select)
        || !(select.from().get(0).source() instanceof Source.OfTable source)
        || source.hint() != null
        || !(select.columns().get(0).expression() instanceof Column column)
        || column.source() != source.id()) {
      return null;
    }
    if (column.isRowid()) {
      return new InLookup(source, column, null);
    }
    Affinity conversion = in.conversions().get(0);
    if (conversion.isNumeric() && !column.affinity().isNumeric()) {
      return null;
    }
    for (Index index : source.table().indexes()) {
      boolean isOnColumn =
          source.expressions().indexed(source, index.column(0)).equals(column)
              && source.expressions().collation(index.column(0)) == in.collations().get(0);
      if (isOnColumn
          && !index.isPartial()
          && (!unique || (index.isUnique() && index.keyColumnCount() == 1))) {
        return new InLookup(source, column, index);
      }
    }
    return null;
  }

  private static boolean isWholeTable(BoundQuery.Select select) {
    return select.from().size() == 1
        && select.from().get(0).join() == JoinKind.INNER
        && select.from().get(0).condition() == null
        && select.where() == null
        && !select.aggregate()
        && !select.distinct()
        && select.windows().isEmpty()
        && select.limit() == null;
  }

  /** The rows with the operand's value. */
  public AccessPath probe(BoundCondition.InQuery in) {
    AccessPath.KeyTerm key =
        new AccessPath.KeyTerm(in.operands().get(0), null, 0, 0, in.conversions().get(0), false);
    return index == null ? new AccessPath.RowidLookup(key, false) : search(index, List.of(key));
  }

  /** The rows with NULL; null if there cannot be any. */
  public @Nullable AccessPath nulls() {
    return index == null ? null : search(index, List.of(AccessPath.KeyTerm.ofNull()));
  }

  /** All rows by their values. */
  public AccessPath all(boolean reverse) {
    if (index == null) {
      return new AccessPath.TableScan(reverse);
    }
    return new AccessPath.IndexSearch(
        index,
        0,
        List.of(),
        null,
        null,
        true,
        reverse != index.column(0).descending(),
        false,
        false);
  }

  private static AccessPath.IndexSearch search(Index index, List<AccessPath.KeyTerm> key) {
    return new AccessPath.IndexSearch(index, 0, key, null, null, true, false, false, false);
  }

  /** What EXPLAIN QUERY PLAN calls it. */
  String description() {
    return index == null
        ? "USING ROWID SEARCH ON TABLE " + source.table().name() + " FOR IN-OPERATOR"
        : "USING INDEX " + index.name() + " FOR IN-OPERATOR";
  }
}
