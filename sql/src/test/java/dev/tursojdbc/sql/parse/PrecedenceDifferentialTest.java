package dev.tursojdbc.sql.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Operators group as SQLite groups them: a random expression has the same value in SQLite as the
 * same expression with parentheses where this parser sees its parts.
 */
class PrecedenceDifferentialTest {
  private static final String[] BINARY = {
    "OR",
    "AND",
    "=",
    "==",
    "<>",
    "!=",
    "IS",
    "IS NOT",
    "IS DISTINCT FROM",
    "IS NOT DISTINCT FROM",
    "LIKE",
    "NOT LIKE",
    "GLOB",
    "NOT GLOB",
    "<",
    "<=",
    ">",
    ">=",
    "&",
    "|",
    "<<",
    ">>",
    "+",
    "-",
    "*",
    "/",
    "%",
    "||"
  };
  private static final String[] PREFIX = {"-", "+", "~", "NOT", "NOT", "- -", "NOT NOT"};
  private static final String[] POSTFIX = {
    "ISNULL",
    "NOTNULL",
    "NOT NULL",
    "IS NULL",
    "IS NOT NULL",
    "COLLATE nocase",
    "IN (1, 2, 0)",
    "NOT IN (1, 'a')",
    "IN ()"
  };
  private static final String[] OPERANDS = {
    "0", "1", "2", "3", "7", "NULL", "'a'", "'A'", "'1'", "2.5", "abs(-3)", "(1 + 1)", "(NOT 0)",
    "'a_'"
  };

  @Test
  void operatorsGroupAsInSqlite() throws SQLException {
    assertThat(disagreements(3_000, 1)).isEmpty();
  }

  @Test
  @Tag("differential")
  void operatorsGroupAsInSqliteInManyExpressions() throws SQLException {
    assertThat(disagreements(Integer.getInteger("trials", 200_000), 2)).isEmpty();
  }

  private static List<String> disagreements(int trials, long seed) throws SQLException {
    Random random = new Random(seed);
    List<String> disagreements = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite::memory:");
        Statement statement = connection.createStatement()) {
      for (int trial = 0; trial < trials && disagreements.size() < 10; trial++) {
        String sql = expression(random);
        String grouped = Parenthesized.of(sql);
        if (!value(statement, sql).equals(value(statement, grouped))) {
          disagreements.add(sql + "   read as   " + grouped);
        }
      }
    }
    return disagreements;
  }

  private static String value(Statement statement, String expression) {
    try (ResultSet rows =
        statement.executeQuery(
            "SELECT typeof(x), quote(x) FROM (SELECT " + expression + " AS x)")) {
      return rows.getString(1) + " " + rows.getString(2);
    } catch (SQLException e) {
      // Such as an escape of more than one character; groups that differ do not fail alike.
      return e.getMessage();
    }
  }

  private static String expression(Random random) {
    StringBuilder sql = new StringBuilder();
    int operators = 1 + random.nextInt(5);
    operand(sql, random);
    for (int i = 0; i < operators; i++) {
      if (random.nextInt(5) == 0) {
        sql.append(' ').append(pick(POSTFIX, random));
      } else if (random.nextInt(8) == 0) {
        sql.append(random.nextBoolean() ? " BETWEEN " : " NOT BETWEEN ");
        operand(sql, random);
        if (random.nextBoolean()) {
          // No OR and AND: they are not part of a lower bound.
          sql.append(' ').append(BINARY[2 + random.nextInt(BINARY.length - 2)]).append(' ');
          operand(sql, random);
        }
        sql.append(" AND ");
        operand(sql, random);
      } else {
        String operator = pick(BINARY, random);
        sql.append(' ').append(operator).append(' ');
        operand(sql, random);
        if (operator.endsWith("LIKE") && random.nextInt(3) == 0) {
          sql.append(" ESCAPE '!'");
        }
      }
    }
    return sql.toString();
  }

  private static void operand(StringBuilder sql, Random random) {
    if (random.nextInt(3) == 0) {
      sql.append(pick(PREFIX, random)).append(' ');
    }
    sql.append(pick(OPERANDS, random));
    if (random.nextInt(12) == 0) {
      sql.append(" COLLATE nocase");
    }
  }

  private static String pick(String[] choices, Random random) {
    return choices[random.nextInt(choices.length)];
  }
}
