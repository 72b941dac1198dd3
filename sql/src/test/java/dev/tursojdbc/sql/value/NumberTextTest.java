package dev.tursojdbc.sql.value;

import static dev.tursojdbc.sql.value.ReferenceSqlite.describe;
import static dev.tursojdbc.sql.value.ReferenceSqlite.register;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tursojdbc.storage.record.Register;
import dev.tursojdbc.storage.record.TextEncoding;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class NumberTextTest {
  private static final ReferenceSqlite SQLITE = new ReferenceSqlite();
  private static final int SAMPLES = Integer.getInteger("samples", 5_000);

  private static final List<RealFormat.Notation> NOTATIONS = List.of(RealFormat.Notation.values());

  @AfterAll
  static void close() {
    SQLITE.close();
  }

  @Test
  void realsOfAllMagnitudesPrintAsInSqlite() {
    SplittableRandom random = new SplittableRandom(1);

    for (int i = 0; i < SAMPLES; i++) {
      assertPrintsAsInSqlite(Double.longBitsToDouble(random.nextLong()));
    }
  }

  @Test
  void realsWithFewDecimalDigitsPrintAsInSqlite() {
    SplittableRandom random = new SplittableRandom(2);

    for (int i = 0; i < SAMPLES; i++) {
      long digits = random.nextLong(1L << random.nextInt(1, 62));
      assertPrintsAsInSqlite(Double.parseDouble(digits + "e" + random.nextInt(-25, 25)));
      assertPrintsAsInSqlite(Double.parseDouble(digits + "e-" + random.nextInt(308, 330)));
      assertPrintsAsInSqlite(digits / 100.0);
      assertPrintsAsInSqlite(Math.scalb(1.0, random.nextInt(-1074, 1024)));
    }
  }

  private static void assertPrintsAsInSqlite(double value) {
    if (!Double.isNaN(value)) {
      Register text = new Register();
      Cast.cast(register(value), Affinity.TEXT, TextEncoding.UTF8, text);
      assertThat(describe(text)).isEqualTo(SQLITE.evaluate("CAST(?1 AS TEXT)", register(value)));
    }
  }

  @Test
  void decimalNumbersReadAsInSqlite() {
    SplittableRandom random = new SplittableRandom(3);

    for (int i = 0; i < SAMPLES; i++) {
      StringBuilder text = new StringBuilder();
      int length = random.nextInt(1, 25);
      int point = random.nextInt(-10, length);
      for (int k = 0; k < length; k++) {
        if (k == point) {
          text.append('.');
        }
        text.append(random.nextInt(4) == 0 ? 0 : random.nextInt(10));
      }
      if (random.nextBoolean()) {
        int range = random.nextBoolean() ? 30 : 360;
        text.append('e').append(random.nextInt(-range, range));
      }
      assertReadsAsInSqlite(text.toString());
    }
  }

  @Test
  void printedRealsReadAsInSqlite() {
    SplittableRandom random = new SplittableRandom(4);

    for (int i = 0; i < SAMPLES; i++) {
      double value = Double.longBitsToDouble(random.nextLong());
      if (Double.isFinite(value)) {
        assertReadsAsInSqlite(Double.toString(value));
        assertReadsAsInSqlite(new String(RealText.of(value), StandardCharsets.UTF_8));
      }
    }
  }

  @Test
  void textsThatAreNearlyNumbersReadAsInSqlite() {
    List<String> parts =
        List.of(
            "",
            " ",
            "\t\n",
            "-",
            "+",
            "1",
            "0",
            "00",
            ".",
            "e",
            "E",
            "5",
            "x",
            "12",
            "\u00a0",
            "9223372036854775807",
            "9223372036854775808",
            "18446744073709551616",
            "inf",
            "_");
    SplittableRandom random = new SplittableRandom(5);

    for (int i = 0; i < SAMPLES; i++) {
      StringBuilder text = new StringBuilder();
      for (int k = random.nextInt(6); k >= 0; k--) {
        text.append(parts.get(random.nextInt(parts.size())));
      }
      assertReadsAsInSqlite(text.toString());
    }
  }

  private static void assertReadsAsInSqlite(String text) {
    for (Affinity affinity :
        List.of(Affinity.REAL, Affinity.INTEGER, Affinity.NUMERIC, Affinity.BLOB)) {
      Register result = new Register();
      Cast.cast(register(text), affinity, TextEncoding.UTF8, result);
      assertThat(describe(result))
          .as("CAST('%s' AS %s)", text, affinity)
          .isEqualTo(SQLITE.evaluate("CAST(?1 AS " + affinity + ")", register(text)));
    }
  }

  @Test
  void everyPrecisionOfFixedAndGeneralNotationPrintsAsInSqlite() {
    SplittableRandom random = new SplittableRandom(6);

    for (int i = 0; i < SAMPLES; i++) {
      double value = randomReal(random);
      int precision = random.nextInt(28);
      RealFormat format = new RealFormat();
      format.notation = NOTATIONS.get(random.nextInt(3));
      format.extended = random.nextBoolean();
      format.alternate = random.nextInt(4) == 0;
      format.thousands = random.nextInt(4) == 0;
      format.zeroPadded = random.nextInt(4) == 0;
      format.width = random.nextInt(30);
      format.precision = precision;
      String letter =
          switch (format.notation) {
            case FIXED -> "f";
            case EXPONENT -> "e";
            case GENERAL -> "g";
          };
      String pattern =
          "%"
              + (format.extended ? "!" : "")
              + (format.alternate ? "#" : "")
              + (format.thousands ? "," : "")
              + (format.zeroPadded ? "0" + format.width : "")
              + "."
              + precision
              + letter;
      TextBuilder text = new TextBuilder(1000);
      format.append(value, text);
      assertThat("TEXT '" + text + "'")
          .as("%s of %s", pattern, value)
          .isEqualTo(SQLITE.evaluate("printf(?1, ?2)", register(pattern), register(value)));
    }
  }

  private static double randomReal(SplittableRandom random) {
    return switch (random.nextInt(3)) {
      case 0 -> random.nextInt(2_000_000) / 1000.0 - 500;
      case 1 -> random.nextDouble() * Math.pow(10, random.nextInt(-20, 20));
      default -> {
        double value = Double.longBitsToDouble(random.nextLong());
        yield Double.isNaN(value) ? 0 : value;
      }
    };
  }
}
