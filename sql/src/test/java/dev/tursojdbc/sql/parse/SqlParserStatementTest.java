package dev.tursojdbc.sql.parse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tursojdbc.sql.ast.ConflictAction;
import dev.tursojdbc.sql.ast.DatabaseStatement;
import dev.tursojdbc.sql.ast.DeleteStatement;
import dev.tursojdbc.sql.ast.DropStatement;
import dev.tursojdbc.sql.ast.ExplainStatement;
import dev.tursojdbc.sql.ast.Expression;
import dev.tursojdbc.sql.ast.FromClause;
import dev.tursojdbc.sql.ast.FromClause.JoinType;
import dev.tursojdbc.sql.ast.InsertStatement;
import dev.tursojdbc.sql.ast.PragmaStatement;
import dev.tursojdbc.sql.ast.QualifiedName;
import dev.tursojdbc.sql.ast.ResultColumn;
import dev.tursojdbc.sql.ast.SelectCore;
import dev.tursojdbc.sql.ast.SelectStatement;
import dev.tursojdbc.sql.ast.SelectStatement.CompoundOperator;
import dev.tursojdbc.sql.ast.Statement;
import dev.tursojdbc.sql.ast.TableReference;
import dev.tursojdbc.sql.ast.TransactionStatement;
import dev.tursojdbc.sql.ast.UpdateStatement;
import dev.tursojdbc.sql.ast.Upsert;
import dev.tursojdbc.sql.ast.With;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Queries, changes, transactions and databases; those of the schema are in SqlParserSchemaTest. */
class SqlParserStatementTest {
  static <T> T parse(String sql, Class<T> kind) {
    return kind.cast(SqlParser.parse(sql, 0).statement());
  }

  private static SelectCore.Select core(String sql) {
    return (SelectCore.Select) parse(sql, SelectStatement.class).core();
  }

  private static FromClause from(String sources) {
    return core("SELECT * FROM " + sources).from();
  }

  // ---- scripts

  @Test
  void aScriptIsReadStatementByStatement() {
    String script =
        "; SELECT 1; -- comment ; here\nCREATE TRIGGER r DELETE ON t BEGIN SELECT 2; END;\n ";
    List<String> texts = new ArrayList<>();
    List<Statement> statements = new ArrayList<>();

    for (int at = 0; at < script.length(); ) {
      ParsedStatement parsed = SqlParser.parse(script, at);
      texts.add(parsed.text());
      statements.add(parsed.statement());
      at = parsed.end();
    }

    assertThat(texts)
        .containsExactly(
            "; SELECT 1;",
            " -- comment ; here\nCREATE TRIGGER r DELETE ON t BEGIN SELECT 2; END;",
            "\n ");
    assertThat(statements.get(2)).isNull();
  }

  @ParameterizedTest
  @CsvSource(value = {"''", ";;", "'  '", "-- nothing", "/* nothing */ ;", "/* open"})
  void textWithoutAStatementHasNone(String sql) {
    assertThat(SqlParser.parse(sql, 0).statement()).isNull();
  }

  @Test
  void whatFollowsTheStatementIsNotLookedAt() {
    ParsedStatement parsed = SqlParser.parse("SELECT 1; what is this 'open", 0);

    assertThat(parsed.end()).isEqualTo(9);
  }

  @Test
  void aNulEndsTheText() {
    ParsedStatement parsed = SqlParser.parse("SELECT 1\0 and more", 0);

    assertThat(parsed.statement()).isNotNull();
    assertThat(parsed.end()).isEqualTo(18);
  }

  // ---- parameters

  @Test
  void parametersAreNumberedAsInSqlite() {
    ParsedStatement parsed = SqlParser.parse("SELECT ?, ?5, :a, ?, @b, :a, $c::d(e), ?5", 0);
    SelectCore.Select core = (SelectCore.Select) ((SelectStatement) parsed.statement()).core();

    assertThat(core.columns())
        .extracting(
            column -> ((Expression.Parameter) ((ResultColumn.Of) column).expression()).number())
        .containsExactly(1, 5, 6, 7, 8, 6, 9, 5);
    assertThat(parsed.parameterNames())
        .containsExactly(null, null, null, null, "?5", ":a", null, "@b", "$c::d(e)");
  }

