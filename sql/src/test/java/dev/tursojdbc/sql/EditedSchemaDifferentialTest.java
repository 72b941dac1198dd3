package dev.tursojdbc.sql;

import static dev.tursojdbc.sql.ScriptComparison.compare;

import org.junit.jupiter.api.Test;

/** Databases whose sqlite_schema somebody has written into. */
class EditedSchemaDifferentialTest {
  @Test
  void vacuumMakesIndexesAsTheirTextsSay() {
    compare(
        """
        CREATE TABLE t1(a,b)
        CREATE INDEX t1a ON t1(a)
        INSERT INTO t1 VALUES(1,0),(2,0),(3,0),(2,5),(NULL,0),(NULL,0)
        PRAGMA writable_schema=ON
        UPDATE sqlite_master SET sql='CREATE INDEX t1a ON t1(b)' WHERE name='t1a'
        VACUUM
        SELECT a FROM t1 WHERE b=5
        SELECT sql FROM sqlite_master
        PRAGMA integrity_check
        UPDATE sqlite_master SET sql='CREATE UNIQUE INDEX t1a ON t1(b)' WHERE name='t1a'
        VACUUM
        SELECT a FROM t1 WHERE b=5
        PRAGMA integrity_check
        """);
  }

  @Test
  void whatMakesNoSenseIsOverlookedOrNot() {
    compare(
        """
        CREATE TABLE t7(x)
        PRAGMA writable_schema=ON
        UPDATE sqlite_master SET sql='CREATE TABLE [M%s%s'
        VACUUM
        PRAGMA table_info(t7)
        CREATE TABLE t0(a,b)
        INSERT INTO t0 VALUES(1,0),(2,0)
        SELECT * FROM t7
        SELECT * FROM t0
        PRAGMA writable_schema=OFF
        CREATE TABLE t8(a,b)
        PRAGMA writable_schema=ON
        DELETE FROM sqlite_master WHERE name='t7'
        PRAGMA writable_schema=RESET
        SELECT name FROM sqlite_master
        CREATE TABLE t1(a,b)
        CREATE INDEX t1a ON t1(a)
        CREATE TABLE t2(a PRIMARY KEY,b)
        PRAGMA writable_schema=ON
        UPDATE sqlite_master SET sql='CRa)' WHERE name='t1a'
        ALTER TABLE t1 RENAME TO t10
        ALTER TABLE t2 RENAME TO t20
        ALTER TABLE t2 RENAME COLUMN a TO aa
        ALTER TABLE t2 DROP COLUMN b
        PRAGMA writable_schema=OFF
        ALTER TABLE t1 RENAME TO t10
        ALTER TABLE t2 RENAME TO t20
        ALTER TABLE t2 RENAME COLUMN a TO aa
        ALTER TABLE t2 DROP COLUMN b
        PRAGMA writable_schema=ON
        UPDATE sqlite_master SET sql='CREATE INDEX t1a ON t1(zz)' WHERE name='t1a'
        PRAGMA writable_schema=OFF
        ALTER TABLE t1 RENAME TO t10
        ALTER TABLE t2 RENAME TO t20
        PRAGMA writable_schema=ON
        UPDATE sqlite_master SET sql=NULL WHERE name='t1a'
        PRAGMA writable_schema=OFF
        ALTER TABLE t1 RENAME TO t10
        PRAGMA writable_schema=ON
        UPDATE sqlite_master SET sql='CREATE INDEX t1a ON t1(a)', rootpage=999 WHERE name='t1a'
        PRAGMA writable_schema=OFF
        ALTER TABLE t2 RENAME TO t20
        PRAGMA writable_schema=ON
        UPDATE sqlite_master SET sql='CREATE INDEX t1a ON t1(a)', rootpage=999 WHERE name='t1a'
        ALTER TABLE t2 RENAME TO t20
        SELECT type, name, sql FROM sqlite_master
        """);
  }
}
