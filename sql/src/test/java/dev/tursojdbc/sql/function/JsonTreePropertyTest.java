package dev.tursojdbc.sql.function;

import static dev.tursojdbc.sql.function.FunctionAsserts.CONTEXT;
import static dev.tursojdbc.sql.function.FunctionAsserts.SQLITE;
import static dev.tursojdbc.sql.function.FunctionAsserts.registers;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tursojdbc.sql.value.ReferenceSqlite;
import dev.tursojdbc.storage.error.TursoException;
import dev.tursojdbc.storage.record.Register;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Random;
import java.util.StringJoiner;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** The rows of json_each, json_tree and their JSONB kin, compared with SQLite's. */
class JsonTreePropertyTest {
  private static final String[] COLUMNS = {
    "key", "value", "type", "atom", "id", "parent", "fullkey", "path", "json", "root", "rowid"
  };

  @Property(tries = 500)
  void rowsAreLikeSqlites(@ForAll Random random) {
    JsonSamples samples = new JsonSamples(random);
    String text = samples.text();
    String path = samples.path();

    for (String name : new String[] {"json_each", "json_tree", "jsonb_each", "jsonb_tree"}) {
      assertLikeSqlite(name, text);
      assertLikeSqlite(name, text, path);
    }
  }

  private static void assertLikeSqlite(String name, Object... arguments) {
    Register[] registers = registers(arguments);
    StringJoiner row = new StringJoiner(" || '|' || ");
    for (String column : COLUMNS) {
      row.add("quote(" + column + ")");
    }
    String call = name + (arguments.length == 1 ? "(?1)" : "(?1, ?2)");
    assertThat(rows(name, registers))
        .as(call + " of " + arguments[0] + (arguments.length == 1 ? "" : ", " + arguments[1]))
        .isEqualTo(
            SQLITE.evaluate(
                "(SELECT group_concat(" + row + ", char(10)) FROM " + call + ")", registers));
  }

  private static String rows(String name, Register... given) {
    TableFunction.Rows rows = Objects.requireNonNull(TableFunctions.find(name)).rows();
    StringJoiner lines = new StringJoiner("\n");
    lines.setEmptyValue("");
    try {
      rows.open(CONTEXT, new Register[] {given[0], given.length == 1 ? null : given[1]});
      while (rows.next()) {
        lines.add(row(rows));
      }
    } catch (TursoException failure) {
      return "ERROR " + failure.getMessage();
    }
    Register result = new Register();
    if (lines.length() > 0) {
      result.setText(lines.toString().getBytes(StandardCharsets.UTF_8));
    }
    return ReferenceSqlite.describe(result);
  }

  private static String row(TableFunction.Rows rows) {
    StringJoiner row = new StringJoiner("|");
    for (int i = 0; i < COLUMNS.length; i++) {
      Register value = new Register();
      if (i == COLUMNS.length - 1) {
        value.setInteger(rows.rowid());
      } else {
        rows.column(i, value);
      }
      Register quoted = new Register();
      ScalarFunction quote =
          (ScalarFunction) Objects.requireNonNull(FunctionRegistry.builtIns().find("quote", 1));
      quote.call(CONTEXT, new Register[] {value}, quoted);
      row.add(new String(quoted.bytes, quoted.offset, quoted.length, StandardCharsets.UTF_8));
    }
    return row.toString();
  }
}