  // ---- queries

  @Test
  void resultColumnsKeepTheirText() {
    List<ResultColumn> columns = core("SELECT  (a) + 1 /* x */ , b AS c, d e, t.*, *").columns();

    assertThat(columns)
        .filteredOn(ResultColumn.Of.class::isInstance)
        .extracting(column -> ((ResultColumn.Of) column).text())
        .containsExactly("(a) + 1 /* x */", "b", "d");
    assertThat(((ResultColumn.Of) columns.get(1)).alias()).hasToString("c");
    assertThat(((ResultColumn.Of) columns.get(2)).alias()).hasToString("e");
    assertThat(((ResultColumn.AllOf) columns.get(3)).table()).hasToString("t");
    assertThat(columns.get(4)).isInstanceOf(ResultColumn.All.class);
  }

  @Test
  void selectsKeepAllTheirClauses() {
    SelectStatement select =
        parse(
            "SELECT DISTINCT a FROM t WHERE b GROUP BY c, d HAVING e WINDOW w AS (ORDER BY f) ORDER BY"
                + " g, h LIMIT 1 OFFSET 2",
            SelectStatement.class);
    SelectCore.Select core = (SelectCore.Select) select.core();

    assertThat(core.distinct()).isTrue();
    assertThat(core.where()).isNotNull();
    assertThat(core.groupBy()).hasSize(2);
    assertThat(core.having()).isNotNull();
    assertThat(core.windows()).hasSize(1);
    assertThat(select.orderBy()).hasSize(2);
    assertThat(select.limit().count()).isEqualTo(SqlParser.parseExpression("1"));
    assertThat(select.limit().offset()).isEqualTo(SqlParser.parseExpression("2"));
  }

  @Test
  void limitWithACommaHasTheOffsetFirst() {
    SelectStatement select = parse("SELECT 1 LIMIT 2, 3", SelectStatement.class);

    assertThat(select.limit().offset()).isEqualTo(SqlParser.parseExpression("2"));
    assertThat(select.limit().count()).isEqualTo(SqlParser.parseExpression("3"));
  }

  @Test
  void compoundsAreListedFromLeftToRight() {
    SelectStatement select =
        parse(
            "SELECT 1 UNION SELECT 2 UNION ALL VALUES (3), (4) EXCEPT SELECT 5 INTERSECT SELECT 6 ORDER BY"
                + " 1",
            SelectStatement.class);

    assertThat(select.compound())
        .extracting(SelectStatement.CompoundTerm::operator)
        .containsExactly(
            CompoundOperator.UNION,
            CompoundOperator.UNION_ALL,
            CompoundOperator.EXCEPT,
            CompoundOperator.INTERSECT);
    assertThat(((SelectCore.Values) select.compound().get(1).core()).rows()).hasSize(2);
    assertThat(select.orderBy()).hasSize(1);
  }

