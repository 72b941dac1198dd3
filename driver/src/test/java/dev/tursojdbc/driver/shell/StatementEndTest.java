package dev.tursojdbc.driver.shell;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where statements end. */
class StatementEndTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT 1;",
        "SELECT ';';",
        "SELECT \";\", [;], `;`;",
        "-- ;\nSELECT 1;",
        "/* ; */ SELECT 1 /* ' */;",
        "CREATE TRIGGER r AFTER INSERT ON t BEGIN SELECT 1; SELECT 2; END;",
        "create temp trigger r after insert on t begin select 1; end ;",
        "EXPLAIN CREATE TRIGGER r AFTER INSERT ON t BEGIN SELECT 1; END;",
        "CREATE TABLE trigger_log(a);"
      })
  void aStatementEndsAtItsOwnSemicolon(String text) {
    assertThat(StatementEnd.find(text + " SELECT 2;", 0)).isEqualTo(text.length());
    assertThat(StatementEnd.find("x;" + text, 2)).isEqualTo(2 + text.length());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT 1",
        "SELECT ';",
        "SELECT 1 -- ;",
        "SELECT /* ;",
        "CREATE TRIGGER r AFTER INSERT ON t BEGIN SELECT 1;",
        "CREATE TRIGGER r AFTER INSERT ON t BEGIN SELECT 1; SELECT CASE WHEN 1 THEN 2 END;"
      })
  void whatGoesOnHasNoEnd(String text) {
    assertThat(StatementEnd.find(text, 0)).isNegative();
  }

  @Test
  void commentsAreBlank() {
    assertThat(StatementEnd.isBlank(" \n-- x\n /* y */ ", 0)).isTrue();
    assertThat(StatementEnd.isBlank("-- x", 0)).isTrue();
    assertThat(StatementEnd.isBlank(" x", 0)).isFalse();
    assertThat(StatementEnd.isBlank("/* open", 0)).isFalse();
    assertThat(StatementEnd.isBlank("x ", 1)).isTrue();
  }
}
