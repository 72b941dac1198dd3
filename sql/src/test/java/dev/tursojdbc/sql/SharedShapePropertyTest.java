package dev.tursojdbc.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tursojdbc.storage.error.TursoException;
import dev.tursojdbc.storage.file.MemoryFileSystem;
import dev.tursojdbc.storage.pager.OpenOptions;
import dev.tursojdbc.storage.record.StorageClass;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/**
 * A statement that runs by the plan of its shape does the same as one that is planned as written.
 * Two databases take the same statements; in one of them each has a comment, which keeps it from
 * sharing.
 */
class SharedShapePropertyTest {
  private static final String NOT_SHARED = "/* as written */ ";

  private static final String[] SCHEMA = {
    "CREATE TABLE t(id INTEGER PRIMARY KEY, i INTEGER, r REAL, n NUMERIC, s TEXT, b, c TEXT COLLATE NOCASE)",
    "CREATE INDEX t_i ON t(i)",
    "CREATE INDEX t_s ON t(s, i)",
    "CREATE TABLE p(a, b)",
    "CREATE INDEX p_a ON p(a) WHERE b = 5",
    "CREATE INDEX p_x ON p(a + 7)",
    "CREATE TABLE k(x TEXT PRIMARY KEY, y CHECK (y <> 13)) WITHOUT ROWID",
    "CREATE TABLE g(a, d AS (a + 7), e AS (a = 5) STORED)",
    "CREATE INDEX g_d ON g(d)",
    "CREATE VIEW v AS SELECT i AS vi, s || '!' AS vs FROM t WHERE i > 3",
    "INSERT INTO t VALUES(1,2,3.5,4,'5',6,'Abc'),(2,-5,7.0,'12','x',x'05','ABC'),(3,null,null,null,null,null,null)",
    "INSERT INTO t VALUES(5,5,5.0,5,'5',5,'5'),(17,42,1e300,9223372036854775807,'42',4.2,'x''y')",
    "INSERT INTO p VALUES(5,5),(7,5),(5,7),(12,1),('5',5.0)",
    "INSERT INTO k VALUES('5',5),('a',1),('x',2)",
    "INSERT INTO g(a) VALUES(5),(12),(-2),('5')",
  };

