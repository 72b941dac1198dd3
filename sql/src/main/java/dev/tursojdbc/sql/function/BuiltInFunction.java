package dev.tursojdbc.sql.function;

import java.util.Set;

/** What all built-in functions have: name, number of arguments, flags. */
abstract class BuiltInFunction implements SqlFunction {
  private final String name;
  private final int minArguments;
  private final int maxArguments;
  private final Set<FunctionFlag> flags;

  /**
   * @param maxArguments most arguments, or {@link #ANY_COUNT} if there is no such number
   */
  BuiltInFunction(String name, int minArguments, int maxArguments, Set<FunctionFlag> flags) {
    this.name = name;
    this.minArguments = minArguments;
    this.maxArguments = maxArguments;
    this.flags = Set.copyOf(flags);
  }

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final int argumentCount() {
    return minArguments == maxArguments ? minArguments : ANY_COUNT;
  }

  @Override
  public final boolean accepts(int count) {
    return count >= minArguments && (maxArguments == ANY_COUNT || count <= maxArguments);
  }

  @Override
  public final boolean isDeterministic() {
    return flags.contains(FunctionFlag.DETERMINISTIC) || flags.contains(FunctionFlag.STABLE);
  }

  @Override
  public final Set<FunctionFlag> flags() {
    return flags;
  }
}
