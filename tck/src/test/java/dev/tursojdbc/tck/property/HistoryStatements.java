package dev.tursojdbc.tck.property;

import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Makes the statements of a history, each from two numbers: which kind, and a seed for the rest. So
 * a history shrinks as a list of numbers.
 *
 * <p>All tables have the columns a, b, c and d, and names come from a few, so most statements meet
 * a table; those that do not fail alike on both engines.
 */
final class HistoryStatements {
  static final String REOPEN = "reopen";
  static final String CHECKPOINT = "PRAGMA wal_checkpoint";
  static final int KINDS = 40;

  private static final List<String> TABLES =
      List.of(
          "(a INTEGER PRIMARY KEY, b TEXT, c, d REAL)",
          "(a INTEGER PRIMARY KEY AUTOINCREMENT, b, c BLOB, d NUMERIC)",
          "(a INT, b TEXT COLLATE NOCASE, c, d, PRIMARY KEY(b, a)) WITHOUT ROWID",
          "(a INT PRIMARY KEY, b, c, d) WITHOUT ROWID",
          "(a, b, c, d)",
          "(a INT UNIQUE, b TEXT, c DEFAULT 'none', d, UNIQUE(b, d) ON CONFLICT REPLACE)",
          "(a INTEGER, b TEXT NOT NULL DEFAULT 'x', c, d CHECK (d IS NULL OR d < 900))",
          "(a INTEGER PRIMARY KEY DESC, b, c, d, UNIQUE(a, b))");

  private static final List<String> INDEXES =
      List.of(
          "(b)",
          "(c DESC, a)",
          "(b COLLATE NOCASE, d)",
          "(d) WHERE a % 3 = 0",
          "(a, b, c, d)",
          "(length(b), a)");

  private static final List<String> CHECKPOINTS = List.of("PASSIVE", "FULL", "RESTART", "TRUNCATE");

  /** Rowids of the tables are from a range that small, so that statements meet rows. */
  private static final int KEYS = 120;

  private final int pageSize;

  HistoryStatements(int pageSize) {
    this.pageSize = pageSize;
  }

  String statement(int kind, int seed) {
    Random random = new Random(seed);
    String table = "t" + random.nextInt(4);
    return switch (kind) {
      case 0, 1 -> "CREATE TABLE " + table + pick(TABLES, random);
      case 2 -> random.nextInt(3) > 0 ? createIndex(table, random) : "DROP TABLE " + table;
      case 3 -> createIndex(table, random);
      case 4 -> "DROP INDEX " + index(random);
      case 5, 6, 7 -> random.nextInt(3) == 0 ? "BEGIN IMMEDIATE" : "BEGIN";
      case 8, 9, 10, 11 -> "COMMIT";
      case 12 -> "ROLLBACK";
      case 13, 14 -> "SAVEPOINT " + savepoint(random);
      case 15 -> "RELEASE " + savepoint(random);
      case 16 -> "ROLLBACK TO " + savepoint(random);
      case 17 -> CHECKPOINT + "(" + pick(CHECKPOINTS, random) + ")";
      case 18 -> "PRAGMA incremental_vacuum(" + random.nextInt(20) + ")";
      case 19 -> REOPEN;
      case 20, 21 -> insertMany(table, random);
      case 22, 23, 24, 25 -> update(table, random);
      case 26, 27 -> delete(table, random);
      case 28 -> "DELETE FROM " + table;
      case 29 -> copy(table, random);
      case 30 -> upsert(table, random);
      default -> insert(table, random);
    };
  }

  private static <T> T pick(List<T> list, Random random) {
    return list.get(random.nextInt(list.size()));
  }

  private static String index(Random random) {
    return "i" + random.nextInt(5);
  }

  private static String savepoint(Random random) {
    return "s" + random.nextInt(2);
  }

  private static String createIndex(String table, Random random) {
    String unique = random.nextInt(6) == 0 ? "UNIQUE " : "";
    return "CREATE " + unique + "INDEX " + index(random) + " ON " + table + pick(INDEXES, random);
  }

