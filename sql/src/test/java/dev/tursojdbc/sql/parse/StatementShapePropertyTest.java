package dev.tursojdbc.sql.parse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tursojdbc.sql.grammar.SqliteLexer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.antlr.v4.runtime.Token;
import org.junit.jupiter.api.Test;

/** A scan that does not decline finds what the lexer finds. */
class StatementShapePropertyTest {
  private static final String[] PIECES = {
    "SELECT",
    "x",
    "X",
    "e",
    "_a",
    "a$1",
    "é",
    "\uFEFF",
    "\"a\"\"b\"",
    "\"5\"",
    "`q`",
    "[r 7]",
    "'",
    "''",
    "'it''s'",
    "'a;b'",
    "'--'",
    "\"",
    "[",
    "]",
    "`",
    "0",
    "1",
    "01",
    "5",
    "42",
    "9223372036854775808",
    "1.5",
    ".5",
    "7.",
    "1e5",
    "2E-3",
    "3e",
    "4e+",
    "1_000",
    "0x1F",
    "12ab",
    "x'0a'",
    "x'0'",
    "?",
    "?1",
    ":a",
    "@b",
    "$c",
    "#d",
    "-",
    "--",
    "/",
    "/*",
    "*/",
    "*",
    "+",
    "=",
    "==",
    "<>",
    "!=",
    "!",
    "<",
    "<=",
    "<<",
    "|",
    "||",
    "~",
    "->",
    "->>",
    "(",
    ")",
    ",",
    ".",
    ";",
    " ",
    " ",
    " ",
    "\n",
    "\t",
    "\u000B",
    "\f",
    "\u0001",
    "\u007F",
    "^",
    "{",
    "\\",
    "%",
    "&",
    "IS NOT",
    "😀",
  };

  private final StatementShape shape = new StatementShape();

  @Property(tries = 20_000)
  void literalsAreTheLexersLiterals(@ForAll long seed) {
    Random random = new Random(seed);
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(12); i >= 0; i--) {
      text.append(PIECES[random.nextInt(PIECES.length)]);
    }
    requireAgreement(text.toString());
  }

  private void requireAgreement(String text) {
    if (!shape.scan(text)) {
      return;
    }
    List<String> expected = new ArrayList<>();
    StringBuilder marked = new StringBuilder();
    int from = 0;
    SqliteLexer lexer = new SqliteLexer(new SqlText(text, 0));
    Token token = lexer.nextToken();
    while (token.getType() != Token.EOF && token.getType() != SqliteLexer.SEMI) {
      int end = token.getStopIndex() + 1;
      String written = text.substring(token.getStartIndex(), end);
      assertThat(token.getType())
          .as("%s in %s", written, text)
          .isNotIn(SqliteLexer.BLOB, SqliteLexer.VARIABLE, SqliteLexer.SEPARATED);
      String mark = mark(token.getType(), written);
      if (mark != null) {
        expected.add(written);
        marked.append(text, from, token.getStartIndex()).append(mark);
        from = end;
      }
      token = lexer.nextToken();
    }
    int end = token.getType() == SqliteLexer.SEMI ? token.getStopIndex() + 1 : text.length();
    marked.append(text, from, end);

    assertThat(literals(text)).as(text).isEqualTo(expected);
    assertThat(shape.text()).as(text).isEqualTo(marked.toString());
    assertThat(shape.end()).as(text).isEqualTo(end);
    assertThat(shape.text(new boolean[expected.size()])).isEqualTo(text.substring(0, end));
  }

  private static String mark(int type, String written) {
    return switch (type) {
      case SqliteLexer.INTEGER -> written.startsWith("0") || written.equals("1") ? null : "\u0001";
      case SqliteLexer.REAL -> "\u0002";
      case SqliteLexer.STRING -> "\u0003";
      default -> null;
    };
  }

  private List<String> literals(String text) {
    List<String> found = new ArrayList<>();
    for (int i = 0; i < shape.literalCount(); i++) {
      found.add(text.substring(shape.start(i), shape.end(i)));
      assertThat(shape.literalAt(shape.start(i))).isEqualTo(i);
    }
    return found;
  }

  @Test
  void textsThatDifferInLiteralsHaveOneShape() {
    assertThat(shapeOf("SELECT a FROM t WHERE b = 17 AND c = 'x'"))
        .isEqualTo(shapeOf("SELECT a FROM t WHERE b = 4711 AND c = 'it''s'"))
        .isNotEqualTo(shapeOf("SELECT a FROM t WHERE b = 'x' AND c = 17"))
        .isNotEqualTo(shapeOf("SELECT a FROM t WHERE b = 1 AND c = 'x'"));
  }

  private String shapeOf(String text) {
    assertThat(shape.scan(text)).isTrue();
    return shape.text();
  }

  @Test
  void whatIsUnusualIsDeclined() {
    for (String text :
        List.of(
            "SELECT ?",
            "SELECT :a",
            "SELECT x'00'",
            "SELECT 0x10",
            "SELECT 1_000",
            "SELECT 5 -- c",
            "SELECT /* c */ 5",
            "SELECT 5; SELECT 6",
            "SELECT 'a",
            "SELECT 5a")) {
      assertThat(shape.scan(text)).as(text).isFalse();
    }
  }
}
