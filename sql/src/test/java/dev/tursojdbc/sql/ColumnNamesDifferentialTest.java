package dev.tursojdbc.sql;

import static dev.tursojdbc.sql.ScriptComparison.compare;

import org.junit.jupiter.api.Test;

/** How columns are called in results, in FROM, in views and in tables made of queries. */
class ColumnNamesDifferentialTest {
  @Test
  void columnsKeepTheirNamesAsWrittenInFromAndAsDefinedInTheSchema() {
    compare(
        """
        CREATE TABLE t0(a, [b b] INTEGER PRIMARY KEY)
        INSERT INTO t0 VALUES(1,2)
        CREATE TABLE nn(A)
        insert into nn values(5)
        SELECT * FROM (SELECT "zz", oid, rowid, a collate nocase, likely(a), (a), "a", 'x', t0.a, main.t0."a", [b b], +a,(t0.rowid) FROM t0)
        WITH x AS (SELECT "zz", oid, rowid, a collate nocase, likely(a), (a), "a", 'x', t0.a, main.t0."a", [b b], +a FROM t0) SELECT * FROM x
        CREATE VIEW v AS SELECT "zz", oid, rowid, a collate nocase, likely(a),  'x', t0.a,  [b b], +a, likelihood(likely(a collate nocase), 0.5) FROM t0
        SELECT * FROM v
        CREATE TABLE c AS SELECT "zz", oid, rowid, a collate nocase, likely(a),  'x',  [b b], +a FROM t0
        SELECT * FROM c
        SELECT "zz", oid, rowid, a collate nocase, likely(a), (a), "a", 'x', t0.a, main.t0."a", [b b], +a FROM t0
        SELECT * FROM (SELECT a FROM nn)
        SELECT * FROM (SELECT a, oid FROM nn)
        SELECT oid FROM (SELECT rowid FROM nn)
        SELECT rowid FROM (SELECT oid FROM nn)
        SELECT * FROM (SELECT * FROM nn)
        SELECT * FROM (SELECT a FROM nn UNION ALL SELECT 3)
        WITH RECURSIVE x AS (SELECT oid, "a" FROM nn UNION ALL SELECT 3,4) SELECT * FROM x
        CREATE VIEW v2 AS SELECT a, oid FROM nn
        SELECT * FROM v2
        CREATE TABLE c2 AS SELECT a, oid FROM nn
        SELECT * FROM c2
        SELECT (oid) FROM (SELECT oid FROM (SELECT oid FROM nn))
        CREATE VIEW v3 AS SELECT * FROM (SELECT "q""q", oid FROM nn)
        SELECT * FROM v3
        CREATE VIEW v4 AS SELECT "q""q", b."q""q", "zz" FROM (SELECT "q""q", oid FROM nn) b
        SELECT * FROM v4
        PRAGMA full_column_names=on
        SELECT a, rowid, oid, (a), * FROM nn
        SELECT a, rowid, "a", x.a FROM nn AS x
        SELECT a, [b b], rowid FROM t0
        SELECT a, b FROM (SELECT a, a as b FROM nn)
        PRAGMA short_column_names=off
        SELECT a, rowid, oid, (a), * FROM nn
        SELECT a, rowid, "a", x.a FROM nn AS x
        SELECT a, b FROM (SELECT a, a as b FROM nn)
        SELECT * FROM (SELECT a, a as b FROM nn)
        SELECT x.*,* FROM (SELECT a, a as b FROM nn) x
        SELECT x.a FROM (SELECT a, a as b FROM nn) x
        SELECT x.* FROM nn x
        PRAGMA full_column_names=off
        SELECT a, rowid, oid, (a), * FROM nn
        SELECT a, rowid, "a", x.a FROM nn AS x
        SELECT a, b FROM (SELECT a, a as b FROM nn)
        SELECT * FROM (SELECT a, a as b FROM nn)
        SELECT x.*,* FROM (SELECT a, a as b FROM nn) x
        SELECT x.* FROM nn x
        """);
  }
}
