package dev.tursojdbc.sql.parse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tursojdbc.sql.ast.Expression;
import dev.tursojdbc.sql.ast.Expression.IntegerLiteral;
import dev.tursojdbc.sql.ast.FrameSpec;
import dev.tursojdbc.sql.ast.Name;
import dev.tursojdbc.sql.ast.OrderingTerm;
import dev.tursojdbc.sql.ast.TableReference;
import dev.tursojdbc.sql.ast.WindowDefinition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SqlParserExpressionTest {
  private static <T> T parse(String sql, Class<T> kind) {
    return kind.cast(SqlParser.parseExpression(sql));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      quoteCharacter = '^',
      value = {
        "a OR b AND c # (a OR (b AND c))",
        "NOT a = b AND c # ((NOT (a = b)) AND c)",
        "NOT NOT a # (NOT (NOT a))",
        "a = b < c # (a = (b < c))",
        "a = b = c # ((a = b) = c)",
        "a < b | c # (a < (b | c))",
        "a | b & c << d # (((a | b) & c) << d)",
        "a << b + c # (a << (b + c))",
        "a - b - c # ((a - b) - c)",
        "a + b * c # (a + (b * c))",
        "a * b || c # (a * (b || c))",
        "a || b -> c ->> d # (((a || b) -> c) ->> d)",
        "a || b COLLATE nocase # (a || (b COLLATE nocase))",
        "-a COLLATE nocase # ((- a) COLLATE nocase)",
        "- ~ a # (- (~ a))",
        "-a * b # ((- a) * b)",
        "a BETWEEN 1 AND 2 AND b # ((a BETWEEN 1 AND 2) AND b)",
        "a BETWEEN b = c AND d = e # ((a BETWEEN (b = c) AND d) = e)",
        "a BETWEEN b BETWEEN 1 AND 2 AND 3 # (a BETWEEN (b BETWEEN 1 AND 2) AND 3)",
        "a NOT BETWEEN 1 AND 2 # (a NOT BETWEEN 1 AND 2)",
        "a LIKE b || c ESCAPE d = e # ((a LIKE (b || c) ESCAPE d) = e)",
        "a NOT LIKE b # (a NOT LIKE b)",
        "a IS NOT b = c # ((a IS NOT b) = c)",
        "a IS DISTINCT FROM b # (a IS NOT b)",
        "a IS NOT DISTINCT FROM b # (a IS b)",
        "a ISNULL > 0 # ((a IS NULL) > 0)",
        "a = b NOTNULL # ((a = b) IS NOT NULL)",
        "a IS NOT NULL AND b NOT NULL # ((a IS NOT NULL) AND (b IS NOT NULL))",
        "1 + a IN (1, 2) + 3 # (((1 + a) IN (1, 2)) + 3)",
        "1 + NOT a = b # (1 + (NOT (a = b)))",
        "1 + (NOT a) = b # ((1 + (NOT a)) = b)",
        "NOT a = NOT b = c # (NOT (a = (NOT (b = c))))",
        "a BETWEEN 1 AND NOT b + c # (a BETWEEN 1 AND (NOT (b + c)))",
        "a LIKE NOT b COLLATE c # (a LIKE (NOT (b COLLATE c)))",
        "- NOT a || b # (- (NOT (a || b)))",
        "CASE a WHEN 1 THEN 2 ELSE 3 END + 4 # (CASE a WHEN 1 THEN 2 ELSE 3 END + 4)",
      })
  void operatorsBindAsInSqlite(String sql, String grouped) {
    assertThat(Parenthesized.of(sql)).isEqualTo(grouped);
  }

  @Test
  void integersKnowWhetherTheyFit() {
    assertThat(parse("9223372036854775807", IntegerLiteral.class).value())
        .isEqualTo(Long.MAX_VALUE);
    assertThat(parse("9223372036854775808", IntegerLiteral.class).isLong()).isFalse();
    assertThat(parse("9223372036854775808", IntegerLiteral.class).isMinimumMagnitude()).isTrue();
    assertThat(parse("9223372036854775809", IntegerLiteral.class).isMinimumMagnitude()).isFalse();
    assertThat(parse("00000000000000000000001", IntegerLiteral.class).value()).isEqualTo(1);
    assertThat(parse("0xFFFFFFFFFFFFFFFF", IntegerLiteral.class).value()).isEqualTo(-1);
    assertThat(parse("0x00000000000000000010", IntegerLiteral.class).value()).isEqualTo(16);
    assertThat(parse("0x10000000000000000", IntegerLiteral.class).isLong()).isFalse();
    assertThat(parse("0x0", IntegerLiteral.class).value()).isZero();
  }

  @Test
  void separatorsAreNoPartOfANumber() {
    assertThat(parse("1_000", IntegerLiteral.class).text()).isEqualTo("1000");
    assertThat(parse("0x1_e", IntegerLiteral.class).value()).isEqualTo(0x1e);
    assertThat(parse("1_0.5_0e1_0", Expression.RealLiteral.class).text()).isEqualTo("10.50e10");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.", ".5", "1.5", "1e3", "1E-3", "1.e+3"})
  void pointAndExponentMakeAReal(String text) {
    assertThat(parse(text, Expression.RealLiteral.class).text()).isEqualTo(text);
  }

  @Test
  void stringsAndBlobsLoseTheirQuotes() {
    assertThat(parse("'it''s'", Expression.StringLiteral.class).value()).isEqualTo("it's");
    assertThat(parse("''", Expression.StringLiteral.class).value()).isEmpty();
    assertThat(parse("X'00fF'", Expression.BlobLiteral.class).bytes()).containsExactly(0, -1);
  }

  @ParameterizedTest
  @CsvSource({
    "\"a\"\"b\", a\"b, DOUBLE",
    "[a\"b], a\"b, BRACKET",
    "`a``b`, a`b, BACKTICK",
    "Ünï$1, Ünï$1, NONE",
    "left, left, NONE",
    "replace, replace, NONE",
    "true, true, NONE",
    "window, window, NONE",
    "filter, filter, NONE",
    "over, over, NONE",
    "indexed, indexed, NONE",
  })
  void namesRememberHowTheyWereQuoted(String sql, String text, Name.Quote quote) {
    Name name = parse(sql, Expression.ColumnReference.class).column();

    assertThat(name.text()).isEqualTo(text);
    assertThat(name.quote()).isEqualTo(quote);
  }

  @Test
  void aStringBeforeADotIsAName() {
    Expression.ColumnReference reference = parse("'t'.a", Expression.ColumnReference.class);

    assertThat(reference.table().text()).isEqualTo("t");
    assertThat(reference.table().quote()).isEqualTo(Name.Quote.SINGLE);
  }

  @Test
  void columnsHaveUpToTwoQualifiers() {
    Expression.ColumnReference reference = parse("main.t.a", Expression.ColumnReference.class);

    assertThat(reference.schema()).hasToString("main");
    assertThat(reference.table()).hasToString("t");
    assertThat(reference.column()).hasToString("a");
  }

  @Test
  void callsKeepAllTheirClauses() {
    Expression.FunctionCall call =
        parse(
            "group_concat(a, ',' ORDER BY b DESC NULLS LAST) FILTER (WHERE c) OVER w",
            Expression.FunctionCall.class);

    assertThat(parse("sum(DISTINCT a)", Expression.FunctionCall.class).distinct()).isTrue();
    assertThat(call.distinct()).isFalse();
    assertThat(call.arguments()).hasSize(2);
    assertThat(call.orderBy()).hasSize(1);
    assertThat(call.orderBy().get(0).isDescending()).isTrue();
    assertThat(call.orderBy().get(0).nullsFirst()).isFalse();
    assertThat(call.filter()).isNotNull();
    assertThat(call.over().isReference()).isTrue();
    assertThat(call.over().base()).hasToString("w");
  }

  @Test
  void starIsNoArgument() {
    Expression.FunctionCall call = parse("count(*)", Expression.FunctionCall.class);

    assertThat(call.star()).isTrue();
    assertThat(call.arguments()).isEmpty();
  }

  @Test
  void windowsKeepTheirFrame() {
    WindowDefinition window =
        parse(
                "sum(a) OVER (w PARTITION BY b, c ORDER BY d GROUPS BETWEEN 2 PRECEDING AND UNBOUNDED"
                    + " FOLLOWING EXCLUDE TIES)",
                Expression.FunctionCall.class)
            .over();

    assertThat(window.isReference()).isFalse();
    assertThat(window.base()).hasToString("w");
    assertThat(window.partitionBy()).hasSize(2);
    assertThat(window.orderBy()).hasSize(1);
    assertThat(window.frame())
        .isEqualTo(
            new FrameSpec(
                FrameSpec.Unit.GROUPS,
                new FrameSpec.Bound(FrameSpec.BoundKind.PRECEDING, SqlParser.parseExpression("2")),
                new FrameSpec.Bound(FrameSpec.BoundKind.UNBOUNDED_FOLLOWING, null),
                FrameSpec.Exclusion.TIES));
  }

  @Test
  void aFrameWithOneBoundEndsAtTheCurrentRow() {
    FrameSpec frame =
        parse("sum(a) OVER (ROWS UNBOUNDED PRECEDING)", Expression.FunctionCall.class)
            .over()
            .frame();

    assertThat(frame.start().kind()).isEqualTo(FrameSpec.BoundKind.UNBOUNDED_PRECEDING);
    assertThat(frame.end().kind()).isEqualTo(FrameSpec.BoundKind.CURRENT_ROW);
    assertThat(frame.exclusion()).isEqualTo(FrameSpec.Exclusion.UNWRITTEN);
  }

  @Test
  void inTakesListsQueriesAndTables() {
    assertThat(parse("a IN ()", Expression.InList.class).elements()).isEmpty();
    assertThat(parse("a NOT IN (1, 2)", Expression.InList.class).negated()).isTrue();
    assertThat(parse("a IN (SELECT 1)", Expression.InQuery.class).query().isCompound()).isFalse();
    assertThat(parse("a IN main.t", Expression.InTable.class).table())
        .isInstanceOf(TableReference.Table.class);
    assertThat(parse("a IN generate_series(1, 2)", Expression.InTable.class).table())
        .isInstanceOf(TableReference.TableFunction.class);
    assertThat(parse("a IN ((SELECT 1))", Expression.InQuery.class).query().isCompound()).isFalse();
    assertThat(parse("a IN ((SELECT 1), 2)", Expression.InList.class).elements()).hasSize(2);
  }

  @Test
  void parenthesesAroundSeveralExpressionsMakeARow() {
    assertThat(parse("(1, 2)", Expression.RowValue.class).elements()).hasSize(2);
    assertThat(parse("((1))", IntegerLiteral.class).value()).isEqualTo(1);
  }

  @Test
  void castsKeepTheTextOfTheirType() {
    assertThat(parse("CAST(a AS VARCHAR ( 10 ))", Expression.Cast.class).type())
        .isEqualTo("VARCHAR ( 10 )");
    assertThat(parse("CAST(a AS)", Expression.Cast.class).type()).isEmpty();
  }

  @Test
  void spansCountParenthesesOfOperandsOnly() {
    String sql = "  ((a) + (b)) ";

    assertThat(SqlParser.parseExpression(sql).span().in(sql)).isEqualTo("(a) + (b)");
  }

  @Test
  void offsetsAreOfUtf16() {
    String sql = "'\uD83D\uDE00' || a";
    Expression.Binary binary = parse(sql, Expression.Binary.class);

    assertThat(binary.right().span().in(sql)).isEqualTo("a");
    assertThat(binary.left())
        .isEqualTo(new Expression.StringLiteral("\uD83D\uDE00", binary.span()));
  }

  @Test
  void equalExpressionsAreEqualWhereverTheyStand() {
    assertThat(SqlParser.parseExpression("a + 1"))
        .isEqualTo(SqlParser.parseExpression("  a  +  1"));
    assertThat(SqlParser.parseExpression("a + 1")).isNotEqualTo(SqlParser.parseExpression("a - 1"));
  }

  @Test
  void directionsThatWereNotWrittenAreNull() {
    OrderingTerm term =
        parse("count(a ORDER BY b)", Expression.FunctionCall.class).orderBy().get(0);

    assertThat(term.direction()).isNull();
    assertThat(term.nullsFirst()).isTrue();
  }
}
