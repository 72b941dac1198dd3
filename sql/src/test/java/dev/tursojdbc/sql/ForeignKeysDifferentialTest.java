package dev.tursojdbc.sql;

import static dev.tursojdbc.sql.ScriptComparison.compare;

import org.junit.jupiter.api.Test;

/** Foreign keys, as SQLite enforces them. */
class ForeignKeysDifferentialTest {
  @Test
  void childrenNeedParents() {
    compare(
        """
        pragma foreign_keys=on
        create table p(id integer primary key, u text collate nocase unique, n int, m, unique(n,m))
        create table c(a references p, b references p(u), x, y, foreign key(x,y) references p(m,n))
        insert into p values(1,'One',1,'m')
        insert into c(a) values(1),('1'),(1.0),(null)
        insert into c(a) values(2)
        insert into c(a) values(1),(2)
        insert into c(a) values('x')
        insert into c(a) values(1.5)
        insert into c(a) values(x'31')
        insert into c(b) values('ONE'),('one')
        insert into c(b) values('two')
        insert into c(x,y) values('m','1'),('m',null),(null,7)
        insert into c(x,y) values('m',2)
        update c set a=3 where a=1
        update c set a=1
        update c set b='uno'
        update c set x='q' where y is not null
        delete from p
        delete from p where id=2
        update p set id=2
        update p set u='ONE'
        update p set u='zwei'
        update p set m='mm'
        update p set n=1.0
        select *, typeof(a) from c
        select changes(), total_changes()
        pragma foreign_key_check
        """);
  }

  @Test
  void actionsChangeChildrenDownToTheLast() {
    compare(
        """
        pragma foreign_keys=on
        create table a(id integer primary key)
        create table b(id integer primary key, a references a on delete cascade on update cascade)
        create table c(b references b on delete set null on update cascade, d default 7 references a on delete set default on update set null)
        create table e(x references c2(k) on update cascade on delete cascade, t text)
        create table c2(k primary key, b references b on delete cascade on update set default) without rowid
        insert into a values(1),(2),(7)
        insert into b values(10,1),(11,1),(20,2)
        insert into c values(10,1),(11,2),(20,7)
        insert into c2 values('k1',10),('k2',20)
        insert into e values('k1','x'),('k2','y'),('k1','z')
        delete from a where id=1
        select changes(), total_changes(), last_insert_rowid()
        select * from b
        select * from c
        select * from c2
        select * from e
        update a set id=3 where id=2
        select changes(), total_changes()
        select * from b
        select * from c
        update c2 set k='k9'
        select * from e
        update b set id=99
        select * from c
        select * from c2
        delete from a where id=7
        select * from c
        pragma foreign_key_check
        pragma foreign_key_list(c)
        """);
  }

  @Test
  void restrictDoesNotWait() {
    compare(
        """
        pragma foreign_keys=on
        create table p(id integer primary key, x)
        create table c(p references p on delete restrict on update restrict deferrable initially deferred)
        insert into p values(1,1),(2,2)
        insert into c values(1)
        begin
        delete from p where id=1
        update p set id=5 where id=1
        update p set id=1, x=3 where id=1
        delete from p where id=2
        pragma defer_foreign_keys=on
        delete from p
        commit
        insert into p values(1,1)
        commit
        pragma defer_foreign_keys
        select * from p
        """);
  }

  @Test
  void deferredKeysAreCheckedAtCommit() {
    compare(
        """
        pragma foreign_keys=on
        create table p(id integer primary key)
        create table c(id integer primary key, p references p deferrable initially deferred)
        insert into c values(1,1)
        select * from c
        begin
        insert into c values(1,1)
        commit
        savepoint s
        insert into c values(2,2)
        rollback to s
        release s
        insert into p values(1)
        commit
        begin
        delete from p
        savepoint s
        insert into p values(1)
        rollback to s
        commit
        update c set p=null
        commit
        savepoint s
        insert into c values(3,3)
        release s
        rollback
        begin
        pragma foreign_keys=off
        pragma foreign_keys
        insert into c values(4,4)
        insert into c values(4,5)
        insert into p values(4)
        commit
        pragma foreign_keys=off
        insert into c values(7,7)
        pragma foreign_keys=on
        insert into p values(7)
        delete from p where id=7
        delete from c where id=7
        select * from c
        """);
  }

  @Test
  void aRowMayBeItsOwnParent() {
    compare(
        """
        pragma foreign_keys=on
        create table t(id integer primary key, up references t on delete cascade on update cascade)
        insert into t values(1,1),(2,1),(3,2),(4,4)
        insert into t values(5,6)
        insert into t values(6,7),(7,6)
        update t set id=10 where id=1
        select * from t
        delete from t where id=10
        select * from t
        delete from t
        create table k(a text primary key, b references k) without rowid
        insert into k values('a','a'),('b','a')
        insert into k values('c','d')
        delete from k where a='a'
        delete from k where a='b'
        delete from k where a='a'
        create table u(id integer primary key, k int unique, r references u(k))
        insert into u values(1,1,'1')
        insert into u values(1,1,1)
        update u set k=2
        update u set k=2, r=2
        update u set r=3
        select * from u
        """);
  }

