package dev.tursojdbc.sql.function;

import dev.tursojdbc.sql.value.NumericText;
import dev.tursojdbc.sql.value.RealFormat;
import dev.tursojdbc.sql.value.TextBuilder;
import dev.tursojdbc.storage.error.ErrorCode;
import dev.tursojdbc.storage.error.TursoException;
import dev.tursojdbc.storage.record.Register;
import dev.tursojdbc.storage.record.StorageClass;
import java.util.Set;

/** Functions of numbers that need no mathematics, and random ones. */
final class NumberFunctions {
  /** From here on every REAL is whole. */
  private static final double WHOLE = 0x1p52;

  private static final int MAX_ROUND_DIGITS = 30;

  private NumberFunctions() {}

  static void register(FunctionRegistry registry) {
    registry.pure("abs", 1, 1, NumberFunctions::abs);
    registry.pure("sign", 1, 1, NumberFunctions::sign);
    registry.pure("round", 1, 2, NumberFunctions::round);
    Set<FunctionFlag> innocuous = Set.of(FunctionFlag.INNOCUOUS);
    registry.scalar("random", 0, 0, innocuous, NumberFunctions::random);
    registry.scalar("randomblob", 1, 1, innocuous, NumberFunctions::randomblob);
    registry.pure("zeroblob", 1, 1, NumberFunctions::zeroblob);
  }

  /** A text or blob counts as REAL. */
  private static void abs(FunctionContext context, Register[] arguments, Register result) {
    Register value = arguments[0];
    switch (value.type) {
      case StorageClass.NULL -> result.setNull();
      case StorageClass.INTEGER -> {
        if (value.integer == Long.MIN_VALUE) {
          throw Arguments.error("integer overflow");
        }
        result.setInteger(Math.abs(value.integer));
      }
      default -> result.setReal(Math.abs(Arguments.real(value)));
    }
  }

  private static void sign(FunctionContext context, Register[] arguments, Register result) {
    Register value = Arguments.numeric(arguments[0]);
    if (Arguments.isNumber(value)) {
      double real = Arguments.real(value);
      result.setInteger(real < 0 ? -1 : real > 0 ? 1 : 0);
    } else {
      result.setNull();
    }
  }

  /** Rounds half away from zero, in decimal: what printf gives for so many digits. */
  private static void round(FunctionContext context, Register[] arguments, Register result) {
    if (Arguments.anyNull(arguments)) {
      result.setNull();
      return;
    }
    long digits = 0;
    if (arguments.length == 2) {
      digits = Math.min(Math.max(Arguments.integer(arguments[1]), 0), MAX_ROUND_DIGITS);
    }
    double value = Arguments.real(arguments[0]);
    if (value < -WHOLE || value > WHOLE) {
      result.setReal(value);
    } else if (digits == 0) {
      result.setReal((double) (long) (value + (value < 0 ? -0.5 : 0.5)));
    } else {
      RealFormat format = new RealFormat();
      format.notation = RealFormat.Notation.FIXED;
      format.extended = true;
      format.precision = (int) digits;
      TextBuilder text = new TextBuilder(1000, 64);
      format.append(value, text);
      byte[] bytes = text.toByteArray();
      NumericText.readReal(bytes, 0, bytes.length, result);
      result.setReal(result.real);
    }
  }

  /** The smallest INTEGER is left out, so that abs() of the result never fails. */
  private static void random(FunctionContext context, Register[] arguments, Register result) {
    long random = context.random();
    result.setInteger(random < 0 ? -(random & Long.MAX_VALUE) : random);
  }

  private static void randomblob(FunctionContext context, Register[] arguments, Register result) {
    long size = Math.max(Arguments.integer(arguments[0]), 1);
    byte[] bytes = new byte[checkedSize(size, context)];
    for (int i = 0; i < bytes.length; i += Long.BYTES) {
      long random = context.random();
      for (int k = i; k < bytes.length && k < i + Long.BYTES; k++) {
        bytes[k] = (byte) random;
        random >>= Byte.SIZE;
      }
    }
    result.setBlob(bytes);
  }

  private static void zeroblob(FunctionContext context, Register[] arguments, Register result) {
    long size = Math.max(Arguments.integer(arguments[0]), 0);
    result.setBlob(new byte[checkedSize(size, context)]);
  }

  private static int checkedSize(long size, FunctionContext context) {
    if (size > context.lengthLimit()) {
      throw new TursoException(ErrorCode.TOOBIG);
    }
    return (int) size;
  }
}
