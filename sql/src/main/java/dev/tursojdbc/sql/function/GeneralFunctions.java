package dev.tursojdbc.sql.function;

import dev.tursojdbc.sql.value.NumericValue;
import dev.tursojdbc.storage.record.Register;
import dev.tursojdbc.storage.record.StorageClass;
import dev.tursojdbc.storage.record.ValueOrder;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Set;

/** Functions that choose among values of any kind, or tell something of the connection. */
final class GeneralFunctions {
  /** The version of SQLite whose dialect this is. */
  static final String SQLITE_VERSION = "3.54.1";

  private static final byte[][] TYPE_NAMES = {
    ascii("null"), ascii("integer"), ascii("real"), ascii("text"), ascii("blob")
  };

  private GeneralFunctions() {}

  static void register(FunctionRegistry registry) {
    Set<FunctionFlag> lazy =
        EnumSet.of(FunctionFlag.DETERMINISTIC, FunctionFlag.INNOCUOUS, FunctionFlag.LAZY);
    registry.scalar("coalesce", 2, -1, lazy, GeneralFunctions::coalesce);
    registry.scalar("ifnull", 2, 2, lazy, GeneralFunctions::coalesce);
    registry.scalar("iif", 2, -1, lazy, GeneralFunctions::choose);
    registry.scalar("if", 2, -1, lazy, GeneralFunctions::choose);

    Set<FunctionFlag> collating =
        EnumSet.of(
            FunctionFlag.DETERMINISTIC, FunctionFlag.INNOCUOUS, FunctionFlag.NEEDS_COLLATION);
    registry.scalar("nullif", 2, 2, collating, GeneralFunctions::nullif);
    registry.scalar("min", 2, -1, collating, GeneralFunctions::min);
    registry.scalar("max", 2, -1, collating, GeneralFunctions::max);

    registry.pure("typeof", 1, 1, GeneralFunctions::typeof);
    registry.pure("likely", 1, 1, GeneralFunctions::first);
    registry.pure("unlikely", 1, 1, GeneralFunctions::first);
    registry.pure("likelihood", 2, 2, GeneralFunctions::first);
    registry.scalar(
        "subtype",
        1,
        1,
        EnumSet.of(FunctionFlag.DETERMINISTIC, FunctionFlag.INNOCUOUS, FunctionFlag.SUBTYPE),
        GeneralFunctions::subtype);

    Set<FunctionFlag> innocuous = Set.of(FunctionFlag.INNOCUOUS);
    registry.scalar("changes", 0, 0, innocuous, (c, a, result) -> result.setInteger(c.changes()));
    registry.scalar(
        "total_changes", 0, 0, innocuous, (c, a, result) -> result.setInteger(c.totalChanges()));
    registry.scalar(
        "last_insert_rowid",
        0,
        0,
        innocuous,
        (c, a, result) -> result.setInteger(c.lastInsertRowid()));

    Set<FunctionFlag> stable = Set.of(FunctionFlag.STABLE, FunctionFlag.INNOCUOUS);
    registry.scalar(
        "sqlite_version", 0, 0, stable, (c, a, result) -> result.setText(ascii(SQLITE_VERSION)));
    registry.scalar("sqlite_source_id", 0, 0, stable, GeneralFunctions::sourceId);
    CompileOptions.register(registry, stable);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static void coalesce(FunctionContext context, Register[] arguments, Register result) {
    result.setNull();
    for (Register argument : arguments) {
      if (!argument.isNull()) {
        result.set(argument);
        return;
      }
    }
  }

  /** Pairs of condition and value, and a value for when no condition is true. */
  private static void choose(FunctionContext context, Register[] arguments, Register result) {
    int i = 0;
    for (; i + 1 < arguments.length; i += 2) {
      if (NumericValue.isTrue(arguments[i], false)) {
        result.set(arguments[i + 1]);
        return;
      }
    }
    if (i < arguments.length) {
      result.set(arguments[i]);
    } else {
      result.setNull();
    }
  }

  private static void nullif(FunctionContext context, Register[] arguments, Register result) {
    if (ValueOrder.compare(arguments[0], arguments[1], context.collation()) == 0) {
      result.setNull();
    } else {
      result.set(arguments[0]);
    }
  }

  /** Of equal values the last is taken, which shows where an INTEGER equals a REAL. */
  private static void min(FunctionContext context, Register[] arguments, Register result) {
    if (Arguments.anyNull(arguments)) {
      result.setNull();
      return;
    }
    Register best = arguments[0];
    for (int i = 1; i < arguments.length; i++) {
      if (ValueOrder.compare(best, arguments[i], context.collation()) >= 0) {
        best = arguments[i];
      }
    }
    result.set(best);
  }

  /** Of equal values the first is taken. */
  private static void max(FunctionContext context, Register[] arguments, Register result) {
    if (Arguments.anyNull(arguments)) {
      result.setNull();
      return;
    }
    Register best = arguments[0];
    for (int i = 1; i < arguments.length; i++) {
      if (ValueOrder.compare(best, arguments[i], context.collation()) < 0) {
        best = arguments[i];
      }
    }
    result.set(best);
  }

  private static void typeof(FunctionContext context, Register[] arguments, Register result) {
    result.setText(TYPE_NAMES[arguments[0].type]);
  }

  private static void first(FunctionContext context, Register[] arguments, Register result) {
    result.set(arguments[0]);
  }

  private static void subtype(FunctionContext context, Register[] arguments, Register result) {
    Register value = arguments[0];
    result.setInteger(value.type == StorageClass.TEXT ? value.subtype : 0);
  }

  /** There is no SQLite source; the text says what stands in for it. */
  private static void sourceId(FunctionContext context, Register[] arguments, Register result) {
    result.setText(ascii("turso-jdbc, dialect of SQLite " + SQLITE_VERSION));
  }
}
