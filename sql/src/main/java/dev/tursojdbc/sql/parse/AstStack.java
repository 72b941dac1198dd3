package dev.tursojdbc.sql.parse;

import dev.tursojdbc.sql.ast.Expression;
import dev.tursojdbc.sql.ast.SelectStatement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What rules have left for those that called them: a rule that ends takes what its parts left, in
 * reverse order, and leaves one thing of its own.
 *
 * <p>With each thing stands its extent in the text, parentheses included, and the height of the
 * expression tree in it. An expression is one higher than the highest thing taken since the last
 * was left; anything else is as high.
 *
 * <p>Queries inside of expressions count twice: SQLite adds the height of an expression in a query
 * to those of all expressions that the query stands in, because it resolves one within the other.
 *
 * <pre>
 *   depth of an expression = its height + the largest depth in a query inside of it
 * </pre>
 *
 * <p>And there is the fault found last, see {@link #fail}.
 */
final class AstStack {
  static final int MAXIMUM_HEIGHT = 1000;

  private Object[] values = new Object[32];
  private int[] starts = new int[32];
  private int[] ends = new int[32];
  private int[] heights = new int[32];

  /** For each thing the largest depth of a query inside; of a query the largest depth in itself. */
  private int[] innerDepths = new int[32];

  /** For each thing the largest depth of an expression in it. */
  private int[] depths = new int[32];

  private int size;
  private int takenHeight;
  private int takenInnerDepth;
  private int takenDepth;
  private int greatestDepth;
  private int greatestHeight;
  private @Nullable SqlSyntaxException failure;

  /**
   * Notes a fault that is not of syntax, such as too high a tree. It counts once the next token is
   * accepted: SQLite finds such faults when it has seen that token, and if the token is wrong says
   * that instead.
   */
  void fail(String message, int offset) {
    failure = new SqlSyntaxException(message, offset);
  }

  @Nullable SqlSyntaxException failure() {
    return failure;
  }

  void push(Object value) {
    push(value, 0, 0, takenHeight);
  }

  /** Leaves something whose expressions do not count for the height of what it stands in. */
  void pushFlat(Object value) {
    push(value, 0, 0, 0);
  }

  void push(Expression expression) {
    push(expression, expression.span().start(), expression.span().end(), takenHeight + 1);
  }

  private void push(Object value, int start, int end, int height) {
    if (height > MAXIMUM_HEIGHT) {
      failure = tooDeep();
    }
    if (size == values.length) {
      grow();
    }
    greatestHeight = Math.max(greatestHeight, height);
    values[size] = value;
    starts[size] = start;
    ends[size] = end;
    heights[size] = height;
    innerDepths[size] = value instanceof SelectStatement ? takenDepth : takenInnerDepth;
    depths[size] =
        value instanceof Expression ? Math.max(takenDepth, height + takenInnerDepth) : takenDepth;
    greatestDepth = Math.max(greatestDepth, depths[size]);
    size++;
    takenHeight = 0;
    takenInnerDepth = 0;
    takenDepth = 0;
  }

  private void grow() {
    int capacity = 2 * size;
    values = Arrays.copyOf(values, capacity);
    starts = Arrays.copyOf(starts, capacity);
    ends = Arrays.copyOf(ends, capacity);
    heights = Arrays.copyOf(heights, capacity);
    innerDepths = Arrays.copyOf(innerDepths, capacity);
    depths = Arrays.copyOf(depths, capacity);
  }

  Object pop() {
    size--;
    taken(size);
    Object value = values[size];
    values[size] = null;
    return value;
  }

  <T> T pop(Class<T> kind) {
    return kind.cast(pop());
  }

  /** Takes what an optional part left, if there was one. */
  <T> @Nullable T popIf(@Nullable Object part, Class<T> kind) {
    return part == null ? null : kind.cast(pop());
  }

  /** Takes the last {@code count} things, in the order in which they were left. */
  <T> List<T> popList(int count, Class<T> kind) {
    if (count == 0) {
      return List.of();
    }
    List<T> list = new ArrayList<>(count);
    for (int i = size - count; i < size; i++) {
      list.add(kind.cast(values[i]));
      values[i] = null;
      taken(i);
    }
    size -= count;
    return list;
  }

  private void taken(int index) {
    takenHeight = Math.max(takenHeight, heights[index]);
    takenInnerDepth = Math.max(takenInnerDepth, innerDepths[index]);
    takenDepth = Math.max(takenDepth, depths[index]);
  }

  /** Whether an expression with the queries in it is more than SQLite would resolve. */
  boolean isTooDeep() {
    return greatestDepth > MAXIMUM_HEIGHT;
  }

  /**
   * The height of the highest expression tree.
   *
   * @param withQueries whether those of the queries inside are added
   */
  int greatestHeight(boolean withQueries) {
    return withQueries ? Math.max(greatestHeight, greatestDepth) : greatestHeight;
  }

  static SqlSyntaxException tooDeep() {
    return new SqlSyntaxException(
        "Expression tree is too large (maximum depth " + MAXIMUM_HEIGHT + ")", -1);
  }

  Object top() {
    return values[size - 1];
  }

  boolean isEmpty() {
    return size == 0;
  }

  /** Where the last thing begins, its parentheses included. */
  int start() {
    return starts[size - 1];
  }

  /** Where the last thing ends, its parentheses included. */
  int end() {
    return ends[size - 1];
  }

  /** Puts parentheses around the last thing. */
  void widen(int start, int end) {
    starts[size - 1] = start;
    ends[size - 1] = end;
  }
}