  /** A # stands for a literal. */
  private static final String[] SHAPES = {
    "SELECT * FROM t WHERE id = #",
    "SELECT s, i FROM t WHERE # = id;",
    "SELECT i, # FROM t WHERE i = #",
    "SELECT # + i, i AS x FROM t WHERE x > # AND s <> #",
    "SELECT id FROM t WHERE i BETWEEN # AND # ORDER BY id",
    "SELECT id FROM t WHERE NOT (i = #) OR s = # ORDER BY 1",
    "SELECT id FROM t WHERE i IN (#, #, #) ORDER BY id DESC",
    "SELECT id FROM t WHERE s NOT IN (#, 'x') LIMIT #",
    "SELECT id FROM t WHERE n = # AND r < #",
    "SELECT id FROM t WHERE b = # OR b > #",
    "SELECT id FROM t WHERE c = # OR c LIKE #",
    "SELECT id FROM t WHERE s LIKE #",
    "SELECT id FROM t WHERE s GLOB #",
    "SELECT id FROM t WHERE typeof(i) = # AND i + # = #",
    "SELECT id FROM t WHERE i = -# OR i = - # OR r = -(#)",
    "SELECT id FROM t WHERE i = +#",
    "SELECT id FROM t WHERE s = # COLLATE NOCASE",
    "SELECT id FROM t WHERE s COLLATE NOCASE = #",
    "SELECT count(*), # FROM t WHERE i > # GROUP BY i % # ORDER BY #",
    "SELECT i FROM t WHERE i > # GROUP BY # HAVING count(*) > #",
    "SELECT DISTINCT i FROM t WHERE id <> # ORDER BY # LIMIT # OFFSET #",
    "SELECT * FROM p WHERE a = # AND b = #",
    "SELECT * FROM p WHERE a + # = #",
    "SELECT * FROM p WHERE b = # AND a > #",
    "SELECT * FROM k WHERE x = # AND y = #",
    "SELECT * FROM g WHERE a + # = #",
    "SELECT * FROM g WHERE (a = #) = #",
    "SELECT * FROM v WHERE vi = # OR vs = #",
    "SELECT t.id, p.b FROM t JOIN p ON t.i = p.a AND p.b > # WHERE t.id < #",
    "SELECT t.id, k.y FROM t LEFT JOIN k ON k.x = t.s AND k.y = # WHERE t.id <= # ORDER BY #",
    "SELECT id FROM t WHERE (SELECT max(i) FROM t) = # OR id = #",
    "SELECT id FROM t WHERE id IN (SELECT id FROM t WHERE i > #) AND r > #",
    "SELECT (SELECT # WHERE t.i = #) FROM t WHERE id > #",
    "SELECT id FROM t WHERE (i, s) = (#, #)",
    "SELECT id FROM t WHERE i = # UNION SELECT # FROM t",
    "WITH w AS (SELECT i FROM t WHERE i > #) SELECT * FROM w WHERE i < #",
    "SELECT CASE WHEN i > # THEN # ELSE # END FROM t WHERE id >= #",
    "SELECT round(r, #) FROM t WHERE r >= #",
    "SELECT id FROM t INDEXED BY t_i WHERE i = #",
    "SELECT nothing FROM t WHERE id = #",
    "SELECT id FROM t WHERE id == # AND \"#\" = #",
    "INSERT INTO p VALUES(#, #)",
    "INSERT INTO p(b, a) VALUES(#, -#), (#, # + #)",
    "INSERT INTO t(i, r, n, s, b, c) VALUES(#, #, #, #, #, #)",
    "INSERT INTO t(id) VALUES(-#)",
    "INSERT OR REPLACE INTO k VALUES(#, #) RETURNING x, #",
    "INSERT OR IGNORE INTO k VALUES(#, #)",
    "INSERT INTO k VALUES(#, #) ON CONFLICT(x) DO UPDATE SET y = # WHERE y <> #",
    "INSERT INTO p SELECT #, i FROM t WHERE id = #",
    "INSERT INTO g(a) VALUES(#)",
    "UPDATE t SET i = # WHERE id = #",
    "UPDATE t SET i = i + #, s = #, b = -# WHERE i > # AND id < #",
    "UPDATE p SET b = # WHERE b = #",
    "UPDATE k SET y = # WHERE x > # RETURNING y, y + #",
    "UPDATE k SET (y) = (#) WHERE x = #",
    "UPDATE t SET s = # WHERE id IN (#, #)",
    "DELETE FROM t WHERE id = #",
    "DELETE FROM p WHERE a = # AND b = #",
    "DELETE FROM k WHERE x = # OR y = # RETURNING x",
  };

  private static final String[] LITERALS = {
    "0", "1", "2", "3", "5", "7", "13", "42", "007", "9223372036854775807", "9223372036854775808",
    "99999999999999999999", "5.0", "3.5", "1e300", "1e999", ".5", "2.", "''", "'5'", "'x'", "'abc'",
    "'ABC'", "'it''s'", "'a%'", "'5.0'", "'integer'", "'😀'",
  };

  private record Both(Session shared, Session written) implements AutoCloseable {
    static Both open() {
      Both both = new Both(memory(), memory());
      for (String statement : SCHEMA) {
        both.compare(statement);
      }
      return both;
    }

    private static Session memory() {
      return Session.open(new MemoryFileSystem(), ":memory:", OpenOptions.DEFAULT);
    }

    void compare(String statement) {
      assertThat(transcript(shared, statement))
          .as(statement)
          .isEqualTo(transcript(written, NOT_SHARED + statement));
    }

    @Override
    public void close() {
      shared.close();
      written.close();
    }
  }

