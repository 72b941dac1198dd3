package dev.tursojdbc.sql.function;

import static dev.tursojdbc.sql.function.FunctionAsserts.assertLikeSqlite;
import static dev.tursojdbc.sql.function.FunctionAsserts.registers;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DateTimeFunctionsTest {
  private static final List<Object> MOMENTS =
      Arrays.asList(
          null,
          "2024-02-29",
          "2024-02-30",
          "2023-02-29",
          "2024-01-31 23:59:59.999",
          "2024-12-30T12:34:56.789Z",
          "2024-01-01 00:00",
          "1999-12-31 24:00:00",
          "0000-01-01",
          "-0001-03-04 05:06:07",
          "-4713-11-24 12:00",
          "-4713-11-24 11:59",
          "9999-12-31 23:59:59",
          "2024-06-15 12:00+02:30",
          "2024-06-15 12:00:00.5 -14:00 ",
          "12:34",
          "12:34:56.7891",
          "24:00",
          "24:00:00-01:00",
          "23:30-01:00",
          "24:01",
          "23:60",
          "2024-13-01",
          "2024-00-10",
          "2024-1-01",
          " 2024-01-01",
          "2024-01-01x",
          "",
          "abc",
          "2460000.5",
          "1700000000",
          2460000.5,
          2460000L,
          1700000000L,
          0L,
          -1L,
          5373484L,
          5373485L,
          1e300,
          "1969-12-31 23:59:59.5",
          "2100-03-01",
          "1900-02-29",
          new byte[] {'1', '2', ':', '3', '0'});

  private static final List<Object> MODIFIERS =
      Arrays.asList(
          null,
          "",
          "+1 day",
          "-1 days",
          "1 month",
          "+1 months",
          "-13 months",
          "+1.5 months",
          "+1 year",
          "-4.5 years",
          "+10 hours",
          "-90 minutes",
          "+1.25 seconds",
          "+0.001 seconds",
          "+100000 days",
          "+6000000 days",
          "+00:30",
          "-00:30:15.5",
          "12:00",
          "+24:00",
          "+0001-02-03",
          "-0001-02-03",
          "+0001-02-03 04:05:06.7",
          "-0000-11-30 23:59",
          "+0001-12-03",
          "+10000-01-01",
          "start of month",
          "start of year",
          "start of day",
          "start of week",
          "weekday 0",
          "weekday 3",
          "weekday 6",
          "weekday 7",
          "weekday -0",
          "weekday -2",
          "weekday -6.0",
          "weekday -7",
          "weekday -1.5",
          "weekday 2.0",
          "weekday x",
          "unixepoch",
          "julianday",
          "auto",
          "utc",
          "localtime",
          "subsec",
          "subsecond",
          "floor",
          "ceiling",
          "START OF MONTH",
          "+1  DAY",
          "1day",
          "days",
          "+ 1 day",
          "now",
          "+1 fortnight",
          5L);

  @Test
  void everyModifierOnEveryMomentIsSqlites() {
    for (String name : List.of("date", "time", "datetime", "julianday", "unixepoch")) {
      for (Object moment : MOMENTS) {
        assertLikeSqlite(name, moment);
        for (Object modifier : MODIFIERS) {
          assertLikeSqlite(name, moment, modifier);
        }
      }
    }
  }

  @Test
  void chainsOfModifiersAreSqlites() {
    SplittableRandom random = new SplittableRandom(9);
    for (int i = 0; i < 20_000; i++) {
      List<Object> arguments = new ArrayList<>();
      arguments.add(MOMENTS.get(random.nextInt(MOMENTS.size())));
      for (int k = random.nextInt(4); k >= 0; k--) {
        arguments.add(MODIFIERS.get(2 + random.nextInt(MODIFIERS.size() - 8)));
      }
      assertLikeSqlite("datetime", arguments.toArray());
    }
  }

  @Test
  void everyFieldOfStrftimeIsSqlites() {
    for (Object moment : MOMENTS) {
      for (char letter = 'A'; letter <= 'z'; letter++) {
        assertLikeSqlite("strftime", "<%" + letter + ">", moment);
        assertLikeSqlite("strftime", "<%" + letter + ">", moment, "subsec");
      }
    }
    for (int day = 0; day < 800; day++) {
      assertLikeSqlite(
          "strftime", "%G %g %V %U %W %u %w %j %Y %F", "2019-12-20", "+" + day + " days");
    }
    assertLikeSqlite("strftime", "100%", "2024-01-01");
    assertLikeSqlite("strftime", "%%", "2024-01-01");
    assertLikeSqlite("strftime", "ä%dö", "2024-01-01");
    assertLikeSqlite("strftime", null, "2024-01-01");
  }

  @Test
  void differencesAreSqlites() {
    for (Object left : MOMENTS) {
      for (Object right : MOMENTS) {
        assertLikeSqlite("timediff", left, right);
      }
    }
    SplittableRandom random = new SplittableRandom(10);
    for (int i = 0; i < 5_000; i++) {
      double left = 2455000 + random.nextInt(2_000_000) / 1000.0;
      double right = 2455000 + random.nextInt(2_000_000) / 1000.0;
      assertLikeSqlite("timediff", left, right);
    }
  }

  @Test
  void nowIsTheTimeOfTheStatement() {
    assertThat(FunctionAsserts.call("datetime", registers("now", "subsec")))
        .isEqualTo("TEXT '2023-11-14 22:13:20.123'");
    assertThat(FunctionAsserts.call("current_date")).isEqualTo("TEXT '2023-11-14'");
    assertThat(FunctionAsserts.call("unixepoch")).isEqualTo("INTEGER 1700000000");
  }
}
