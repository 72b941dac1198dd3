package dev.tursojdbc.sql;

import static dev.tursojdbc.sql.ScriptComparison.compare;

import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Texts that are no UTF-8: what counts as a character depends on who counts. */
class MalformedTextDifferentialTest {
  private static final byte[] BYTES = HexFormat.of().parseHex("4142288080a9b4bfc3cedae2e3f0f9ff");

  private static final List<String> CALLS =
      List.of(
          "length(%s)",
          "hex(substr(%s, 2))",
          "hex(substr(%s, 2, 3))",
          "hex(substr(%s, -2))",
          "hex(substr(%s, -3, 2))",
          "instr(%s, 'A')",
          "hex(replace(%s, 'A', 'zz'))",
          "hex(trim(%s, 'A'))",
          "hex(upper(%s))",
          "unicode(%s)",
          "%s LIKE '_A%%'",
          "%s GLOB '?A*'");

  @Test
  void charactersAreCountedAlike() {
    Random random = new Random(1);
    StringBuilder script = new StringBuilder();
    for (int i = 0; i < 300; i++) {
      byte[] text = new byte[1 + random.nextInt(9)];
      for (int j = 0; j < text.length; j++) {
        text[j] = BYTES[random.nextInt(BYTES.length)];
      }
      String value = "CAST(X'" + HexFormat.of().formatHex(text) + "' AS TEXT)";
      for (String call : CALLS) {
        script.append("SELECT ").append(call.formatted(value)).append('\n');
      }
    }
    compare(script.toString());
  }
}
