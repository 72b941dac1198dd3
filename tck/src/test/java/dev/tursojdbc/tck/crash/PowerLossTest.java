package dev.tursojdbc.tck.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tursojdbc.sql.Query;
import dev.tursojdbc.sql.Session;
import dev.tursojdbc.storage.file.FileSystem;
import dev.tursojdbc.storage.file.MemoryFileSystem;
import dev.tursojdbc.storage.file.RecordingFileSystem;
import dev.tursojdbc.storage.pager.OpenOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Power is lost behind every change that a workload makes to the disk. What was not synced is kept,
 * lost or torn, as a seed decides; whatever is left is the state after some commit, with FULL not
 * before the last one that returned, be it by a write-ahead log or by a rollback journal that is
 * kept.
 */
class PowerLossTest {
  private static final String FILE = "power.db";

  /**
   * A run of a workload: the states after each commit, and where on the disk each commit returned.
   */
  private static final class Workload {
    private final RecordingFileSystem disk = new RecordingFileSystem();
    private final List<String> states = new ArrayList<>();
    private final List<Integer> returned = new ArrayList<>();
    private final boolean full;

    Workload(long seed) {
      Random random = new Random(seed);
      full = seed % 2 == 0;
      int pageSize = 512 << random.nextInt(4);
      OpenOptions options = new OpenOptions(false, true, false, pageSize);
      String[] journalModes = {"wal", "wal", "truncate", "persist"};
      // Under NORMAL, a journal that reached the disk in part may by chance look whole.
      String journalMode = full ? journalModes[(int) (seed / 2 % journalModes.length)] : "wal";
      try (Session session = Session.open(disk, FILE, options)) {
        execute(session, "PRAGMA journal_mode=" + journalMode);
        execute(session, "PRAGMA synchronous=" + (full ? "FULL" : "NORMAL"));
        execute(session, "PRAGMA wal_autocheckpoint=" + (random.nextBoolean() ? 5 : 40));
        commit(session, "CREATE TABLE t(id INTEGER PRIMARY KEY, n INT, filler TEXT)");
        commit(session, "CREATE INDEX t_n ON t(n)");
        int transactions = 12 + random.nextInt(10);
        for (int n = 1; n <= transactions; n++) {
          transaction(session, n, random);
        }
      }
    }

    private void transaction(Session session, int n, Random random) {
      execute(session, "BEGIN");
      int rows = 1 + random.nextInt(6);
      for (int i = 0; i < rows; i++) {
        String filler = "f".repeat(random.nextInt(random.nextInt(5) == 0 ? 3000 : 120));
        execute(session, "INSERT INTO t(n, filler) VALUES (" + n + ", '" + filler + "')");
      }
      if (random.nextInt(3) == 0) {
        execute(session, "SAVEPOINT s");
        execute(session, "DELETE FROM t WHERE id % 3 = 1");
        execute(session, random.nextBoolean() ? "ROLLBACK TO s" : "RELEASE s");
      }
      execute(session, "UPDATE t SET filler = filler || 'u' WHERE n = " + n / 2);
      if (random.nextInt(6) == 0) {
        execute(session, "ROLLBACK");
        return;
      }
      commit(session, "COMMIT");
      if (random.nextInt(5) == 0) {
        String[] modes = {"PASSIVE", "FULL", "RESTART", "TRUNCATE"};
        execute(session, "PRAGMA wal_checkpoint(" + modes[random.nextInt(4)] + ")");
      }
    }

    private void commit(Session session, String sql) {
      execute(session, sql);
      returned.add(disk.changeCount());
      states.add(state(session));
    }

    /** Crashes behind every change, once for each seed. @return how many crashes were looked at */
    int checkAll(int seeds) {
      int points = 0;
      for (int change = 0; change <= disk.changeCount(); change++) {
        for (int seed = 0; seed < seeds; seed++) {
          check(change, change * 31L + seed);
          points++;
        }
      }
      return points;
    }

    private void check(int change, long seed) {
      int acknowledged = -1;
      while (acknowledged + 1 < returned.size() && returned.get(acknowledged + 1) <= change) {
        acknowledged++;
      }
      MemoryFileSystem left = disk.crash(change, seed);
      String state = recovered(left);
      int last = states.lastIndexOf(state);
      String where = "crash behind change " + change + " with seed " + seed;
      if (state.isEmpty()) {
        assertThat(full ? acknowledged : -1).as(where + ": nothing left").isEqualTo(-1);
      } else {
        assertThat(last).as(where + ": state " + state).isNotNegative();
        if (full) {
          assertThat(last).as(where).isGreaterThanOrEqualTo(acknowledged);
        }
      }
    }
  }

  private static void execute(Session session, String sql) {
    try (Query query = session.prepare(sql, 0)) {
      while (query.step()) {
        // Rows of pragmas are of no interest.
      }
    }
  }

  private static String text(Session session, String sql) {
    StringBuilder text = new StringBuilder();
    try (Query query = session.prepare(sql, 0)) {
      while (query.step()) {
        text.append(query.columnText(0)).append(' ');
      }
    }
    return text.toString();
  }

  /** All that can be seen of the database; empty if there is no table yet. */
  private static String state(Session session) {
    String schema = text(session, "SELECT name FROM sqlite_schema");
    if (schema.isEmpty()) {
      return "";
    }
    return schema
        + text(session, "SELECT id || ':' || n || ':' || length(filler) FROM t ORDER BY id");
  }

  private static String recovered(FileSystem disk) {
    try (Session session = Session.open(disk, FILE, OpenOptions.DEFAULT)) {
      String state = state(session);
      assertThat(text(session, "PRAGMA integrity_check")).isEqualTo("ok ");
      return state;
    }
  }

  @Test
  void everyCrashPointOfAFewWorkloadsLeavesACommit() {
    int points = 0;
    for (long seed = 0; seed < 8; seed++) {
      points += new Workload(seed).checkAll(1);
    }

    assertThat(points).isGreaterThan(200);
  }

  @Test
  @Tag("crash")
  void tenThousandCrashPointsLeaveACommit() {
    int points = 0;
    for (long seed = 100; points < 10_000; seed++) {
      points += new Workload(seed).checkAll(4);
    }
    System.out.println(points + " crash points looked at");

    assertThat(points).isGreaterThanOrEqualTo(10_000);
  }
}
