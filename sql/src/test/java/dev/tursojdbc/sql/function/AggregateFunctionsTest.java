package dev.tursojdbc.sql.function;

import static dev.tursojdbc.sql.function.FunctionAsserts.SQLITE;
import static dev.tursojdbc.sql.function.FunctionAsserts.registers;
import static dev.tursojdbc.sql.value.ReferenceSqlite.describe;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tursojdbc.storage.record.Register;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AggregateFunctionsTest {
  private static final List<Object> VALUES =
      Arrays.asList(
          null,
          0L,
          1L,
          -3L,
          1L << 53,
          Long.MAX_VALUE,
          Long.MIN_VALUE,
          0.1,
          -2.5,
          1e16,
          1.0,
          "7",
          "2.5",
          "abc",
          "",
          new byte[] {'5'},
          Double.POSITIVE_INFINITY);

  private static final SplittableRandom RANDOM = new SplittableRandom(11);

  private static List<Object[]> rows(int columns, List<Object> values) {
    List<Object[]> rows = new ArrayList<>();
    for (int i = RANDOM.nextInt(7); i > 0; i--) {
      Object[] row = new Object[columns];
      for (int k = 0; k < columns; k++) {
        row[k] = values.get(RANDOM.nextInt(values.size()));
      }
      rows.add(row);
    }
    return rows;
  }

  private static String reference(String name, int columns, List<Object[]> rows) {
    List<Object> flat = new ArrayList<>();
    StringBuilder from = new StringBuilder();
    for (Object[] row : rows) {
      from.append(from.length() == 0 ? "VALUES (" : ", (");
      for (int k = 0; k < columns; k++) {
        flat.add(row[k]);
        from.append(k == 0 ? "?" : ", ?").append(flat.size());
      }
      from.append(")");
    }
    String source = rows.isEmpty() ? "SELECT 1 AS column1, 1 AS column2 WHERE 0" : from.toString();
    String call = columns == 2 ? name + "(column1, column2)" : name + "(column1)";
    return SQLITE.evaluate(call + " FROM (" + source + ")", registers(flat.toArray()));
  }

  @Test
  void aggregatesOfOneValueAreSqlites() {
    for (String name :
        List.of("count", "sum", "total", "avg", "min", "max", "group_concat", "median")) {
      for (int i = 0; i < 1000; i++) {
        List<Object[]> rows = rows(1, VALUES);
        assertThat(FunctionAsserts.aggregate(name, rows))
            .as("%s of %s", name, show(rows))
            .isEqualTo(reference(name, 1, rows));
      }
    }
  }

  @Test
  void concatenationWithSeparatorsIsSqlites() {
    for (int i = 0; i < 500; i++) {
      List<Object[]> rows = rows(2, VALUES);
      assertThat(rows.isEmpty() ? "NULL" : FunctionAsserts.aggregate("string_agg", rows))
          .isEqualTo(reference("string_agg", 2, rows));
    }
  }

  @Test
  void medianOfNegativeZeroIsZero() {
    List<Object[]> rows = List.<Object[]>of(new Object[] {-0.0});

    assertThat(FunctionAsserts.aggregate("median", rows)).isEqualTo(reference("median", 1, rows));
  }

  @Test
  void percentilesAreSqlites() {
    List<Object> numbers = Arrays.asList(1L, 2.5, 3L, -4L, 10L, null, 7.25, -0.0);
    for (String name : List.of("percentile", "percentile_cont", "percentile_disc")) {
      for (Object fraction :
          Arrays.asList(0L, 0.25, 0.5, 1L, 50L, 99.5, 101L, -1L, null, "0.5", "x")) {
        List<Object[]> rows = rows(1, numbers);
        rows.add(new Object[] {3L});
        rows.replaceAll(row -> new Object[] {row[0], fraction});
        assertThat(FunctionAsserts.aggregate(name, rows)).isEqualTo(reference(name, 2, rows));
      }
    }
  }

  @Test
  void aWindowThatSlidesGivesWhatItsRowsGive() {
    List<Object> values = Arrays.asList(null, 1L, 5L, -2L, 7L, 100L, 8L, 1L << 40);
    List<Object> separators = Arrays.asList("-", "-", "--", "");
    for (String name : List.of("count", "sum", "total", "avg", "group_concat", "median")) {
      for (int i = 0; i < 200; i++) {
        List<Object[]> rows = new ArrayList<>();
        AggregateFunction function =
            (AggregateFunction)
                Objects.requireNonNull(FunctionRegistry.builtIns().find(name, 1), name);
        boolean separated = name.equals("group_concat");
        Accumulator sliding = function.start();
        for (int k = 0; k < 12; k++) {
          Object value = values.get(RANDOM.nextInt(values.size()));
          Object separator = separators.get(RANDOM.nextInt(separators.size()));
          Object[] row = separated ? new Object[] {value, separator} : new Object[] {value};
          rows.add(row);
          sliding.step(FunctionAsserts.CONTEXT, registers(row));
          if (rows.size() > 3) {
            sliding.inverse(FunctionAsserts.CONTEXT, registers(rows.remove(0)));
          }
          Register result = new Register();
          sliding.result(FunctionAsserts.CONTEXT, result);
          assertThat(describe(result)).isEqualTo(FunctionAsserts.aggregate(name, rows));
        }
      }
    }
  }

  private static String show(List<Object[]> rows) {
    StringBuilder text = new StringBuilder();
    rows.forEach(row -> text.append(describe(registers(row)[0])).append("; "));
    return text.toString();
  }
}
