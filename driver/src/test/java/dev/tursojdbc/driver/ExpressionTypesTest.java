package dev.tursojdbc.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What result set metadata says of columns that are no table's. */
class ExpressionTypesTest extends ConnectionFixture {
  @BeforeEach
  void schema() throws SQLException {
    execute(
        "CREATE TABLE t(i INT, r REAL, n NUMERIC, s TEXT, b BLOB)",
        "INSERT INTO t VALUES (1, 1.5, 2, 'x', x'00'), (3000000000, 2.0, 2.5, '7', x'61')",
        "CREATE VIEW v AS SELECT count(*) AS c, s || 'x' AS t, i AS i FROM t GROUP BY i");
  }

  private String typeOf(String query) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      return statement.getMetaData().getColumnTypeName(1);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      textBlock =
          """
          1 ; INTEGER
          3000000000 ; BIGINT
          1.5 ; DOUBLE
          'x' || 'y' ; TEXT
          x'00' ; BLOB
          i + 1 ; BIGINT
          i * 1.5 ; DOUBLE
          i / n ; NUMERIC
          -i ; BIGINT
          ~i ; BIGINT
          i << 2 ; BIGINT
          i > 1 ; INTEGER
          i IN (1, 2) ; INTEGER
          s LIKE 'x%' ; INTEGER
          s IS NULL ; INTEGER
          EXISTS (SELECT 1) ; INTEGER
          NOT i ; INTEGER
          CAST(s AS INT) ; BIGINT
          CAST(i AS TEXT) ; TEXT
          CAST(s AS REAL) ; DOUBLE
          CASE WHEN i THEN 1 ELSE 2 END ; INTEGER
          CASE WHEN i THEN 1 ELSE 2.5 END ; NUMERIC
          CASE WHEN i THEN 'a' END ; TEXT
          coalesce(NULL, s, 'z') ; TEXT
          count(*) ; BIGINT
          sum(i) ; BIGINT
          sum(r) ; DOUBLE
          sum(n) ; NUMERIC
          avg(i) ; DOUBLE
          total(i) ; DOUBLE
          max(s) ; TEXT
          min(r) ; DOUBLE
          max(i) + 1 ; BIGINT
          group_concat(s) ; TEXT
          row_number() OVER () ; BIGINT
          sum(r) OVER (ORDER BY i) ; DOUBLE
          lag(s) OVER (ORDER BY i) ; TEXT
          length(s) ; BIGINT
          upper(s) ; TEXT
          round(r) ; DOUBLE
          abs(i) ; BIGINT
          typeof(i) ; TEXT
          date('now') ; TEXT
          julianday('now') ; DOUBLE
          zeroblob(3) ; BLOB
          rowid + 0 ; BIGINT
          (SELECT count(*) FROM t) ; BIGINT
          s COLLATE NOCASE ; TEXT
          """)
  void anExpressionHasTheTypeOfItsValues(String expression, String type) throws SQLException {
    assertThat(typeOf("SELECT " + expression + " FROM t")).isEqualTo(type);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          SELECT c FROM v | BIGINT
          SELECT t FROM v | TEXT
          SELECT i FROM v | INT
          SELECT d + 1 FROM (SELECT count(*) AS d FROM t) | BIGINT
          WITH w AS (SELECT r * 2 AS d FROM t) SELECT max(d) FROM w | DOUBLE
          SELECT 1 UNION ALL SELECT 2.5 | NUMERIC
          SELECT 1 UNION ALL SELECT NULL | INTEGER
          VALUES (1), (3000000000) | BIGINT
          WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 3) SELECT i FROM n | INTEGER
          """)
  void queriesHandTheTypeOn(String query, String type) throws SQLException {
    assertThat(typeOf(query)).isEqualTo(type);
  }

  /** Nothing is known of them, and then they are text. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "NULL",
        "?",
        "CASE WHEN i THEN 1 ELSE 'a' END",
        "b || NULL",
        "json_extract(s, '$')"
      })
  void whatIsNotKnownIsText(String expression) throws SQLException {
    assertThat(typeOf("SELECT " + expression + " FROM t")).isEqualTo("TEXT");
  }

  @Test
  void typesHaveNumbersAndClasses() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT count(*), avg(i), 'x', x'00' FROM t")) {
      ResultSetMetaData columns = rows.getMetaData();
      assertThat(columns.getColumnType(1)).isEqualTo(Types.BIGINT);
      assertThat(columns.getColumnClassName(1)).isEqualTo("java.lang.Long");
      assertThat(columns.getColumnType(2)).isEqualTo(Types.DOUBLE);
      assertThat(columns.getColumnClassName(2)).isEqualTo("java.lang.Double");
      assertThat(columns.getColumnType(3)).isEqualTo(Types.VARCHAR);
      assertThat(columns.getColumnType(4)).isEqualTo(Types.BLOB);
      assertThat(columns.isSigned(1)).isTrue();
      assertThat(columns.getColumnLabel(1)).isEqualTo("count(*)");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      textBlock =
          """
          i + 1 ; BIGINT
          s || 'x' ; TEXT
          length(s) ; BIGINT
          CAST(i AS REAL) ; DOUBLE
          (SELECT count(*) FROM v) ; BIGINT
          s ; TEXT
          """)
  void expressionsOfReturningHaveTypes(String expression, String type) throws SQLException {
    assertThat(typeOf("DELETE FROM t RETURNING " + expression)).isEqualTo(type);
  }

  @Test
  void getColumnsForecastsThoseOfViews() throws SQLException {
    try (ResultSet columns = connection.getMetaData().getColumns(null, null, "v", null)) {
      StringBuilder found = new StringBuilder();
      while (columns.next()) {
        found.append(columns.getString("COLUMN_NAME")).append(' ');
        found.append(columns.getString("TYPE_NAME")).append(' ');
        found.append(columns.getInt("DATA_TYPE")).append('/');
      }
      assertThat(found.toString())
          .isEqualTo(
              "c BIGINT "
                  + Types.BIGINT
                  + "/t TEXT "
                  + Types.VARCHAR
                  + "/i INT "
                  + Types.INTEGER
                  + "/");
    }
  }
}
