package dev.tursojdbc.sql;

import static dev.tursojdbc.sql.ScriptComparison.compare;

import org.junit.jupiter.api.Test;

/** Pragmas that change what statements do, as SQLite has them. */
class PragmasDifferentialTest {
  @Test
  void secureDeleteAndSynchronousAreNumbers() {
    compare(
        """
        pragma secure_delete
        pragma secure_delete=1
        pragma secure_delete=fast
        pragma secure_delete
        pragma secure_delete=0
        pragma main.secure_delete=on
        pragma secure_delete=2
        pragma synchronous
        pragma main.synchronous
        pragma temp.synchronous
        create temp table x(a)
        pragma temp.synchronous
        pragma synchronous=1
        pragma synchronous
        begin
        pragma synchronous=2
        commit
        attach ':memory:' as m
        pragma m.synchronous
        attach '' as n
        pragma n.synchronous
        pragma synchronous=5
        pragma synchronous
        pragma synchronous=full
        pragma synchronous
        pragma temp.synchronous=1
        pragma temp.synchronous
        pragma n.synchronous=0
        pragma n.synchronous
        """);
  }

  @Test
  void databasesGrowToTheirLimit() {
    compare(
        """
        pragma max_page_count
        pragma max_page_count=2
        pragma max_page_count
        create table t(a)
        create table t2(a)
        create table t3(a)
        pragma page_count
        pragma max_page_count=1
        pragma max_page_count=0
        pragma max_page_count=-5
        pragma max_page_count=3
        create table t4(a)
        create table t5(a)
        insert into t values(zeroblob(10000))
        select count(*) from t
        pragma max_page_count=1000
        insert into t values(zeroblob(10000))
        pragma page_count
        pragma temp.max_page_count
        pragma max_page_count=99999999999
        pragma max_page_count=4294967295
        pragma max_page_count=x
        """);
  }

  @Test
  void likeMatchesCaseWhereAsked() {
    compare(
        """
        select 'a' like 'A', 'a' like 'a', like('A','a'), 'a' glob 'A'
        pragma case_sensitive_like=on
        pragma case_sensitive_like
        select 'a' like 'A', 'a' like 'a', like('A','a'), 'a' glob 'A', 'ab' like 'a%', 'Ab' like 'a_', 'aXb' like 'aXb' escape 'X'
        create table lk(x text)
        create index lki on lk(x)
        create index lkn on lk(x collate nocase)
        insert into lk values('abc'),('Abd'),('x')
        select x from lk where x like 'a%' order by x
        pragma case_sensitive_like=0
        select x from lk where x like 'a%' order by x
        pragma case_sensitive_like=1
        select x from lk where x like 'a%' order by x
        create table ckl(x check(x like 'A%'))
        insert into ckl values('abc')
        insert into ckl values('Abc')
        """);
  }

  @Test
  void databasesInMemoryHaveNoJournalOrNoneOnDisk() {
    compare(
        """
        pragma journal_mode
        pragma journal_mode=off
        pragma journal_mode
        pragma journal_mode=wal
        pragma journal_mode=persist
        pragma journal_mode=delete
        pragma journal_mode=bogus
        pragma journal_mode=off
        pragma journal_mode=bogus
        pragma journal_mode=memory
        pragma main.journal_mode=off
        pragma temp.journal_mode
        pragma temp.journal_mode=off
        pragma temp.journal_mode=delete
        pragma temp.journal_mode=wal
        pragma temp.journal_mode=memory
        attach ':memory:' as x
        pragma x.journal_mode
        pragma x.journal_mode=off
        pragma journal_mode=memory
        pragma x.journal_mode
        pragma temp_store=memory
        pragma temp.journal_mode
        pragma temp.journal_mode=delete
        pragma temp_store=file
        pragma temp.journal_mode
        """);
  }

