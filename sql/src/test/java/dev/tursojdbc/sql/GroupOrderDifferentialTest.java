package dev.tursojdbc.sql;

import static org.assertj.core.api.Assertions.assertThat;

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
  void groupsComeInTheDirectionOfTheIndexIfNoOrderIsAskedFor() {
    try (BothEngines engines = new BothEngines(SETUP)) {
      for (String keys : KEYS) {
        String descending = keys.replace(",", " desc,") + " desc";
        for (String order : List.of("", " order by " + keys, " order by " + descending)) {
          String sql = "select " + keys + ", count(*), e from t group by " + keys + order;
          assertThat(engines.ours(sql)).as(sql).isEqualTo(engines.reference(sql));
        }
      }
    }
  }
}
