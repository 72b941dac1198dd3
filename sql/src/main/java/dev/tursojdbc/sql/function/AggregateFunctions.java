package dev.tursojdbc.sql.function;

import java.util.EnumSet;
import java.util.Set;

/** The aggregate functions. */
final class AggregateFunctions {
  private AggregateFunctions() {}

  static void register(FunctionRegistry registry) {
    Set<FunctionFlag> window = EnumSet.of(FunctionFlag.INNOCUOUS, FunctionFlag.WINDOW);
    Set<FunctionFlag> collating =
        EnumSet.of(FunctionFlag.INNOCUOUS, FunctionFlag.NEEDS_COLLATION, FunctionFlag.WINDOW);
    Set<FunctionFlag> percentile = EnumSet.of(FunctionFlag.WINDOW);

    registry.aggregate("count", 0, 1, window, CountAccumulator::new);
    registry.aggregate("sum", 1, 1, window, () -> new SumAccumulator(SumAccumulator.Kind.SUM));
    registry.aggregate("total", 1, 1, window, () -> new SumAccumulator(SumAccumulator.Kind.TOTAL));
    registry.aggregate("avg", 1, 1, window, () -> new SumAccumulator(SumAccumulator.Kind.AVG));
    registry.aggregate("min", 1, 1, collating, () -> new ExtremeAccumulator(false));
    registry.aggregate("max", 1, 1, collating, () -> new ExtremeAccumulator(true));
    registry.aggregate("group_concat", 1, 2, window, ConcatAccumulator::new);
    registry.aggregate("string_agg", 2, 2, window, ConcatAccumulator::new);
    registry.aggregate(
        "median", 1, 1, percentile, () -> new PercentileAccumulator("median", 1, false));
    registry.aggregate(
        "percentile", 2, 2, percentile, () -> new PercentileAccumulator("percentile", 100, false));
    registry.aggregate(
        "percentile_cont",
        2,
        2,
        percentile,
        () -> new PercentileAccumulator("percentile_cont", 1, false));
    registry.aggregate(
        "percentile_disc",
        2,
        2,
        percentile,
        () -> new PercentileAccumulator("percentile_disc", 1, true));
  }
}
