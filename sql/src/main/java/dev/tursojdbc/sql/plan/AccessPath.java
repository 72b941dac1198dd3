package dev.tursojdbc.sql.plan;

import dev.tursojdbc.sql.bind.BoundCondition;
import dev.tursojdbc.sql.bind.BoundExpression;
import dev.tursojdbc.sql.bind.Constant;
import dev.tursojdbc.sql.schema.Index;
import dev.tursojdbc.sql.value.Affinity;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How the rows of one source are found. */
public sealed interface AccessPath {

  /**
   * A value that a key column must have.
   *
   * @param value what it is compared with; for {@code column IN …} null
   * @param in the IN that gives several values, or null
   * @param element which element of a row value the IN compares
   * @param number of the query in an IN of rows, which is computed for the keys alone
   * @param conversion what is done to the value before it is sought
   * @param nullMatches whether NULL is sought too: IS and IS NULL
   */
  record KeyTerm(
      @Nullable BoundExpression value,
      @Nullable BoundExpression in,
      int element,
      int number,
      Affinity conversion,
      boolean nullMatches) {

    /** NULL, which is sought. */
    public static KeyTerm ofNull() {
      return new KeyTerm(Constant.NULL, null, 0, 0, Affinity.NONE, true);
    }
  }

  /**
   * One end of a range.
   *
   * @param values the bound, more than one for a row value
   * @param inclusive whether the bound itself is in the range
   */
  record Bound(List<BoundExpression> values, List<Affinity> conversions, boolean inclusive) {
    /** A lower bound that leaves out NULLs and nothing else. */
    public static final Bound ABOVE_NULL = new Bound(List.of(), List.of(), false);

    public boolean isNull() {
      return values.isEmpty();
    }

    public Bound {
      values = List.copyOf(values);
      conversions = List.copyOf(conversions);
    }
  }

  /** All rows of the table's tree. */
  record TableScan(boolean reverse) implements AccessPath {}

  /** The row with a rowid, or the rows with the rowids of an IN. */
  record RowidLookup(KeyTerm key, boolean reverse) implements AccessPath {}

  /** The rows whose rowids lie in a range. */
  record RowidRange(@Nullable Bound lower, @Nullable Bound upper, boolean reverse)
      implements AccessPath {}

  /**
   * The entries of an index that begin with the values of the key terms and lie in a range of the
   * column behind them.
   *
   * @param index of the table; of a WITHOUT ROWID table also its own tree
   * @param skipped how many of the first columns take all values that there are, one after the
   *     other: a skip-scan
   * @param equal for the columns behind those
   * @param lower the smaller end of the range, whatever the direction of the column
   * @param covering whether the index alone has all columns that are needed
   * @param nullsApart whether entries with NULL in the column behind the key terms come at the
   *     other end of the order; then there is no range
   * @param blobsToo whether the range is sought once more with its ends as blobs: for patterns
   */
  record IndexSearch(
      Index index,
      int skipped,
      List<KeyTerm> equal,
      @Nullable Bound lower,
      @Nullable Bound upper,
      boolean covering,
      boolean reverse,
      boolean nullsApart,
      boolean blobsToo)
      implements AccessPath {
    public IndexSearch {
      equal = List.copyOf(equal);
    }

    /** All entries of an index in their order. */
    static IndexSearch scan(Index index, boolean covering) {
      return new IndexSearch(index, 0, List.of(), null, null, covering, false, false, false);
    }

    /** The same search with another key, or another start, and NULLs where they are. */
    public IndexSearch narrowed(List<KeyTerm> newEqual, @Nullable Bound newLower) {
      return new IndexSearch(
          index, skipped, newEqual, newLower, null, covering, reverse, false, false);
    }

    /** The same search in another range. */
    public IndexSearch within(Bound newLower, Bound newUpper) {
      return new IndexSearch(
          index, skipped, equal, newLower, newUpper, covering, reverse, false, false);
    }

    /** How many of the first columns have one value at a time. */
    public int keyColumns() {
      return skipped + equal.size();
    }

    public boolean isScan() {
      return equal.isEmpty() && lower == null && upper == null;
    }
  }

  /** The rows that any of several paths finds, each once; for OR. */
  record MultiIndex(List<Alternative> alternatives) implements AccessPath {
    public MultiIndex {
      alternatives = List.copyOf(alternatives);
    }
  }

  /**
   * One side of an OR.
   *
   * @param constants what must hold whatever rows there are, so that it is tested before they are
   *     sought
   * @param conditions what else must hold for the rows of this path
   */
  record Alternative(
      AccessPath path, List<BoundExpression> constants, List<BoundExpression> conditions) {
    public Alternative {
      constants = List.copyOf(constants);
      conditions = List.copyOf(conditions);
    }
  }

  /**
   * The rows of a table that is read once, with some columns equal to values: SQLite's automatic
   * index.
   *
   * @param input how the rows are found that are kept
   * @param conditions what rows must fulfil to be kept
   * @param keys values of the source's row and what they must equal
   * @param columns what is kept of a row
   * @param ordering how many columns at the beginning order the rows of one key; behind them it is
   *     the order of the input
   */
  record HashLookup(
      AccessPath input,
      List<BoundExpression> conditions,
      List<BoundCondition.Comparison> keys,
      List<BoundExpression.Column> columns,
      int ordering)
      implements AccessPath {
    public HashLookup {
      conditions = List.copyOf(conditions);
      keys = List.copyOf(keys);
      columns = List.copyOf(columns);
    }
  }

  /** The rows of a query in FROM. */
  record Rows(QueryPlan query, Delivery delivery) implements AccessPath {}

  /**
   * The rows of a table-valued function.
   *
   * @param arguments one for each hidden column, null where none is given
   * @param number what EXPLAIN QUERY PLAN calls this way
   */
  record Call(List<@Nullable BoundExpression> arguments, int number) implements AccessPath {
    public Call {
      arguments = Collections.unmodifiableList(new ArrayList<>(arguments));
    }
  }

  /** The rows of the recursion. */
  record RecursionRow() implements AccessPath {}

  /** How the rows of a query in FROM come to the query around it. */
  enum Delivery {
    /** One after the other, as they are computed. */
    COROUTINE,
    /** All are kept and read as often as need be. */
    MATERIALIZED
  }
}
