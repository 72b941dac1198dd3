package dev.tursojdbc.sql.function;

import static dev.tursojdbc.sql.function.FunctionAsserts.assertLikeSqlite;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CoreFunctionsTest {
  private static final List<Object> VALUES =
      Arrays.asList(
          null,
          0L,
          1L,
          -5L,
          42L,
          Long.MAX_VALUE,
          Long.MIN_VALUE,
          0.0,
          -2.5,
          0.15,
          1e300,
          Double.POSITIVE_INFINITY,
          Double.NEGATIVE_INFINITY,
          "",
          " ",
          "abc",
          "  Hello Wörld  ",
          "äöü€\uD83D\uDE00",
          "12",
          "-3.5",
          "0x1F",
          "it's \"q\"",
          "a\u0000b",
          "line\nbreak\\",
          "abcabc",
          "b",
          new byte[0],
          new byte[] {0},
          new byte[] {'a', 'b', 'c'},
          new byte[] {'b'},
          new byte[] {(byte) 0xC3, (byte) 0xA4, (byte) 0xFF, 0, 1});

  private static final List<Object> NUMBERS =
      Arrays.asList(
          null, 0L, 1L, 2L, 3L, -1L, -2L, -10L, 100L, Long.MAX_VALUE, Long.MIN_VALUE, 1.9, "2");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "abs",
        "sign",
        "round",
        "length",
        "octet_length",
        "lower",
        "upper",
        "trim",
        "ltrim",
        "rtrim",
        "char",
        "unicode",
        "concat",
        "hex",
        "unhex",
        "quote",
        "unistr_quote",
        "unistr",
        "typeof",
        "likely",
        "unlikely"
      })
  void functionsOfOneValueAreSqlites(String name) {
    for (Object value : VALUES) {
      assertLikeSqlite(name, value);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "trim",
        "ltrim",
        "rtrim",
        "instr",
        "concat",
        "concat_ws",
        "unhex",
        "coalesce",
        "ifnull",
        "nullif",
        "min",
        "max",
        "like",
        "glob",
        "iif",
        "if",
        "char"
      })
  void functionsOfTwoValuesAreSqlites(String name) {
    for (Object left : VALUES) {
      for (Object right : VALUES) {
        assertLikeSqlite(name, left, right);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"replace", "like", "concat_ws", "min", "max", "iif", "coalesce"})
  void functionsOfThreeValuesAreSqlites(String name) {
    for (Object first : VALUES) {
      for (Object second : VALUES) {
        for (Object third : Arrays.asList(null, 1L, "", "b", "x", "%", "ä")) {
          assertLikeSqlite(name, first, second, third);
        }
      }
    }
  }

  @Test
  void substrIsSqlites() {
    for (Object value : VALUES) {
      for (Object from : NUMBERS) {
        assertLikeSqlite("substr", value, from);
        for (Object count : NUMBERS) {
          assertLikeSqlite("substr", value, from, count);
        }
      }
    }
  }

  @Test
  void roundToDigitsIsSqlites() {
    for (Object value :
        Arrays.asList(
            null,
            2.5,
            -2.5,
            0.15,
            1.005,
            2.675,
            1e15 + 0.3,
            123.456,
            -0.4,
            9.995,
            1e-7,
            "3.14159",
            7L)) {
      for (Object digits : NUMBERS) {
        assertLikeSqlite("round", value, digits);
      }
    }
  }

  @Test
  void unistrReadsEveryEscape() {
    for (String text :
        List.of(
            "\\0041",
            "\\u00e4",
            "\\+01F600",
            "\\U0001F600",
            "a\\\\b",
            "\\",
            "\\u12",
            "\\x",
            "\\+1",
            "\\12",
            "\\\\u0041")) {
      assertLikeSqlite("unistr", text);
    }
  }

  @Test
  void unhexIgnoresWhatItIsTold() {
    assertLikeSqlite("unhex", "41-42", "-");
    assertLikeSqlite("unhex", "4-1", "-");
    assertLikeSqlite("unhex", "ä41ä", "ä");
    assertLikeSqlite("unhex", "41 42", " -");
    assertLikeSqlite("unhex", "41 42", "");
  }

  @Test
  void namesAreFoundInAnyCaseAndByNumberOfArguments() {
    FunctionRegistry registry = FunctionRegistry.builtIns();

    assertThat(registry.find("SubStr", 3)).isNotNull();
    assertThat(registry.find("substr", 1)).isNull();
    assertThat(registry.knows("substr")).isTrue();
    assertThat(registry.knows("nope")).isFalse();
  }
}