  private static String conflict(Random random) {
    return switch (random.nextInt(8)) {
      case 0 -> " OR IGNORE";
      case 1, 2 -> " OR REPLACE";
      case 3 -> " OR FAIL";
      default -> "";
    };
  }

  private String insert(String table, Random random) {
    StringBuilder sql = new StringBuilder("INSERT").append(conflict(random));
    sql.append(" INTO ").append(table).append("(a, b, c, d) VALUES ");
    int rows = random.nextInt(4) == 0 ? 1 + random.nextInt(20) : 1;
    for (int i = 0; i < rows; i++) {
      sql.append(i == 0 ? "(" : ", (")
          .append(key(random))
          .append(", ")
          .append(value(random))
          .append(", ")
          .append(value(random))
          .append(", ")
          .append(random.nextInt(1000))
          .append(')');
    }
    return sql.toString();
  }

  private String insertMany(String table, Random random) {
    return "WITH n(i) AS (VALUES(1) UNION ALL SELECT i + 1 FROM n WHERE i < %d)"
            .formatted(1 + random.nextInt(60))
        + " INSERT"
        + conflict(random)
        + " INTO %s SELECT i * %d, 'row ' || i, zeroblob(i * %d), i FROM n"
            .formatted(table, 1 + random.nextInt(5), 1 + random.nextInt(pageSize / 8));
  }

  private String update(String table, Random random) {
    String change =
        switch (random.nextInt(5)) {
          case 0 -> "b = " + value(random) + ", d = d + 1";
          case 1 -> "c = " + value(random);
          case 2 -> "a = a + " + (random.nextInt(40) - 20);
          case 3 -> "d = -d, c = b, b = c";
          default -> "b = b || 'x'";
        };
    return "UPDATE" + conflict(random) + " " + table + " SET " + change + where(random);
  }

  private String upsert(String table, Random random) {
    return "INSERT INTO %s(a, b, c, d) VALUES (%s, %s, %s, 1) ON CONFLICT DO UPDATE SET c = excluded.c, d = d + 1"
        .formatted(table, key(random), value(random), value(random));
  }

  private static String copy(String table, Random random) {
    return "INSERT"
        + conflict(random)
        + " INTO "
        + table
        + " SELECT a + 200, c, b, d FROM t"
        + random.nextInt(4)
        + where(random);
  }

  private static String delete(String table, Random random) {
    return "DELETE FROM " + table + where(random);
  }

  private static String where(Random random) {
    int key = random.nextInt(KEYS);
    return switch (random.nextInt(6)) {
      case 0 -> " WHERE a % 3 = " + key % 3;
      case 1 -> " WHERE a BETWEEN " + key + " AND " + (key + 25);
      case 2 -> " WHERE b < 'm'";
      case 3 -> " WHERE d > " + key * 8;
      default -> " WHERE a = " + key;
    };
  }

  private static String key(Random random) {
    return random.nextInt(10) == 0 ? "NULL" : Integer.toString(random.nextInt(KEYS));
  }

  private String value(Random random) {
    return switch (random.nextInt(9)) {
      case 0 -> "NULL";
      case 1 -> Long.toString(random.nextLong() >> random.nextInt(63));
      case 2 -> String.format(Locale.ROOT, "%.3f", random.nextDouble() * 1000);
      case 3 -> "x'" + HexFormat.of().formatHex(bytes(random)) + "'";
      case 4 -> "zeroblob(" + random.nextInt(pageSize) + ")";
      case 5 -> "'" + "Größe 漢字 😀 ".repeat(random.nextInt(1 + pageSize / 40)) + "'";
      default -> "'" + word(random).repeat(1 + random.nextInt(4)) + "'";
    };
  }

  private byte[] bytes(Random random) {
    int limit = random.nextInt(4) == 0 ? 3 * pageSize : 40;
    byte[] bytes = new byte[random.nextInt(limit)];
    random.nextBytes(bytes);
    return bytes;
  }

  private static String word(Random random) {
    return pick(List.of("alpha", "Beta", "gamma ", "DELTA", "émile", "Zoë", "nu", ""), random);
  }
}