  @Test
  void whoKnowsTheSchemaKeepsItUntilTheCookieChangesOrItIsReset() {
    compare(
        """
        create table t1(a,b,c)
        create index i1 on t1(b)
        pragma writable_schema=on
        update sqlite_schema set sql='create table t1(a,b,c,d)' where name='t1'
        select * from t1
        pragma schema_version=77
        select count(*) from pragma_table_info('t1')
        update sqlite_schema set sql='create table t1(a,b,c,d,e)' where name='t1'
        select count(*) from pragma_table_info('t1')
        pragma writable_schema=reset
        select count(*) from pragma_table_info('t1')
        pragma writable_schema
        delete from sqlite_schema
        pragma writable_schema=on
        delete from sqlite_schema where name='i1'
        select count(*) from pragma_index_list('t1')
        pragma writable_schema=reset
        select count(*) from pragma_index_list('t1')
        """);
  }

  @Test
  void typesAndNamesOfTheSchemaMustBeThoseOfItsTexts() {
    for (String edit :
        new String[] {
          "tbl_name='tx' where name='t1'",
          "tbl_name=NULL where name='t1'",
          "type='tabl' where name='t1'",
          "type='view' where name='t1'",
          "name='t9', tbl_name='t9' where name='t1'",
          "name='T1', tbl_name='T1' where name='t1'",
          "tbl_name='tx' where name='i1'",
          "type='table' where name='i1'",
          "type='table' where name='v2'",
          "name='v3', tbl_name='v3' where name='v2'",
          "type='view' where name='r1'",
          "tbl_name='v2' where name='r1'"
        }) {
      compare(
          """
          create table t1(a,b,c)
          create index i1 on t1(b)
          create view v2 as select 15
          create trigger r1 after insert on t1 begin select 5; end
          pragma writable_schema=on
          update sqlite_schema set %s
          pragma writable_schema=off
          select count(*) from t1
          pragma schema_version=101
          select count(*) from t1
          """
              .formatted(edit));
    }
  }

  @Test
  void integrityCheckOfATableThatIsNotThereFails() {
    compare(
        """
        attach ':memory:' as aux
        create table t(a unique)
        create table aux.t(a check(a>5))
        create temp table tt(a)
        create view v as select 1
        pragma ignore_check_constraints=on
        insert into aux.t values(1),(2),(3)
        pragma ignore_check_constraints=off
        pragma integrity_check
        pragma integrity_check(T)
        pragma integrity_check=xyz
        pragma quick_check=xyz
        pragma integrity_check='4'
        pragma integrity_check("2")
        pragma integrity_check(0)
        pragma integrity_check(2)
        pragma integrity_check(-2)
        pragma integrity_check(+2)
        pragma integrity_check(1.9)
        pragma integrity_check(99999999999)
        pragma integrity_check(tt)
        pragma integrity_check(v)
        pragma integrity_check(sqlite_schema)
        pragma integrity_check(sqlite_temp_schema)
        pragma main.integrity_check(tt)
        pragma aux.integrity_check(t)
        pragma aux.integrity_check('1')
        pragma aux.integrity_check(2)
        select * from pragma_integrity_check
        select * from pragma_integrity_check('xyz')
        select * from pragma_integrity_check('t','aux')
        """);
  }

  @Test
  void nullInAColumnThatMustNotHaveItCountsAsDuplicate() {
    compare(
        """
        create table t(a,b)
        create index ta on t(a)
        create index tb on t(b)
        insert into t values(1,1),(2,2),(2,3),(null,null),(null,null)
        pragma writable_schema=on
        update sqlite_schema set sql='create unique index ta on t(a)' where name='ta'
        update sqlite_schema set sql='create unique index tb on t(b)' where name='tb'
        update sqlite_schema set sql='create table t(a not null,b)' where name='t'
        pragma writable_schema=off
        alter table t rename to u
        pragma integrity_check
        pragma integrity_check(3)
        """);
  }

  @Test
  void columnsWrittenTwiceInAPrimaryKeyCountTwiceInRowidTables() {
    compare(
        """
        create table a(a,b,c,primary key(a,b,a,c))
        pragma table_info(a)
        create table b(a,b,c,primary key(a,b,a,c)) without rowid
        pragma table_info(b)
        create table c(a,b,primary key(a,a,a,b))
        pragma table_info(c)
        create table d(a integer,b,primary key(a,a))
        pragma table_info(d)
        """);
  }

  @Test
  void functionsHaveSqlitesCountsAndFlags() {
    compare(
        """
        select name, type, enc, narg, flags from pragma_function_list where builtin and name not in ('load_extension', 'sqlite_log', 'match') order by 1, 4
        """);
  }
}
