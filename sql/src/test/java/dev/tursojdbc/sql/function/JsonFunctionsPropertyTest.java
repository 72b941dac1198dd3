package dev.tursojdbc.sql.function;

import static dev.tursojdbc.sql.function.FunctionAsserts.SQLITE;
import static dev.tursojdbc.sql.function.FunctionAsserts.assertLikeSqlite;
import static dev.tursojdbc.sql.function.FunctionAsserts.call;
import static dev.tursojdbc.sql.function.FunctionAsserts.registers;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tursojdbc.sql.value.ReferenceSqlite;
import dev.tursojdbc.storage.record.Register;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** JSON functions on texts, blobs and paths of all kinds, right and wrong, compared with SQLite. */
class JsonFunctionsPropertyTest {
  private static final List<String> CHANGING =
      List.of("_set", "_insert", "_replace", "_array_insert");

  @Property(tries = 800)
  void readingTextIsLikeSqlite(@ForAll Random random) {
    JsonSamples samples = new JsonSamples(random);
    String text = samples.text();

    assertLikeSqlite("json", text);
    assertLikeSqlite("jsonb", text);
    assertLikeSqlite("json_valid", text);
    assertLikeSqlite("json_valid", text, 2L);
    assertLikeSqlite("json_error_position", text);
    assertLikeSqlite("json_pretty", text);
    assertLikeSqlite("json_type", text);
  }

  @Property(tries = 800)
  void followingPathsIsLikeSqlite(@ForAll Random random) {
    JsonSamples samples = new JsonSamples(random);
    String text = samples.text();
    String path = samples.path();

    assertLikeSqlite("json_extract", text, path);
    assertLikeSqlite("jsonb_extract", text, path);
    assertLikeSqlite("json_extract", text, path, samples.path());
    assertLikeSqlite("jsonb_extract", text, "$", samples.path());
    assertLikeSqlite("json_type", text, path);
    assertLikeSqlite("json_array_length", text, path);
    assertArrowLikeSqlite("->", text, samples.arrow());
    assertArrowLikeSqlite("->>", text, samples.arrow());
  }

  private static void assertArrowLikeSqlite(String arrow, Object... operands) {
    Register[] registers = registers(operands);
    assertThat(call(arrow, registers))
        .as(
            ReferenceSqlite.describe(registers[0])
                + " "
                + arrow
                + " "
                + ReferenceSqlite.describe(registers[1]))
        .isEqualTo(SQLITE.evaluate("?1 " + arrow + " ?2", registers));
  }

  @Example
  void nullPathsComeAfterMalformedJson() {
    for (Object json : Arrays.asList(null, "[1]", "{bad", "[")) {
      for (String name : List.of("json_extract", "json_type", "json_array_length", "json_remove")) {
        assertLikeSqlite(name, json, null);
      }
      assertLikeSqlite("json_extract", json, null, "bad");
      assertLikeSqlite("json_extract", json, "$", null);
      assertArrowLikeSqlite("->", json, null);
      assertArrowLikeSqlite("->>", json, null);
    }
  }

  @Property(tries = 200)
  void whatIsReadOnceIsNotChangedByOtherCalls(@ForAll Random random) {
    String text = new JsonSamples(random).text();

    for (int i = 0; i < 3; i++) {
      assertLikeSqlite("json", text);
      assertLikeSqlite("json_set", text, "$.a", 1L, "$[0]", 2L);
      assertLikeSqlite("json_remove", text, "$.a", "$[#-1]");
      assertLikeSqlite("json_patch", text, "{\"a\":null,\"b\":1}");
      assertLikeSqlite("json_patch", "{\"a\":{},\"b\":1}", text);
      assertLikeSqlite("jsonb", text);
    }
  }

  @Example
  void pathsEndAtZeroBytes() {
    for (Object path : List.of("a\0b", "$.a\0b", "[0]\0", "\0", "$\0")) {
      assertArrowLikeSqlite("->", "{\"a\":1}", path);
      assertArrowLikeSqlite("->>", "[1]", path);
      assertLikeSqlite("json_extract", "{\"a\":1}", path);
    }
  }

  @Property(tries = 800)
  void changingIsLikeSqlite(@ForAll Random random) {
    JsonSamples samples = new JsonSamples(random);
    String text = samples.text();

    for (String name : CHANGING) {
      assertLikeSqlite("json" + name, text, samples.path(), samples.value());
      assertLikeSqlite("jsonb" + name, text, samples.path(), samples.value());
      assertLikeSqlite(
          "json" + name, text, samples.path(), samples.value(), samples.path(), samples.value());
    }
    assertLikeSqlite("json_remove", text, samples.path());
    assertLikeSqlite("jsonb_remove", text, samples.path(), samples.path());
    assertLikeSqlite("json_patch", text, samples.text());
    assertLikeSqlite("jsonb_patch", text, samples.text());
  }

  @Property(tries = 300)
  void buildingIsLikeSqlite(@ForAll Random random) {
    JsonSamples samples = new JsonSamples(random);

    assertLikeSqlite("json_quote", samples.value());
    assertLikeSqlite("json_array", samples.value(), samples.value());
    assertLikeSqlite("jsonb_array", samples.value(), samples.value());
    assertLikeSqlite("json_object", "a", samples.value(), samples.value(), samples.value());
    assertLikeSqlite("jsonb_object", "a\n", samples.value(), "b", samples.value());
  }

  @Property(tries = 500)
  void whatIsWrongInJsonbIsFoundWhereSqliteFindsIt(@ForAll Random random) {
    byte[] blob = damagedJsonb(random);

    assertLikeSqlite("json_valid", blob, 4L);
    assertLikeSqlite("json_valid", blob, 8L);
    assertLikeSqlite("json_error_position", blob);
  }

  private static byte[] damagedJsonb(Random random) {
    Register text = registers(new JsonSamples(random).text())[0];
    Jsonb json = JsonReader.find(text, true);
    if (json == null) {
      return new byte[] {0x13, 0x31};
    }
    byte[] blob = Arrays.copyOf(json.bytes, json.size);
    if (random.nextInt(4) > 0) {
      blob[random.nextInt(blob.length)] = (byte) random.nextInt(256);
    }
    return blob;
  }
}
