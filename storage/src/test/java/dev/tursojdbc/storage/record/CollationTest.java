package dev.tursojdbc.storage.record;

import static dev.tursojdbc.storage.record.RecordTest.register;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;

class CollationTest {
  private static final List<String> TEXTS =
      List.of(
          "",
          " ",
          "a",
          "A",
          "a ",
          "a  ",
          " a",
          "ab",
          "aB",
          "AB ",
          "Z",
          "z",
          "[",
          "é",
          "É",
          "abcdefgh",
          "abcdefgH",
          "abcdefghi",
          "a\u0000b",
          "a\u0000C",
          "\uFF5E",
          "\uD83D\uDE00",
          "\t",
          "a\t");

  @Test
  void textsCompareAsInSqlite() throws SQLException {
    for (String encoding : List.of("UTF-8", "UTF-16le", "UTF-16be")) {
      try (Connection connection = DriverManager.getConnection("jdbc:sqlite::memory:");
          var statement = connection.createStatement()) {
        statement.execute("PRAGMA encoding = '" + encoding + "'");
        statement.execute("CREATE TABLE t(x)");
        for (Collation collation : List.of(Collation.BINARY, Collation.NOCASE, Collation.RTRIM)) {
          assertAll(connection, encoding, collation);
        }
      }
    }
  }

  private static void assertAll(Connection connection, String encoding, Collation collation)
      throws SQLException {
    Collation used = collation;
    for (TextEncoding known :
        List.of(TextEncoding.UTF8, TextEncoding.UTF16LE, TextEncoding.UTF16BE)) {
      if (collation == Collation.BINARY && known.sqlName().equals(encoding)) {
        used = known.binary();
      }
    }
    String sql =
        "SELECT (?1 > ?2 COLLATE " + used.name() + ") - (?1 < ?2 COLLATE " + used.name() + ")";
    try (PreparedStatement compare = connection.prepareStatement(sql)) {
      for (String left : TEXTS) {
        for (String right : TEXTS) {
          compare.setString(1, left);
          compare.setString(2, right);
          try (ResultSet row = compare.executeQuery()) {
            assertThat(row.next()).isTrue();
            int order = ValueOrder.compare(register(left), register(right), used);
            assertThat(Integer.signum(order))
                .as("%s '%s' '%s' in %s", used.name(), left, right, encoding)
                .isEqualTo(row.getInt(1));
          }
        }
      }
    }
  }
}