  @Test
  void withClausesKeepColumnsAndHints() {
    SelectStatement select =
        parse(
            "WITH RECURSIVE a(x, y) AS (SELECT 1, 2), b AS MATERIALIZED (SELECT 3), c AS NOT MATERIALIZED"
                + " (VALUES (4)) SELECT * FROM a, b, c",
            SelectStatement.class);

    assertThat(select.with().recursive()).isTrue();
    assertThat(select.with().tables())
        .extracting(With.CommonTableExpression::materialization)
        .containsExactly(
            With.Materialization.ANY,
            With.Materialization.MATERIALIZED,
            With.Materialization.NOT_MATERIALIZED);
    assertThat(select.with().tables().get(0).columns()).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({
    "'a, b', COMMA, false",
    "a JOIN b, INNER, false",
    "a INNER JOIN b, INNER, false",
    "a CROSS JOIN b, CROSS, false",
    "a LEFT JOIN b, LEFT, false",
    "a LEFT OUTER JOIN b, LEFT, false",
    "a OUTER LEFT JOIN b, LEFT, false",
    "a RIGHT OUTER JOIN b, RIGHT, false",
    "a FULL JOIN b, FULL, false",
    "a NATURAL JOIN b, INNER, true",
    "a NATURAL LEFT OUTER JOIN b, LEFT, true",
  })
  void joinsHaveTheirType(String sources, JoinType type, boolean natural) {
    FromClause.Join join = from(sources).joins().get(0);

    assertThat(join.type()).isEqualTo(type);
    assertThat(join.natural()).isEqualTo(natural);
  }

  @Test
  void joinsKeepTheirConstraints() {
    FromClause from = from("a JOIN b ON a.x = b.x LEFT JOIN c USING (y, z), d");

    assertThat(from.joins().get(0).on()).isNotNull();
    assertThat(from.joins().get(1).using()).hasSize(2);
    assertThat(from.joins().get(2).on()).isNull();
  }

  @Test
  void sourcesAreTablesFunctionsQueriesAndGroups() {
    FromClause from =
        from("main.t AS a INDEXED BY i, f(1, 2) b, (SELECT 1) AS c, (d JOIN e), g NOT INDEXED");

    TableReference.Table table = (TableReference.Table) from.first();
    assertThat(table.name().schema()).hasToString("main");
    assertThat(table.alias()).hasToString("a");
    assertThat(table.hint().index()).hasToString("i");
    assertThat(from.joins())
        .extracting(join -> join.table().getClass().getSimpleName())
        .containsExactly("TableFunction", "Derived", "Group", "Table");
    assertThat(((TableReference.Table) from.joins().get(3).table()).hint().index()).isNull();
  }

  // ---- changes

  @Test
  void insertKeepsAllItsClauses() {
    InsertStatement insert =
        parse(
            "WITH x AS (SELECT 1) INSERT OR FAIL INTO main.t AS u (a, b) SELECT * FROM x WHERE 1 ON CONFLICT"
                + " (a COLLATE nocase) WHERE b DO UPDATE SET a = 1, (b, c) = (SELECT 2, 3) WHERE d ON"
                + " CONFLICT DO NOTHING RETURNING a, *",
            InsertStatement.class);

    assertThat(insert.with()).isNotNull();
    assertThat(insert.action()).isEqualTo(ConflictAction.FAIL);
    assertThat(insert.alias()).hasToString("u");
    assertThat(insert.columns()).hasSize(2);
    assertThat(insert.upserts()).hasSize(2);
    Upsert upsert = insert.upserts().get(0);
    assertThat(upsert.target()).hasSize(1);
    assertThat(upsert.targetWhere()).isNotNull();
    assertThat(upsert.assignments().get(1).isRow()).isTrue();
    assertThat(upsert.where()).isNotNull();
    assertThat(insert.upserts().get(1).isDoNothing()).isTrue();
    assertThat(insert.returning()).hasSize(2);
  }

  @Test
  void replaceIsAnInsertThatReplaces() {
    InsertStatement insert = parse("REPLACE INTO t VALUES (1)", InsertStatement.class);

    assertThat(insert.action()).isEqualTo(ConflictAction.REPLACE);
  }

  @Test
  void defaultValuesAreNoSource() {
    assertThat(parse("INSERT INTO t DEFAULT VALUES", InsertStatement.class).source()).isNull();
  }

  @Test
  void updateKeepsAllItsClauses() {
    UpdateStatement update =
        parse(
            "WITH x AS (SELECT 1) UPDATE OR IGNORE t AS u NOT INDEXED SET a = 1, b = 2 FROM v JOIN w"
                + " WHERE c RETURNING d ORDER BY e LIMIT 5",
            UpdateStatement.class);

    assertThat(update.with()).isNotNull();
    assertThat(update.action()).isEqualTo(ConflictAction.IGNORE);
    assertThat(update.hint()).isNotNull();
    assertThat(update.assignments()).hasSize(2);
    assertThat(update.from().joins()).hasSize(1);
    assertThat(update.where()).isNotNull();
    assertThat(update.returning()).hasSize(1);
    assertThat(update.orderBy()).hasSize(1);
    assertThat(update.limit()).isNotNull();
  }

  @Test
  void deleteKeepsAllItsClauses() {
    DeleteStatement delete =
        parse(
            "DELETE FROM main.t AS u INDEXED BY i WHERE a RETURNING * ORDER BY b LIMIT 1 OFFSET 2",
            DeleteStatement.class);

    assertThat(delete.alias()).hasToString("u");
    assertThat(delete.hint().index()).hasToString("i");
    assertThat(delete.where()).isNotNull();
    assertThat(delete.returning()).hasSize(1);
    assertThat(delete.orderBy()).hasSize(1);
    assertThat(delete.limit().offset()).isNotNull();
  }

  // ---- transactions

  @Test
  void transactionStatementsAreRead() {
    assertThat(parse("BEGIN", TransactionStatement.Begin.class).mode())
        .isEqualTo(TransactionStatement.Mode.DEFERRED);
    assertThat(parse("BEGIN EXCLUSIVE TRANSACTION x", TransactionStatement.Begin.class).mode())
        .isEqualTo(TransactionStatement.Mode.EXCLUSIVE);
    parse("COMMIT TRANSACTION", TransactionStatement.Commit.class);
    parse("END", TransactionStatement.Commit.class);
    parse("ROLLBACK", TransactionStatement.Rollback.class);
    assertThat(parse("ROLLBACK TRANSACTION TO x", TransactionStatement.RollbackTo.class).name())
        .hasToString("x");
    assertThat(parse("ROLLBACK TO SAVEPOINT x", TransactionStatement.RollbackTo.class).name())
        .hasToString("x");
    assertThat(parse("SAVEPOINT 'x y'", TransactionStatement.Savepoint.class).name())
        .hasToString("x y");
    assertThat(parse("RELEASE x", TransactionStatement.Release.class).name()).hasToString("x");
  }

  // ---- databases

  @Test
  void databaseStatementsAreRead() {
    DatabaseStatement.Attach attach =
        parse("ATTACH DATABASE 'f' || 1 AS x KEY 'k'", DatabaseStatement.Attach.class);
    assertThat(attach.key()).isNotNull();
    assertThat(attach.schema()).isInstanceOf(Expression.ColumnReference.class);
    parse("DETACH x", DatabaseStatement.Detach.class);
    DatabaseStatement.Vacuum vacuum = parse("VACUUM main INTO 'f'", DatabaseStatement.Vacuum.class);
    assertThat(vacuum.schema()).hasToString("main");
    assertThat(vacuum.into()).isNotNull();
    assertThat(parse("VACUUM", DatabaseStatement.Vacuum.class).schema()).isNull();
    assertThat(parse("ANALYZE", DatabaseStatement.Analyze.class).target()).isNull();
    assertThat(parse("REINDEX main.t", DatabaseStatement.Reindex.class).target().schema())
        .hasToString("main");
    assertThat(parse("EXPLAIN QUERY PLAN SELECT 1", ExplainStatement.class).queryPlan()).isTrue();
    assertThat(parse("EXPLAIN SELECT 1", ExplainStatement.class).queryPlan()).isFalse();
    assertThat(parse("DROP VIEW IF EXISTS v", DropStatement.class))
        .isEqualTo(new DropStatement(DropStatement.Kind.VIEW, true, QualifiedName.of("v")));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '^',
      value = {
        "PRAGMA p = 5, 5, NUMBER",
        "PRAGMA p = -5, -5, NUMBER",
        "PRAGMA p(+5), 5, NUMBER",
        "PRAGMA p = 1.5, 1.5, NUMBER",
        "PRAGMA p = on, on, NAME",
        "PRAGMA p = delete, delete, NAME",
        "PRAGMA p = default, default, NAME",
        "PRAGMA p(t), t, NAME",
        "PRAGMA p('t u'), t u, STRING",
      })
  void pragmasKeepTheirValue(String sql, String text, PragmaStatement.Value.Kind kind) {
    PragmaStatement.Value value = parse(sql, PragmaStatement.class).value();

    assertThat(value.text()).isEqualTo(text);
    assertThat(value.kind()).isEqualTo(kind);
  }

  @Test
  void aPragmaMayHaveASchemaAndNoValue() {
    PragmaStatement pragma = parse("PRAGMA main.page_size", PragmaStatement.class);

    assertThat(pragma.pragma().schema()).hasToString("main");
    assertThat(pragma.value()).isNull();
  }
}
