package dev.tursojdbc.sql.function;

import dev.tursojdbc.storage.record.Register;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The built-in functions by name and number of arguments. Immutable once it is built. */
public final class FunctionRegistry implements FunctionLookup {
  private static final Set<FunctionFlag> PURE =
      Set.of(FunctionFlag.DETERMINISTIC, FunctionFlag.INNOCUOUS);

  private final Map<String, List<SqlFunction>> byName = new HashMap<>();

  private FunctionRegistry() {}

  /** How a scalar function computes. */
  @FunctionalInterface
  interface ScalarBody {
    void call(FunctionContext context, Register[] arguments, Register result);
  }

  /** Holds the one instance, so that it is built when it is first needed. */
  private static final class BuiltIns {
    static final FunctionRegistry INSTANCE = build();

    private static FunctionRegistry build() {
      FunctionRegistry registry = new FunctionRegistry();
      GeneralFunctions.register(registry);
      TextFunctions.register(registry);
      QuotingFunctions.register(registry);
      NumberFunctions.register(registry);
      PatternFunctions.register(registry);
      AggregateFunctions.register(registry);
      WindowFunction.register(registry);
      MathFunctions.register(registry);
      FormatFunction.register(registry);
      DateTimeFunctions.register(registry);
      JsonFunctions.register(registry);
      JsonBuildingFunctions.register(registry);
      ExtensionFunctions.register(registry);
      return registry;
    }
  }

  /** Looks functions up, and builds them when the first is wanted: few statements need any. */
  private static final FunctionLookup LOOKUP =
      new FunctionLookup() {
        @Override
        public @Nullable SqlFunction find(String name, int argumentCount) {
          return BuiltIns.INSTANCE.find(name, argumentCount);
        }

        @Override
        public boolean knows(String name) {
          return BuiltIns.INSTANCE.knows(name);
        }
      };

  /** The built-in functions under PRAGMA case_sensitive_like. */
  private static final class CaseSensitiveLike implements FunctionLookup {
    static final CaseSensitiveLike INSTANCE = new CaseSensitiveLike();

    private final FunctionRegistry changed = new FunctionRegistry();

    private CaseSensitiveLike() {
      PatternFunctions.registerCaseSensitive(changed);
    }

    @Override
    public @Nullable SqlFunction find(String name, int argumentCount) {
      SqlFunction function = changed.find(name, argumentCount);
      return function == null ? LOOKUP.find(name, argumentCount) : function;
    }

    @Override
    public boolean knows(String name) {
      return LOOKUP.knows(name);
    }
  }

  public static FunctionLookup lookup(boolean caseSensitiveLike) {
    return caseSensitiveLike ? CaseSensitiveLike.INSTANCE : LOOKUP;
  }

  public static FunctionRegistry builtIns() {
    return BuiltIns.INSTANCE;
  }

  @Override
  public @Nullable SqlFunction find(String name, int argumentCount) {
    for (SqlFunction candidate : byName.getOrDefault(key(name), List.of())) {
      if (candidate.accepts(argumentCount)) {
        return candidate;
      }
    }
    return null;
  }

  @Override
  public boolean knows(String name) {
    return byName.containsKey(key(name));
  }

  /** Whether a function counts as one of SQLite's own, as {@code pragma_function_list} says. */
  public static boolean isOwn(SqlFunction function) {
    return !ExtensionFunctions.has(function.name()) && !function.name().equals("match");
  }

  /** All functions, for {@code pragma_function_list}. */
  public Collection<SqlFunction> all() {
    List<SqlFunction> all = new ArrayList<>();
    byName.values().forEach(all::addAll);
    return all;
  }

  private static String key(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  void add(SqlFunction function) {
    byName.computeIfAbsent(function.name(), name -> new ArrayList<>()).add(function);
  }

  /** Adds a function whose value depends on its arguments alone. */
  void pure(String name, int minArguments, int maxArguments, ScalarBody body) {
    scalar(name, minArguments, maxArguments, PURE, body);
  }

  void scalar(
      String name, int minArguments, int maxArguments, Set<FunctionFlag> flags, ScalarBody body) {
    add(new BuiltInScalar(name, minArguments, maxArguments, flags, body));
  }

  void aggregate(
      String name,
      int minArguments,
      int maxArguments,
      Set<FunctionFlag> flags,
      Supplier<Accumulator> start) {
    add(new BuiltInAggregate(name, minArguments, maxArguments, flags, start));
  }

  private static final class BuiltInScalar extends BuiltInFunction implements ScalarFunction {
    private final ScalarBody body;

    BuiltInScalar(
        String name, int minArguments, int maxArguments, Set<FunctionFlag> flags, ScalarBody body) {
      super(name, minArguments, maxArguments, flags);
      this.body = body;
    }

    @Override
    public void call(FunctionContext context, Register[] arguments, Register result) {
      body.call(context, arguments, result);
    }
  }

  private static final class BuiltInAggregate extends BuiltInFunction implements AggregateFunction {
    private final Supplier<Accumulator> start;

    BuiltInAggregate(
        String name,
        int minArguments,
        int maxArguments,
        Set<FunctionFlag> flags,
        Supplier<Accumulator> start) {
      super(name, minArguments, maxArguments, flags);
      this.start = start;
    }

    @Override
    public Accumulator start() {
      return start.get();
    }
  }
}