  @Test
  void parentsMustHaveTheKey() {
    compare(
        """
        pragma foreign_keys=on
        create table c1(a references nowhere)
        create table c2(a references p(x))
        create table c3(a references p)
        create table c4(a, b, foreign key(a,b) references p)
        create table p(x, y)
        insert into c1 values(1)
        insert into c1 values(null)
        insert into c2 values(1)
        insert into c3 values(1)
        insert into p values(1,2)
        insert into p values(1,2),(3,4)
        update p set y=1
        update p set x=1
        delete from p
        delete from c2
        create unique index px on p(x collate nocase)
        insert into c2 values(1)
        create unique index px2 on p(x) where y
        insert into c2 values(1)
        create unique index px3 on p(x)
        insert into c2 values(null)
        pragma foreign_key_check
        pragma foreign_key_check(c2)
        pragma foreign_key_check(c1)
        pragma foreign_key_check(nothere)
        drop table p
        drop table c1
        create view v as select 1 as x
        create table c5(a references v(x))
        insert into c5 values(1)
        """);
  }

  @Test
  void replaceDeletesParents() {
    compare(
        """
        pragma foreign_keys=on
        create table p(id integer primary key, u unique)
        create table c(p references p on delete cascade, q references p(u) on delete set null)
        insert into p values(1,'a'),(2,'b')
        insert into c values(1,'a'),(2,'b')
        replace into p values(1,'x')
        select * from c
        replace into p values(3,'b')
        select * from c
        create table d(p references p)
        insert into d values(1)
        replace into p values(1,'y')
        replace into p values(1,'z'),(2,'w')
        replace into p values(9,'z')
        update or replace p set id=1 where id=2
        update or replace p set id=3 where id=2
        insert into p values(1,'n') on conflict(id) do update set id=8
        insert into p values(1,'n') on conflict(id) do update set u='m'
        insert or ignore into d values(77)
        insert or fail into d values(1),(77)
        insert or rollback into d values(77)
        select * from p
        select * from d
        """);
  }

  @Test
  void dropTableDeletesFirst() {
    compare(
        """
        pragma foreign_keys=on
        create table p(id integer primary key)
        create table c(p references p)
        create table s(p references p on delete cascade)
        insert into p values(1),(2)
        insert into s values(1)
        insert into c values(1)
        drop table p
        select * from s
        delete from c
        drop table p
        select * from s
        select changes(), total_changes()
        create table p(id integer primary key)
        create table d(p references p deferrable initially deferred)
        insert into p values(1)
        insert into d values(1)
        drop table p
        begin
        drop table p
        commit
        create table p(id integer primary key)
        insert into p values(1)
        commit
        drop table d
        begin
        create table d(p references p deferrable initially deferred)
        insert into d values(5)
        drop table d
        commit
        select name from sqlite_schema
        """);
  }

  @Test
  void checkFindsRowsWithoutParents() {
    compare(
        """
        create table p(id integer primary key, t text collate nocase unique)
        create table c(a references p, b references p(t), d references nowhere)
        create table w(k primary key, p references p) without rowid
        insert into p values(1,'x')
        insert into c values(1,'X',null),(2,null,3),(null,'y',4)
        insert into w values('a',1),('b',2)
        pragma foreign_key_check
        pragma foreign_key_check(w)
        pragma main.foreign_key_check(c)
        pragma temp.foreign_key_check
        pragma foreign_key_list(c)
        """);
  }

  @Test
  void actionsFollowEachOtherToAThousandLevels() {
    compare(
        """
        pragma foreign_keys=on
        create table t(id integer primary key, up references t on delete cascade)
        with recursive n(i) as (select 1 union all select i+1 from n where i<900) insert into t select i, nullif(i-1,0) from n
        delete from t where id=1
        select count(*) from t
        with recursive n(i) as (select 1 union all select i+1 from n where i<1100) insert into t select i, nullif(i-1,0) from n
        delete from t where id=1
        select count(*) from t
        """);
  }

  @Test
  void updatesOfKeysRequireAllThatNameTheTableToFit() {
    compare(
        """
        PRAGMA foreign_keys = 1
        CREATE TABLE t1(x INTEGER PRIMARY KEY)
        CREATE TABLE t0(a, b REFERENCES t1(x) ON DELETE SET DEFAULT)
        CREATE TABLE t3(y REFERENCES t0 ON UPDATE SET NULL)
        REPLACE INTO t1 VALUES(13)
        UPDATE t0 SET a=1
        UPDATE t0 SET b=1
        DELETE FROM t1
        DELETE FROM t0
        CREATE TABLE p(i, "a" REFERENCES p ON UPDATE CASCADE)
        UPDATE p SET i= '000'
        UPDATE p SET a= '000'
        INSERT INTO p VALUES(1,NULL)
        CREATE TABLE q(k PRIMARY KEY, b REFERENCES q(zz), c REFERENCES q(k), d)
        INSERT INTO q VALUES(1,NULL,NULL,1)
        UPDATE q SET d=2
        UPDATE q SET c=1
        UPDATE q SET k=1
        UPDATE q SET b=1
        """);
  }
}
