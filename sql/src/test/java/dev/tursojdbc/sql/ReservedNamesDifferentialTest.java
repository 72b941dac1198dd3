package dev.tursojdbc.sql;

import static dev.tursojdbc.sql.ScriptComparison.compare;

import org.junit.jupiter.api.Test;

/** Functions and databases that are there but not for everyone. */
class ReservedNamesDifferentialTest {
  @Test
  void functionsOfOwnUseAreKnownByTheirCounts() {
    compare(
        """
        SELECT 1 MATCH 2
        SELECT match(1,2)
        SELECT match(1)
        SELECT match(1,2,3)
        SELECT 1 REGEXP 2
        SELECT regexp(1,2)
        CREATE TABLE t(a)
        SELECT * FROM t WHERE a MATCH 'x'
        INSERT INTO t VALUES(1)
        SELECT * FROM t WHERE a MATCH 'x'
        CREATE INDEX ti ON t(a MATCH 'x')
        CREATE TABLE t2(a CHECK(a MATCH 'x'))
        CREATE TABLE t3(a DEFAULT(1 MATCH 'x'))
        SELECT sqlite_rename_table(1)
        SELECT sqlite_rename_table(1,2,3,4,5,6,7)
        SELECT sqlite_rename_column(1,2,3,4,5,6,7,8,9)
        SELECT sqlite_rename_column(1)
        SELECT sqlite_rename_test(1)
        SELECT sqlite_rename_test(1,2,3,4,5,6,7)
        SELECT sqlite_drop_column(1)
        SELECT sqlite_drop_column(1,2,3)
        SELECT sqlite_rename_quotefix(1)
        SELECT sqlite_rename_quotefix(1,2)
        SELECT sqlite_fail(1)
        SELECT sqlite_fail(1,2)
        SELECT sqlite_drop_constraint(1)
        SELECT sqlite_add_constraint(1)
        SELECT sqlite_find_constraint(1)
        SELECT sqlite_find_constraint(1,2,3)
        SELECT sqlite_add_constraint(1,2,3)
        SELECT sqlite_rename_trigger(1)
        """);
  }

  @Test
  void databasesThatCannotBeDetachedOrIndexed() {
    compare(
        """
        DETACH printf('%200c','0')
        DETACH printf('%.200c','ü')
        DETACH printf('0%.200c','ü')
        ATTACH ':memory:' AS printf('%.200c','ü')
        ATTACH '' AS printf('%.200c','ü')
        DETACH temp
        CREATE INDEX temp.i ON nix(a)
        CREATE INDEX temp.i ON t(a)
        CREATE INDEX main.i ON nix(a)
        create temp table tt(a)
        CREATE INDEX main.i ON tt(a)
        CREATE INDEX i ON tt(a)
        CREATE INDEX temp.i2 ON tt(a)
        select tbl_name, name, sql from sqlite_temp_schema
        """);
  }
}
