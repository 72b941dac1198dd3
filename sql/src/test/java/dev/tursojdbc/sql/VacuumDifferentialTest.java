package dev.tursojdbc.sql;

import static dev.tursojdbc.sql.ScriptComparison.compare;

import org.junit.jupiter.api.Test;

/** VACUUM, as SQLite has it: pages, roots, rowids and the fields of the header. */
class VacuumDifferentialTest {
  @Test
  void objectsLieInOrderAndNoPageIsFree() {
    compare(
        """
        create table a(x, y)
        create view v as select * from a
        create table b(x integer primary key autoincrement, y unique, z)
        create trigger t after insert on a begin select 1; end
        create table w(k text primary key, v) without rowid
        create index bi on b(z desc, y) where y > 3
        pragma user_version = 7
        pragma application_id = 9
        with recursive n(i) as (select 1 union all select i+1 from n where i<500) insert into a select i, hex(zeroblob(i)) from n
        with recursive n(i) as (select 1 union all select i+1 from n where i<200) insert into b(y, z) select i, hex(zeroblob(i % 50)) from n
        with recursive n(i) as (select 1 union all select i+1 from n where i<200) insert into w select 'k' || i, zeroblob(5000) from n where i < 5 union all select i, i from n
        delete from a where x % 3 = 0
        delete from b where x % 2 = 0
        vacuum
        pragma page_count
        pragma freelist_count
        pragma user_version
        pragma application_id
        pragma schema_version
        select * from sqlite_schema
        select count(*), sum(rowid), max(rowid) from a
        select count(*), sum(rowid), max(rowid) from b
        select * from sqlite_sequence
        select count(*), sum(length(v)) from w
        pragma integrity_check
        insert into a values(1, 2)
        drop table w
        vacuum main
        pragma page_count
        pragma integrity_check
        """);
  }

  @Test
  void autoVacuumChangesWithIt() {
    compare(
        """
        create table a(x)
        with recursive n(i) as (select 1 union all select i+1 from n where i<900) insert into a select hex(zeroblob(i)) from n
        create index ai on a(x)
        pragma auto_vacuum = full
        pragma auto_vacuum
        vacuum
        pragma auto_vacuum
        pragma page_count
        select name, rootpage from sqlite_schema
        pragma integrity_check
        delete from a where rowid > 3
        pragma page_count
        pragma auto_vacuum = none
        vacuum
        pragma auto_vacuum
        pragma page_count
        pragma integrity_check
        """);
  }

  @Test
  void placesWhereItCannotRun() {
    compare(
        """
        vacuum
        vacuum nosuch
        vacuum temp
        create table a(x)
        begin
        vacuum
        insert into a values(1)
        commit
        select * from a
        """);
  }
}
