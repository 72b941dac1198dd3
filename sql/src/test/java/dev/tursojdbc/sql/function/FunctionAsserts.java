package dev.tursojdbc.sql.function;

import static dev.tursojdbc.sql.value.ReferenceSqlite.describe;
import static dev.tursojdbc.sql.value.ReferenceSqlite.register;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tursojdbc.sql.value.ReferenceSqlite;
import dev.tursojdbc.storage.error.TursoException;
import dev.tursojdbc.storage.record.Collation;
import dev.tursojdbc.storage.record.Register;
import java.util.List;
import java.util.Objects;
import java.util.StringJoiner;

/**
 * Calls functions with given arguments, here and in SQLite, and compares the values or messages.
 */
final class FunctionAsserts {
  static final ReferenceSqlite SQLITE = new ReferenceSqlite();

  /** A connection that has done nothing yet. */
  static final FunctionContext CONTEXT =
      new FunctionContext() {
        /** What is shared by it must never be changed. */
        private final JsonCache jsonCache = new JsonCache();

        @Override
        public JsonCache jsonCache() {
          return jsonCache;
        }

        @Override
        public Collation collation() {
          return Collation.BINARY;
        }

        @Override
        public long currentTimeMillis() {
          return 1_700_000_000_123L;
        }

        @Override
        public long lastInsertRowid() {
          return 0;
        }

        @Override
        public long changes() {
          return 0;
        }

        @Override
        public long totalChanges() {
          return 0;
        }

        @Override
        public long random() {
          return 42;
        }

        @Override
        public int lengthLimit() {
          return 1_000_000_000;
        }
      };

  private FunctionAsserts() {}

  /** Calls with Long, Double, String, byte[] or null for each argument. */
  static void assertLikeSqlite(String name, Object... arguments) {
    Register[] registers = registers(arguments);
    StringJoiner call = new StringJoiner(", ", name + "(", ")");
    StringJoiner shown = new StringJoiner(", ", name + "(", ")");
    for (int i = 0; i < arguments.length; i++) {
      call.add("?" + (i + 1));
      shown.add(describe(registers[i]));
    }
    assertThat(call(name, registers))
        .as(shown.toString())
        .isEqualTo(SQLITE.evaluate(call.toString(), registers));
  }

  static Register[] registers(Object... arguments) {
    Register[] registers = new Register[arguments.length];
    for (int i = 0; i < arguments.length; i++) {
      registers[i] = register(arguments[i]);
    }
    return registers;
  }

  /** The described result of a scalar function, or "ERROR message". */
  static String call(String name, Register... arguments) {
    SqlFunction function = FunctionRegistry.builtIns().find(name, arguments.length);
    Register result = new Register();
    try {
      ((ScalarFunction) Objects.requireNonNull(function, name)).call(CONTEXT, arguments, result);
    } catch (TursoException failure) {
      return "ERROR " + failure.getMessage();
    }
    return describe(result);
  }

  /** The described result of an aggregate function over rows, or "ERROR message". */
  static String aggregate(String name, List<Object[]> rows) {
    int count = rows.isEmpty() ? 1 : rows.get(0).length;
    SqlFunction function = FunctionRegistry.builtIns().find(name, count);
    Register result = new Register();
    try {
      Accumulator accumulator =
          ((AggregateFunction) Objects.requireNonNull(function, name)).start();
      for (Object[] row : rows) {
        accumulator.step(CONTEXT, registers(row));
      }
      accumulator.result(CONTEXT, result);
    } catch (TursoException failure) {
      return "ERROR " + failure.getMessage();
    }
    return describe(result);
  }
}
