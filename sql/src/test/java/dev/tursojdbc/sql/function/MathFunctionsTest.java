package dev.tursojdbc.sql.function;

import static dev.tursojdbc.sql.function.FunctionAsserts.SQLITE;
import static dev.tursojdbc.sql.function.FunctionAsserts.registers;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tursojdbc.sql.value.ReferenceSqlite;
import dev.tursojdbc.storage.record.Register;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The C library's results may differ from Java's in the last digits. */
class MathFunctionsTest {
  private static final List<Object> VALUES =
      Arrays.asList(
          null,
          0L,
          1L,
          -1L,
          2L,
          10L,
          3L,
          1000L,
          8L,
          1L << 60,
          Long.MIN_VALUE,
          0.0,
          0.5,
          -0.5,
          2.5,
          1e-10,
          1e10,
          1e300,
          -1e300,
          3.7,
          -3.7,
          "2",
          "2.5",
          "x",
          "",
          new byte[] {'1'},
          Double.POSITIVE_INFINITY,
          Double.NEGATIVE_INFINITY);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ceil", "ceiling", "floor", "trunc", "ln", "log", "log10", "log2", "exp", "sqrt", "acos",
            "asin",
        "atan", "cos", "sin", "tan", "cosh", "sinh", "tanh", "acosh", "asinh", "atanh", "degrees",
            "radians"
      })
  void functionsOfOneNumberAreSqlites(String name) {
    for (Object value : VALUES) {
      assertClose(name + "(?1)", name, registers(value));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"atan2", "mod", "pow", "power", "log"})
  void functionsOfTwoNumbersAreSqlites(String name) {
    for (Object left : VALUES) {
      for (Object right : VALUES) {
        assertClose(name + "(?1, ?2)", name, registers(left, right));
      }
    }
  }

  /** The libraries differ from system to system, too; but not for one value in fifty. */
  @ParameterizedTest
  @ValueSource(strings = {"ln", "log10", "exp", "cosh", "sinh", "tanh", "acosh", "asinh", "atanh"})
  void resultsAreSqlitesToTheLastDigitNearlyAlways(String name) {
    SplittableRandom random = new SplittableRandom(3);
    int different = 0;
    for (int i = 0; i < 1000; i++) {
      double scale = name.equals("atanh") ? 1 : i % 2 == 0 ? 3 : 1000;
      Register[] argument = registers(random.nextDouble() * scale);
      if (!FunctionAsserts.call(name, argument).equals(SQLITE.evaluate(name + "(?1)", argument))) {
        different++;
      }
    }

    assertThat(different).isLessThan(20);
  }

  private static void assertClose(String expression, String name, Register... arguments) {
    String expected = SQLITE.evaluate(expression, arguments);
    String actual = FunctionAsserts.call(name, arguments);
    if (expected.startsWith("REAL") && actual.startsWith("REAL")) {
      double wanted = value(expected);
      double got = value(actual);
      if (Double.isFinite(wanted) && Math.abs(wanted - got) <= 4 * Math.ulp(wanted)) {
        return;
      }
    }
    assertThat(actual)
        .as(
            "%s%s",
            name,
            Arrays.stream(arguments).map(ReferenceSqlite::describe).collect(Collectors.toList()))
        .isEqualTo(expected);
  }

  private static double value(String described) {
    return Double.parseDouble(
        described.substring(described.indexOf('(') + 1, described.length() - 1));
  }
}
