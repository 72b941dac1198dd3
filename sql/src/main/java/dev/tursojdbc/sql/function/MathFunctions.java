package dev.tursojdbc.sql.function;

import dev.tursojdbc.storage.record.Register;
import dev.tursojdbc.storage.record.StorageClass;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/**
 * Mathematical functions of REALs. An argument that is no number gives NULL, and so does a result
 * that is none. Java's and C's results may differ in the last digit.
 */
final class MathFunctions {
  private static final double RADIANS_PER_DEGREE = Math.PI / 180.0;
  private static final double DEGREES_PER_RADIAN = 180.0 / Math.PI;

  private MathFunctions() {}

  static void register(FunctionRegistry registry) {
    whole(registry, "ceil", Math::ceil);
    whole(registry, "ceiling", Math::ceil);
    whole(registry, "floor", Math::floor);
    whole(registry, "trunc", x -> x < 0 ? Math.ceil(x) : Math.floor(x));

    registry.pure("ln", 1, 1, (context, a, result) -> logarithm(a[0], Base.E, result));
    registry.pure("log10", 1, 1, (context, a, result) -> logarithm(a[0], Base.TEN, result));
    registry.pure("log2", 1, 1, (context, a, result) -> logarithm(a[0], Base.TWO, result));
    registry.pure("log", 1, 2, MathFunctions::log);

    unary(registry, "exp", Math::exp);
    unary(registry, "sqrt", Math::sqrt);
    unary(registry, "acos", Math::acos);
    unary(registry, "asin", Math::asin);
    unary(registry, "atan", Math::atan);
    unary(registry, "cos", Math::cos);
    unary(registry, "sin", Math::sin);
    unary(registry, "tan", Math::tan);
    unary(registry, "cosh", AccurateMath::cosh);
    unary(registry, "sinh", AccurateMath::sinh);
    unary(registry, "tanh", StrictMath::tanh);
    unary(registry, "acosh", AccurateMath::acosh);
    unary(registry, "asinh", AccurateMath::asinh);
    unary(registry, "atanh", AccurateMath::atanh);
    unary(registry, "degrees", x -> x * DEGREES_PER_RADIAN);
    unary(registry, "radians", x -> x * RADIANS_PER_DEGREE);

    binary(registry, "atan2", AccurateMath::atan2);
    binary(registry, "mod", (x, y) -> x % y);
    binary(registry, "pow", MathFunctions::pow);
    binary(registry, "power", MathFunctions::pow);

    registry.pure("pi", 0, 0, (context, a, result) -> result.setReal(Math.PI));
  }

  /** Adds a function that leaves INTEGERs alone. */
  private static void whole(FunctionRegistry registry, String name, DoubleUnaryOperator operator) {
    registry.pure(
        name,
        1,
        1,
        (context, arguments, result) -> {
          Register value = Arguments.numeric(arguments[0]);
          switch (value.type) {
            case StorageClass.INTEGER -> result.setInteger(value.integer);
            case StorageClass.REAL -> result.setReal(operator.applyAsDouble(value.real));
            default -> result.setNull();
          }
        });
  }

  private static void unary(FunctionRegistry registry, String name, DoubleUnaryOperator operator) {
    registry.pure(
        name,
        1,
        1,
        (context, arguments, result) -> {
          Register value = Arguments.numeric(arguments[0]);
          if (Arguments.isNumber(value)) {
            result.setReal(operator.applyAsDouble(Arguments.real(value)));
          } else {
            result.setNull();
          }
        });
  }

  private static void binary(
      FunctionRegistry registry, String name, DoubleBinaryOperator operator) {
    registry.pure(
        name,
        2,
        2,
        (context, arguments, result) -> {
          Register left = Arguments.numeric(arguments[0]);
          Register right = Arguments.numeric(arguments[1]);
          if (Arguments.isNumber(left) && Arguments.isNumber(right)) {
            result.setReal(operator.applyAsDouble(Arguments.real(left), Arguments.real(right)));
          } else {
            result.setNull();
          }
        });
  }

  /** Which logarithm. */
  private enum Base {
    E,
    TWO,
    TEN
  }

  private static void logarithm(Register argument, Base base, Register result) {
    Register value = Arguments.numeric(argument);
    double x = Arguments.isNumber(value) ? Arguments.real(value) : 0;
    if (x <= 0) {
      result.setNull();
      return;
    }
    result.setReal(
        switch (base) {
          case E -> Math.log(x);
          case TEN -> AccurateMath.log10(x);
          case TWO -> BinaryLogarithm.of(x);
        });
  }

  /** {@code log(X)} to base 10, {@code log(B, X)} to base B. */
  private static void log(FunctionContext context, Register[] arguments, Register result) {
    if (arguments.length == 1) {
      logarithm(arguments[0], Base.TEN, result);
      return;
    }
    Register base = Arguments.numeric(arguments[0]);
    result.setNull();
    if (!Arguments.isNumber(base)) {
      return;
    }
    double b = Arguments.real(base);
    double x = Arguments.real(arguments[1]);
    if (b <= 0 || x <= 0 || Math.log(b) <= 0) {
      return;
    }
    result.setReal(Math.log(x) / Math.log(b));
  }

  /** As in C, where 1 to any power and any to the power 0 are 1. */
  private static double pow(double x, double y) {
    boolean unit = x == 1 || (x == -1 && Double.isInfinite(y));
    return unit ? 1 : Math.pow(x, y);
  }
}
