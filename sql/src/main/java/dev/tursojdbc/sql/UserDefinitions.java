package dev.tursojdbc.sql;

import dev.tursojdbc.sql.bind.CollationLookup;
import dev.tursojdbc.sql.function.FunctionFlag;
import dev.tursojdbc.sql.function.FunctionLookup;
import dev.tursojdbc.sql.function.FunctionRegistry;
import dev.tursojdbc.sql.function.SqlFunction;
import dev.tursojdbc.storage.error.ErrorCode;
import dev.tursojdbc.storage.error.TursoException;
import dev.tursojdbc.storage.record.Collation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The functions and collations that the application has defined for one session. A function goes
 * before a built-in one of its name; statements that are prepared already are compiled anew.
 *
 * <p>Plans in which something of these stands are this session's alone. Plans of others are good
 * for this session, too, as long as no built-in function is hidden.
 */
public final class UserDefinitions {
  private final Session session;
  private final TreeMap<String, List<SqlFunction>> functions = new TreeMap<>();
  private final TreeMap<String, Collation> collations = new TreeMap<>();
  private boolean hidesBuiltIns;

  /** How often a statement that was compiled has named something of these. */
  private long uses;

  UserDefinitions(Session session) {
    this.session = session;
  }

  /** Defines a function of one row's values, in place of one of this name and argument count. */
  public void define(FunctionSignature signature, UserScalar body) {
    define(signature, UserFunction.of(session, signature, body));
  }

  /** Defines an aggregate function, in place of one of this name and argument count. */
  public void define(FunctionSignature signature, UserAggregate<?> body) {
    define(signature, UserFunction.of(session, signature, body));
  }

  private void define(FunctionSignature signature, SqlFunction function) {
    remove(signature.name(), signature.argumentCount());
    functions.computeIfAbsent(signature.key(), key -> new ArrayList<>()).add(function);
    changed();
  }

  /** Takes a function back; does nothing if it was not defined. */
  public void remove(String name, int argumentCount) {
    List<SqlFunction> sameName = functions.get(key(name));
    if (sameName == null
        || sameName.stream().noneMatch(known -> known.argumentCount() == argumentCount)) {
      return;
    }
    requireIdle("unable to delete/modify user-function due to active statements");
    sameName.removeIf(known -> known.argumentCount() == argumentCount);
    if (sameName.isEmpty()) {
      functions.remove(key(name));
    }
    changed();
  }

  /** Defines a collation, in place of an earlier one of this name. */
  public void defineCollation(String name, Comparator<String> order) {
    if (name.isEmpty() || CollationLookup.BUILT_IN.find(name) != null) {
      throw new IllegalArgumentException("not a name of an own collation: \"" + name + "\"");
    }
    removeCollation(name);
    collations.put(key(name), new UserCollation(session, name, order));
    changed();
  }

  /** Takes a collation back; does nothing if it was not defined. */
  public void removeCollation(String name) {
    if (collations.containsKey(key(name))) {
      requireIdle("unable to delete/modify collation sequence due to active statements");
      collations.remove(key(name));
      changed();
    }
  }

  private void requireIdle(String refusal) {
    if (session.isAnyRunning()) {
      throw new TursoException(ErrorCode.BUSY, refusal);
    }
  }

  private void changed() {
    hidesBuiltIns = functions.keySet().stream().anyMatch(FunctionRegistry.builtIns()::knows);
    session.expireStatements();
  }

  private static String key(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  // For the session.

  FunctionLookup functions(FunctionLookup builtIns) {
    return functions.isEmpty() ? builtIns : new Functions(builtIns);
  }

  CollationLookup collations() {
    return collations.isEmpty() ? CollationLookup.BUILT_IN : this::collation;
  }

  private @Nullable Collation collation(String name) {
    Collation own = collations.get(key(name));
    if (own == null) {
      return CollationLookup.BUILT_IN.find(name);
    }
    uses++;
    return own;
  }

  /** Whether a plan that knows nothing of these means something else in this session. */
  boolean hideBuiltIns() {
    return hidesBuiltIns;
  }

  long uses() {
    return uses;
  }

  /** All functions, for {@code pragma_function_list}. */
  List<SqlFunction> allFunctions() {
    return functions.values().stream().flatMap(List::stream).toList();
  }

  /** Names of all collations. */
  List<String> collationNames() {
    return collations.values().stream().map(Collation::name).toList();
  }

  /** What a statement may call. */
  private final class Functions implements FunctionLookup {
    private final FunctionLookup builtIns;

    Functions(FunctionLookup builtIns) {
      this.builtIns = builtIns;
    }

    @Override
    public @Nullable SqlFunction find(String name, int argumentCount) {
      SqlFunction own = own(name, argumentCount);
      if (own == null) {
        return builtIns.find(name, argumentCount);
      }
      uses++;
      return own;
    }

    private @Nullable SqlFunction own(String name, int argumentCount) {
      SqlFunction best = null;
      for (SqlFunction candidate : functions.getOrDefault(key(name), List.of())) {
        if (candidate.argumentCount() == argumentCount
            || (best == null && candidate.accepts(argumentCount))) {
          best = candidate;
        }
      }
      return best;
    }

    @Override
    public boolean isSafeInSchema(SqlFunction function) {
      return !(function instanceof UserFunction)
          || (!function.flags().contains(FunctionFlag.DIRECT_ONLY)
              && (function.flags().contains(FunctionFlag.INNOCUOUS)
                  || session.settings().trustedSchema));
    }

    @Override
    public boolean hidesBuiltIn(String name, int argumentCount) {
      return hidesBuiltIns && own(name, argumentCount) != null;
    }

    @Override
    public boolean knows(String name) {
      return functions.containsKey(key(name)) || builtIns.knows(name);
    }
  }
}
