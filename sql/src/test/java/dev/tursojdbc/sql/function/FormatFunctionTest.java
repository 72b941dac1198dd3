package dev.tursojdbc.sql.function;

import static dev.tursojdbc.sql.function.FunctionAsserts.assertLikeSqlite;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class FormatFunctionTest {
  private static final List<Object> VALUES =
      Arrays.asList(
          null,
          0L,
          5L,
          -7L,
          1234567L,
          Long.MAX_VALUE,
          Long.MIN_VALUE,
          11L,
          22L,
          0.0,
          -0.3,
          2.5,
          1234567.891,
          1e100,
          -1e-10,
          Double.POSITIVE_INFINITY,
          "",
          "abc",
          "it's",
          "\"q\"",
          "äöü€",
          "12.5x",
          "a\nb\\c'",
          "b\\c",
          new byte[] {'x', 'y'});

  @Test
  void everyConversionWithEveryFlagIsSqlites() {
    String[] flags = {"", "-", "+", " ", "#", "!", "0", ",", "-+", "0,", "!#", "+0", "-0", "#0"};
    String[] widths = {"", "1", "5", "12"};
    String[] precisions = {"", ".", ".0", ".2", ".7"};
    String letters = "diuoxXpfeEgGcszqQwr%nlTjJb";
    SplittableRandom random = new SplittableRandom(3);
    for (int l = 0; l < letters.length(); l++) {
      char letter = letters.charAt(l);
      for (Object value : VALUES) {
        for (int i = 0; i < 30; i++) {
          String conversion =
              "<%"
                  + flags[random.nextInt(flags.length)]
                  + widths[random.nextInt(widths.length)]
                  + precisions[random.nextInt(precisions.length)]
                  + letter
                  + ">";
          assertLikeSqlite("printf", conversion, value);
        }
      }
    }
  }

  @Test
  void argumentsGiveWidthAndPrecision() {
    for (Object width : Arrays.asList(5L, -5L, 0L, null, "3", Long.MAX_VALUE - 4)) {
      assertLikeSqlite("format", "<%*d>", width, 42L);
      assertLikeSqlite("format", "<%.*f>", width == (Object) 5L ? 2L : 3L, 3.14159);
      assertLikeSqlite("format", "<%.*s>", width, "abcdefgh");
    }
  }

  @Test
  void digitsBeyondTheLongestTextAreTooMany() {
    assertLikeSqlite("format", "%.*d", (long) Integer.MAX_VALUE, 1L);
    assertLikeSqlite("format", "%,.*u", 1L << 50, 1L);
    assertLikeSqlite("format", "%0*d", 1_500_000_000L, 1L);
  }

  @Test
  @Timeout(60)
  void manyDigitsAreWrittenInOnePass() {
    for (String flags : List.of(",", "-,", "0,", "+,", "", "-", "0", "#")) {
      assertLikeSqlite("format", "<%" + flags + "*.*d>", 1_000_003L, 1_000_000L, 12345L);
      assertLikeSqlite("format", "<%" + flags + "*.*d>", 2_000_000L, 999_998L, -12345L);
      assertLikeSqlite("format", "<%" + flags + "*.*o>", 100L, 1_000_001L, 12345L);
    }
  }

  @Test
  void whatIsMissingCountsAsNull() {
    assertLikeSqlite("format", "%d %s %f %Q %c|");
    assertLikeSqlite("format", "100%");
    assertLikeSqlite("format", "%lld %ld %5%", 1L, 2L);
    assertLikeSqlite("format", (Object) null);
    assertLikeSqlite("format", 12L);
    assertLikeSqlite("format");
  }
}
