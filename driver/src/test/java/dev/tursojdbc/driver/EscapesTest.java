package dev.tursojdbc.driver;

import static dev.tursojdbc.driver.Failures.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** JDBC's escapes in SQL text. */
class EscapesTest extends ConnectionFixture {
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '"',
      value = {
        "{d '2024-02-29'}; 2024-02-29",
        "{t '13:14:15'}; 13:14:15.000",
        "{ts '2024-02-29 13:14:15'}; 2024-02-29 13:14:15.000",
        "{fn ucase('ab')} || {fn LCASE('CD')}; ABcd",
        "{fn concat('a', {fn concat('b', 'c')})}; abc",
        "{fn locate('b', 'abcb')}; 2",
        "{fn locate('b', 'abcb', 3)}; 4",
        "{fn locate('x', 'abcb', 3)}; 0",
        "{fn left('abc', 2)}; ab",
        "{fn right('abc', 2)}; bc",
        "{fn right('abc', 9)}; abc",
        "{fn right('abc', 0)} || '.'; .",
        "{fn length('ab  ')}; 2",
        "{fn repeat('ab', 3)}; ababab",
        "'<' || {fn space(2)} || '>'; <  >",
        "{fn insert('abcdef', 2, 3, 'X')}; aXef",
        "{fn mod(7, 3)}; 1",
        "{fn truncate(1.987, 1)}; 1.9",
        "{fn ifnull(NULL, 'x')}; x",
        "{fn year({d '2024-02-29'})}; 2024",
        "{fn month('2024-02-29')}; 2",
        "{fn dayofweek('2024-02-29')}; 5",
        "{fn dayname('2024-02-29')}; Thursday",
        "{fn monthname('2024-02-29')}; February",
        "{fn quarter('2024-05-01')}; 2",
        "'{fn x}' || 1; {fn x}1",
        "'a%c' LIKE 'a\\%c' {escape '\\'}; 1"
      })
  void inAQuery(String expression, String expected) throws SQLException {
    assertThat(rows("SELECT " + expression)).isEqualTo(expected);
  }

  @Test
  void joinsAndLimits() throws SQLException {
    execute("CREATE TABLE a(x)", "CREATE TABLE b(y)", "INSERT INTO a VALUES (1), (2)");
    assertThat(rows("SELECT x, y FROM {oj a LEFT OUTER JOIN b ON x = y} ORDER BY x {limit 1}"))
        .isEqualTo("1|null");
  }

  @Test
  void parametersKeepTheirPlaces() throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT {fn locate(?, ?)}, {fn right(?, ?)}, ?")) {
      statement.setString(1, "b");
      statement.setString(2, "abc");
      statement.setString(3, "xyz");
      statement.setInt(4, 1);
      statement.setInt(5, 5);
      assertThat(text(statement.executeQuery())).isEqualTo("2|z|5");
    }
  }

  @Test
  void nativeSqlShowsTheTranslation() throws SQLException {
    assertThat(connection.nativeSQL("SELECT {fn ucase(a)} -- {fn x}"))
        .isEqualTo("SELECT upper(a) -- {fn x}");
    assertThat(connection.nativeSQL("SELECT \"{\", [{], `{`, '{' /* { */"))
        .isEqualTo("SELECT \"{\", [{], `{`, '{' /* { */");
  }

  @Test
  void everyFunctionThatMetadataNamesIsUnderstood() throws SQLException {
    DatabaseMetaData metadata = connection.getMetaData();
    assertThat(metadata.getNumericFunctions().split(",")).contains("ABS", "MOD", "TRUNCATE");
    assertThat(metadata.getStringFunctions().split(",")).contains("CONCAT", "UCASE");
    assertThat(metadata.getTimeDateFunctions().split(",")).contains("NOW", "YEAR");
    assertThat(metadata.getSystemFunctions().split(",")).contains("IFNULL");
    String all =
        String.join(
            ",",
            metadata.getNumericFunctions(),
            metadata.getStringFunctions(),
            metadata.getTimeDateFunctions(),
            metadata.getSystemFunctions());
    for (String name : all.split(",")) {
      assertThat(answers(name)).as(name).isTrue();
    }
  }

  /** Whether the function runs with some number of arguments. */
  private boolean answers(String name) throws SQLException {
    for (String arguments : new String[] {"", "1", "1, 1", "'a', 1, 1", "'a', 1, 1, 'b'"}) {
      try {
        connection.nativeSQL("{fn " + name + "(" + arguments + ")}");
      } catch (java.sql.SQLFeatureNotSupportedException e) {
        continue;
      }
      rows("SELECT {fn " + name + "(" + arguments + ")}");
      return true;
    }
    return false;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT {fn ucase('a')",
        "SELECT {fn ucase('a'}",
        "SELECT {fn absent(1)}",
        "SELECT {fn ucase(1, 2)}",
        "SELECT {d 'tomorrow'}",
        "SELECT {d 2024}",
        "{call p()}",
        "SELECT {x"
      })
  void malformedEscapesAreRefused(String sql) {
    assertThat(failureOf(() -> rows(sql)).getSQLState()).isIn("42000", "HYC00", "22018");
  }

  @Test
  void translationCanBeSwitchedOff() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      assertThat(failureOf(() -> statement.execute("SELECT {d '2024-02-29'}")).getMessage())
          .contains("unrecognized token: \"{\"");
    }
  }
}
