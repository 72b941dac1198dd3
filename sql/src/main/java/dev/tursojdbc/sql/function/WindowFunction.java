package dev.tursojdbc.sql.function;

import java.util.Set;

/**
 * A function that looks at where its row stands among others and is computed by the operator for
 * windows: it can be called with OVER only. Aggregate functions are not of this kind.
 */
public final class WindowFunction extends BuiltInFunction {
  /** What is computed. */
  public enum Kind {
    ROW_NUMBER("row_number", 0, 0),
    RANK("rank", 0, 0),
    DENSE_RANK("dense_rank", 0, 0),
    PERCENT_RANK("percent_rank", 0, 0),
    CUME_DIST("cume_dist", 0, 0),
    NTILE("ntile", 1, 1),
    LAG("lag", 1, 3),
    LEAD("lead", 1, 3),
    FIRST_VALUE("first_value", 1, 1),
    LAST_VALUE("last_value", 1, 1),
    NTH_VALUE("nth_value", 2, 2);

    private final String functionName;
    private final int minArguments;
    private final int maxArguments;

    Kind(String functionName, int minArguments, int maxArguments) {
      this.functionName = functionName;
      this.minArguments = minArguments;
      this.maxArguments = maxArguments;
    }
  }

  private final Kind kind;

  private WindowFunction(Kind kind) {
    super(
        kind.functionName,
        kind.minArguments,
        kind.maxArguments,
        Set.of(FunctionFlag.INNOCUOUS, FunctionFlag.WINDOW));
    this.kind = kind;
  }

  static void register(FunctionRegistry registry) {
    for (Kind kind : Kind.values()) {
      registry.add(new WindowFunction(kind));
    }
  }

  public Kind kind() {
    return kind;
  }
}