  @Property(tries = 15)
  void aSharedPlanDoesWhatTheTextSays(@ForAll long seed) {
    Random random = new Random(seed);
    try (Both both = Both.open()) {
      for (int i = 0; i < 400; i++) {
        both.compare(statement(random));
        if (i % 100 == 99) {
          both.compare("SELECT * FROM t");
          both.compare("CREATE TABLE z" + i + "(a)");
        }
      }
    }
  }

  /** Few shapes at a time, so that they come again. */
  private static String statement(Random random) {
    String shape = SHAPES[random.nextInt(SHAPES.length)];
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < shape.length(); i++) {
      if (shape.charAt(i) == '#' && (i == 0 || shape.charAt(i - 1) != '"')) {
        text.append(LITERALS[random.nextInt(LITERALS.length)]);
      } else {
        text.append(shape.charAt(i));
      }
    }
    return text.toString();
  }

  private static List<String> transcript(Session session, String statement) {
    List<String> transcript = new ArrayList<>();
    try (Query query = session.prepare(statement, 0)) {
      transcript.add(query.parameterCount() + " parameters");
      for (int i = 0; i < query.columnCount(); i++) {
        transcript.add(query.columnName(i) + " " + query.columnDeclaredType(i));
      }
      while (query.step()) {
        StringBuilder row = new StringBuilder();
        for (int i = 0; i < query.columnCount(); i++) {
          row.append(" | ").append(value(query, i));
        }
        transcript.add(row.toString());
      }
      transcript.add(session.changes() + " changes, rowid " + session.lastInsertRowid());
    } catch (TursoException failure) {
      transcript.add(failure.code() + ": " + failure.getMessage());
    }
    return transcript;
  }

  private static String value(Query query, int column) {
    return switch (query.columnType(column)) {
      case StorageClass.INTEGER -> "integer " + query.columnText(column);
      case StorageClass.REAL -> "real " + query.columnDouble(column);
      case StorageClass.TEXT -> "text " + query.columnText(column);
      case StorageClass.BLOB -> "blob " + HexFormat.of().formatHex(query.columnBlob(column));
      default -> "null";
    };
  }

  @Test
  void aStatementEndsWhereItsOwnTextEnds() {
    try (Session session = Both.memory()) {
      for (String text : List.of("SELECT 5 + 5;", "SELECT 1234 + 5; ", "SELECT 1234567 + 5;\n\n")) {
        try (Query query = session.prepare(text, 0)) {
          assertThat(query.endOffset()).isEqualTo(text.length());
        }
      }
      session.prepare("CREATE TABLE t(a)", 0).step();
      for (String text :
          List.of(
              "SELECT a FROM t WHERE a = 5;",
              "SELECT a FROM t WHERE a = 55; ",
              "SELECT a FROM t WHERE a = 555;\n\n")) {
        try (Query query = session.prepare(text, 0)) {
          assertThat(query.endOffset()).isEqualTo(text.length());
        }
      }
    }
  }

  @Test
  void aPlanWhoseSchemaIsGoneIsMadeAnewFromTheText() {
    try (Both both = Both.open()) {
      for (String value : List.of("5", "7", "42")) {
        both.compare("SELECT i FROM t WHERE i = " + value);
      }
      Query early = both.shared().prepare("SELECT i FROM t WHERE i = 42", 0);
      both.compare("CREATE INDEX t_p ON t(i) WHERE i = 42");
      both.compare("DROP INDEX t_i");

      assertThat(early.step()).isTrue();
      assertThat(early.columnLong(0)).isEqualTo(42);
      assertThat(early.step()).isFalse();
    }
  }

  @Test
  void queriesOfOneShapeKeepTheirValuesBesideEachOther() {
    try (Both both = Both.open()) {
      both.shared().prepare("SELECT id FROM t WHERE id > 4", 0).close();
      Query first = both.shared().prepare("SELECT id FROM t WHERE id > 2", 0);
      Query second = both.shared().prepare("SELECT id FROM t WHERE id > 5", 0);

      assertThat(first.step()).isTrue();
      assertThat(second.step()).isTrue();

      assertThat(first.columnLong(0)).isEqualTo(3);
      assertThat(second.columnLong(0)).isEqualTo(17);
    }
  }
}
