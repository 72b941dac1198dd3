package dev.tursojdbc.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tursojdbc.storage.file.MemoryFileSystem;
import dev.tursojdbc.storage.pager.OpenOptions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * In which order groups come, and from which row their bare columns are, where the rows of a group
 * come together anyway: as SQLite does it.
 */
class GroupOrderDifferentialTest {
  private static final List<String> SETUP =
      List.of(
          "create table t(a, b, c, d, e)",
          "create index ta on t(a desc, d)",
          "create index tb on t(b, c desc)",
          "insert into t with recursive n(i) as (values(1) union all select i + 1 from n"
              + " where i < 100) select i % 4, i % 7, i, i, i from n");

  private static final List<String> KEYS = List.of("a", "b", "d", "a, b", "b, a", "b, c", "a, d");

  @Test
  void groupsComeInTheDirectionOfTheIndexIfNoOrderIsAskedFor() throws SQLException {
    try (Session session = Session.open(new MemoryFileSystem(), ":memory:", OpenOptions.DEFAULT);
        Connection sqlite = DriverManager.getConnection("jdbc:sqlite::memory:");
        Statement statement = sqlite.createStatement()) {
      for (String sql : SETUP) {
        statement.execute(sql);
        try (Query query = session.prepare(sql, 0)) {
          query.step();
        }
      }
      for (String keys : KEYS) {
        String descending = keys.replace(",", " desc,") + " desc";
        for (String order : List.of("", " order by " + keys, " order by " + descending)) {
          String sql = "select " + keys + ", count(*), e from t group by " + keys + order;
          assertThat(rows(session, sql)).as(sql).isEqualTo(rows(statement, sql));
        }
      }
    }
  }

  private static String rows(Session session, String sql) {
    StringBuilder rows = new StringBuilder();
    try (Query query = session.prepare(sql, 0)) {
      while (query.step()) {
        for (int i = 0; i < query.columnCount(); i++) {
          rows.append(query.columnText(i)).append(' ');
        }
        rows.append('\n');
      }
    }
    return rows.toString();
  }

  private static String rows(Statement statement, String sql) throws SQLException {
    StringBuilder rows = new StringBuilder();
    try (ResultSet result = statement.executeQuery(sql)) {
      int count = result.getMetaData().getColumnCount();
      while (result.next()) {
        for (int i = 0; i < count; i++) {
          rows.append(result.getString(i + 1)).append(' ');
        }
        rows.append('\n');
      }
    }
    return rows.toString();
  }
}
