package dev.tursojdbc.sql;

import static dev.tursojdbc.sql.ScriptComparison.compare;

import org.junit.jupiter.api.Test;

/** INSERT, UPDATE and DELETE, as SQLite has them. */
class ChangeStatementsDifferentialTest {
  @Test
  void insertNeedsAsManyValuesAsColumns() {
    compare(
        """
        create table t(a,b)
        insert into t values(1)
        insert into t(a) values(1,2)
        insert into t(a,b) values(1)
        insert into t(z) values(1)
        insert into t values(1,2),(3)
        insert into t select 1
        insert into t default values
        insert into t(rowid,a) values(7,8)
        insert into t(a,a) values(1,2)
        select rowid,* from t
        create view v as select 1 as x
        insert into v values(1)
        delete from v
        update v set x=1
        insert into sqlite_schema values(1,2,3,4,5)
        delete from sqlite_master
        update t set z=1
        update t set (a,b)=(1)
        update t set (a,b)=(1,2,3)
        update t set (a,b)=(select 1)
        update t set a=1, a=2
        select * from t
        """);
  }

  @Test
  void generatedColumnsTakeNoValues() {
    compare(
        """
        create table g(a, b as (a+1), c as (a+2) stored)
        insert into g(b) values(1)
        update g set b=1
        insert into g values(1,2)
        insert into g values(1)
        select * from g
        """);
  }

  @Test
  void rowidsAreIntegers() {
    compare(
        """
        create table p(a integer primary key)
        insert into p values('x')
        insert into p values(1.5)
        insert into p values('7')
        insert into p values(8.0)
        select a,typeof(a) from p
        update p set a='q' where a=7
        insert into p values(7)
        """);
  }

  @Test
  void strictTablesTakeNoOtherTypes() {
    compare(
        """
        create table s(a int, b text, c real, d blob, e any) strict
        insert into s values('x',1,1,x'00',1)
        insert into s values(1,x'00',1,x'00',1)
        insert into s values('12',12,'1.5',x'00',1)
        insert into s values(1,1,1,1,1)
        select typeof(a),typeof(b),typeof(c),typeof(d),typeof(e) from s
        """);
  }

  @Test
  void constraintsNameWhatFailed() {
    compare(
        """
        create table n(a not null, b unique, check (b<5), constraint foo check (b<>3))
        insert into n values(null,1)
        insert into n values(1,7)
        insert into n values(1,3)
        insert into n values(1,1)
        insert into n values(1,1)
        insert or ignore into n values(1,1)
        insert or ignore into n values(null,2)
        insert or replace into n values(5,1)
        select rowid,* from n
        insert into n values(1,2) on conflict(c) do nothing
        insert into n values(1,2) on conflict(a) do nothing
        insert into n values(9,1) on conflict(b) do update set a=excluded.a+n.a returning *, rowid, a+1 as z, n.a
        update n set a=null
        update n set b=9
        delete from nope
        insert into nope values(1)
        update nope set a=1
        delete from main.nope
        delete from zzz.nope
        """);
  }

  @Test
  void replaceDeletesTheRowsInTheWay() {
    compare(
        """
        create table t(a integer primary key, b unique, c unique)
        insert into t values(1,1,1),(2,2,2),(3,3,3)
        replace into t values(1,2,3)
        select * from t
        insert or ignore into t values(1,9,9),(5,5,5),(6,2,6)
        select * from t
        update or replace t set b=5 where a=1
        select * from t
        update or ignore t set b=1, a=a+10
        select * from t
        create table u(a primary key on conflict replace, b unique on conflict ignore)
        insert into u values(1,1),(2,2)
        insert into u values(1,3)
        insert into u values(7,2)
        select rowid, * from u
        insert or abort into u values(8,3)
        """);
  }

  @Test
  void failKeepsWhatWasDoneAndAbortUndoesIt() {
    compare(
        """
        create table t(a unique)
        insert into t values(3)
        insert into t values(1),(2),(3),(4)
        select * from t
        insert or fail into t values(1),(2),(3),(4)
        select * from t
        begin
        insert into t values(10)
        insert or abort into t values(11),(10)
        select * from t
        insert or fail into t values(12),(10)
        select * from t
        insert or rollback into t values(13),(10)
        select * from t
        commit
        """);
  }

  @Test
  void savepointsNest() {
    compare(
        """
        create table t(a)
        savepoint one
        insert into t values(1)
        savepoint two
        insert into t values(2)
        savepoint two
        insert into t values(3)
        rollback to two
        select * from t
        release two
        rollback to two
        select * from t
        release one
        select * from t
        rollback to one
        begin
        savepoint x
        create table u(a)
        insert into u values(1)
        rollback to x
        select * from u
        create table u(b, c)
        select * from u
        commit
        select * from u
        """);
  }

  @Test
  void upsertUpdatesTheRowInTheWay() {
    compare(
        """
        create table t(a integer primary key, b unique, c default 7)
        insert into t values(1,1,1),(2,2,2)
        insert into t values(1,5,5) on conflict(a) do update set c=c+excluded.c
        insert into t values(9,2,5) on conflict(b) do update set c=excluded.c where c<3
        insert into t values(9,2,6) on conflict(b) do update set c=excluded.c where c<3
        insert into t values(1,2,6) on conflict do nothing
        insert into t values(1,2,6) on conflict(b) do nothing
        insert into t values(1,2,6) on conflict(b) do update set c=20 on conflict(a) do update set c=10
        insert into t values(1,8,6) on conflict(b) do update set c=20 on conflict do update set c=30
        insert into t(b) values(1) on conflict(b) do update set (a,c)=(excluded.a+100,'q') returning a, b, c
        insert into t as x values(2,8,6) on conflict(a) do update set b=x.b||'!'
        select * from t
        """);
  }

  @Test
  void withoutRowidTablesAreKeptByTheirPrimaryKey() {
    compare(
        """
        create table t(a, b, c, d, primary key(c, a)) without rowid
        insert into t values(1,2,3,4),(5,6,7,8),(1,9,2,9)
        insert into t values(1,0,3,0)
        insert into t values(null,0,3,0)
        create index tb on t(b desc)
        create unique index td on t(d)
        select * from t order by b
        update t set a=a+1, b=b*2
        select * from t
        update t set c=0
        update t set c=0, a=2 where b=4
        select * from t
        insert or replace into t values(2,7,0,18)
        select * from t
        delete from t where d=18
        select * from t
        pragma integrity_check
        """);
  }

  @Test
  void updateComputesFromTheOldRow() {
    compare(
        """
        create table t(a integer primary key, b, c)
        insert into t values(1,10,'x'),(2,20,'y'),(3,30,'z')
        update t set b=c, c=b
        select * from t
        update t set a=a+1 where a=3
        update t set a=a+10
        select * from t
        update t set (b,c)=(select 1, 2) where a=11 returning *
        create table s(k, v)
        insert into s values(11,'p'),(12,'q'),(12,'r')
        update t set c=s.v from s where s.k=t.a
        select * from t where a=11
        update t set b=(select count(*) from t t2 where t2.b=t.b)
        select a, b from t
        delete from t where a in (select a from t order by a limit 1) returning a
        delete from t
        select count(*) from t
        """);
  }

  @Test
  void indexesFollowTheirRows() {
    compare(
        """
        create table t(a, b, c as (a||b) stored, d as (b*2))
        create index i1 on t(a, b desc)
        create index i2 on t(c)
        create index i3 on t(d) where d>4
        create index i4 on t(lower(a))
        insert into t(a,b) values('X',1),('Y',2),('z',3),(null,4)
        update t set b=b+1
        delete from t where a='Y'
        insert into t(a,b) select a, b+5 from t
        select * from t
        pragma integrity_check
        pragma quick_check
        """);
  }

  @Test
  void affinityConvertsWhatIsStored() {
    compare(
        """
        create table t(i integer, r real, n numeric, t text, b blob, x)
        insert into t values('1','2','3.0',4,'5','6')
        insert into t values(1.0,2,'abc',4.5,x'35',7.0)
        insert into t values('1e3',' 12 ','0x10',-0.0,null,9223372036854775807)
        insert into t values(9223372036854775807.0, 9007199254740993, '9223372036854775808', 1e300, 1.5, 'z')
        select * from t
        select typeof(i), typeof(r), typeof(n), typeof(t), typeof(b), typeof(x) from t
        """);
  }

  @Test
  void rowsAreVisitedInSqlitesOrder() {
    compare(
        """
        create table t(a,b,c unique)
        create index ta on t(a)
        create index tbc on t(b,c)
        insert into t values(5,1,1),(4,3,2),(1,2,3),(2,1,4),(1,1,5),(3,2,6)
        update t set b=b+1 where a>1 returning a,rowid
        update t set a=a+10 where a>1 returning a,rowid
        update t set b=b+1 where a>1 or b=2 returning a,rowid
        update t set b=b+1 where a in (12,14,1) returning a,rowid
        update or ignore t set c=9 where a>0
        select rowid,* from t order by rowid
        update or ignore t set c=9,a=a+1 where a>0
        select rowid,* from t order by rowid
        delete from t where a<100 returning a,rowid
        create table w(k,v,primary key(k)) without rowid
        create index wv on w(v)
        insert into w values(1,9),(2,8),(3,7)
        update w set v=v+1 where v>6 returning k
        delete from w where v>6 returning k
        """);
  }

  @Test
  void anUpdateTouchesOnlyWhatReadsItsColumns() {
    compare(
        """
        CREATE TABLE t(id INTEGER PRIMARY KEY, a INT NOT NULL, b TEXT UNIQUE, c INT CHECK(c > 0), d INT, g AS (a + d), h AS (g * 2) STORED, CHECK (h < 1000))
        CREATE INDEX t_g ON t(g)
        CREATE INDEX t_p ON t(b) WHERE d > 5
        CREATE INDEX t_e ON t(a * d, c)
        INSERT INTO t(id,a,b,c,d) VALUES(1,1,'x',1,1),(2,2,'y',2,2),(3,3,'z',3,8)
        PRAGMA ignore_check_constraints=1
        INSERT INTO t(id,a,b,c,d) VALUES(4,1,'w',-5,1)
        PRAGMA ignore_check_constraints=0
        UPDATE t SET a = a + 1
        UPDATE t SET c = c + 0 WHERE id = 4
        UPDATE t SET c = c + 0
        UPDATE t SET d = 2000 WHERE id = 1
        UPDATE t SET d = d + 4
        SELECT * FROM t
        SELECT id FROM t WHERE g > 5 ORDER BY g
        SELECT b FROM t WHERE d > 5 ORDER BY b
        SELECT id FROM t WHERE a * d > 4 ORDER BY a*d
        UPDATE t SET b = 'y' WHERE id = 1
        UPDATE OR REPLACE t SET b = 'y' WHERE id = 1
        SELECT * FROM t
        UPDATE t SET id = id + 10
        UPDATE t SET id = id + 10, c = 5
        UPDATE t SET rowid = 100 WHERE b = 'z'
        UPDATE t SET a = NULL WHERE id = 100
        UPDATE t SET b = NULL
        UPDATE t SET b = lower(d)
        SELECT * FROM t
        PRAGMA integrity_check
        INSERT INTO t(id,a,b,c,d) VALUES(100,1,'n',1,1) ON CONFLICT(id) DO UPDATE SET d = excluded.d, b = excluded.b
        INSERT INTO t(id,a,b,c,d) VALUES(100,1,'m',1,1) ON CONFLICT(id) DO UPDATE SET a = 50
        INSERT INTO t(id,a,b,c,d) VALUES(7,1,'n',1,1) ON CONFLICT(b) DO UPDATE SET b = 'q', id = 55 ON CONFLICT DO NOTHING
        SELECT * FROM t
        PRAGMA integrity_check
        CREATE TABLE w(p TEXT, q INT, r INT, s INT, PRIMARY KEY(q,p)) WITHOUT ROWID
        CREATE INDEX w_r ON w(r)
        CREATE UNIQUE INDEX w_s ON w(s)
        INSERT INTO w VALUES('a',1,1,1),('b',2,2,2),('c',3,3,3)
        UPDATE w SET r = r + 1
        UPDATE w SET p = p || 'x' WHERE q > 1
        UPDATE w SET q = 1, p = 'a' WHERE s = 3
        UPDATE OR REPLACE w SET q = 1, p = 'a' WHERE s = 3
        UPDATE w SET s = 3 WHERE q = 2
        SELECT * FROM w
        SELECT * FROM w ORDER BY r
        SELECT * FROM w ORDER BY s
        PRAGMA integrity_check
        """);
  }

  @Test
  void aFailureInReturningUndoesTheStatement() {
    compare(
        """
        CREATE TABLE t(a INT, b INT UNIQUE)
        INSERT INTO t VALUES(1,1),(-9223372036854775808,2)
        BEGIN
        DELETE FROM t RETURNING abs(a)
        SELECT * FROM t
        INSERT INTO t VALUES(-9223372036854775808,3) RETURNING abs(a)
        SELECT * FROM t
        UPDATE t SET b=b+10 RETURNING abs(a)
        SELECT * FROM t
        UPDATE t SET b=b+10 WHERE b=2 RETURNING abs(a)
        SELECT * FROM t
        UPDATE t SET b=1 WHERE b=2
        SELECT * FROM t
        COMMIT
        SELECT * FROM t
        """);
  }

  @Test
  void aRightJoinThroughAnIndexKeepsRowsOfATableWithoutRowid() {
    compare(
        """
        CREATE TABLE k(p TEXT, q INT, c INT, d INT, PRIMARY KEY(p,q)) WITHOUT ROWID
        CREATE INDEX k_c ON k(c)
        INSERT INTO k VALUES('a',1,10,1),('b',2,10,2),('c',3,20,3),('d',4,30,4)
        CREATE TABLE l(x INT, y INT)
        INSERT INTO l VALUES(10,1),(30,9)
        SELECT * FROM l RIGHT JOIN k ON k.c = l.x AND k.d = l.y
        SELECT * FROM l FULL JOIN k ON k.c = l.x AND k.d = l.y
        SELECT * FROM l RIGHT JOIN k ON k.c = l.x
        SELECT l.x, k.c FROM l RIGHT JOIN k ON k.c = l.x
        SELECT l.x, k.p FROM l RIGHT JOIN k ON k.p = l.x
        """);
  }

  @Test
  void updateFromTakesRowsFromQueries() {
    compare(
        """
        create table t(id integer primary key, a, b)
        insert into t values(1,1,1),(2,2,2),(3,3,3)
        create table s(k, x, y)
        insert into s values(1,'p','q'),(3,'r','z')
        update t set (a,b)=(select x,y from s s2 where s2.k=s.k) from s where s.k=t.id
        select * from t
        update t set (a,b)=(select x,y from s where s.k=t.id+1) from (select 1)
        select * from t
        update t set (a,b)=(select 1) from s
        update t set (a,b)=(1,2,3) from s
        update t set (a,b)=(s.x,s.y||id) from s where k=id
        update t set (a)=(select 7) from s where k=id
        update t set (a,b)=5 from s
        update t set (a)=(5) from s where id=1
        select * from t
        update t set (a,b)=(select max(k), count(*) from s), b=s.y from s where id=3 returning *
        update t set (a,b)=(values(8,9)) from s where id=2
        with w(c,d) as (select 11,12) update t set (a,b)=(select c,d from w) from s where id=1
        select * from t
        """);
  }

  @Test
  void ofSeveralJoinedRowsTheLastCounts() {
    for (String table :
        new String[] {
          "t(a, b, c, primary key(a desc, b)) without rowid",
          "t(a, b, c, primary key(b collate nocase, a)) without rowid",
          "t(a integer primary key, b, c)",
          "t(a, b, c)"
        }) {
      compare(
          """
          create table %s
          create table s(x, y)
          create table log(m)
          insert into t values(1,'k','one'),(2,'i','two'),(3,'K','three'),(4,'j','four')
          insert into s values(3,'c'),(1,'a'),(1,'A'),(2,'b'),(3,'C'),(1,'aa'),(4,'d')
          create trigger tr after update on t begin insert into log values(old.c||'>'||new.c); end
          update t set c=y from s where a=x
          select changes()
          select * from t order by a
          select * from log
          update t set c=c||y from s where a=x returning c
          update t set c=y from s where a=x order by y limit 2
          select * from t order by a
          update t set c=c||'-'||y from s where a=x order by c desc limit 2 offset 1
          select * from t order by a
          update t set (b,c)=(select y, y||x) from s where x=a+1
          select * from t order by a
          select count(*) from log
          """
              .formatted(table));
    }
  }

  @Test
  void viewsSeeAllJoinedRows() {
    compare(
        """
        create table t(a, b)
        create table s(x, y)
        create table log(m)
        create view v as select a, b from t
        insert into t values(1,'one'),(2,'two')
        insert into s values(1,'a'),(2,'b'),(1,'c')
        create trigger tr instead of update on v begin insert into log values(new.a||new.b); end
        create trigger td instead of delete on v begin insert into log values(old.a); end
        update v set b=y from s where a=x
        select * from log order by m
        update v set b=y from s where a=x order by y limit 2
        select * from log
        update v set b=y from s where a=x order by y
        update v set b=1 order by a desc
        delete from v order by a desc
        select * from log
        """);
  }

  @Test
  void anOrderNeedsALimit() {
    compare(
        """
        create table t(a, b)
        create table s(x, y)
        insert into t values(1,2),(3,4)
        update t set a=1 order by b
        update t set z=1 order by b
        update t set a=1 from s order by b
        update t set z=1 from s order by b
        delete from t order by a
        delete from t where a=1 order by a
        update t set b=5 order by a desc limit 1
        delete from t order by a limit 1
        select * from t
        """);
  }

  @Test
  void theTargetMayNotBeJoinedUnderTheSameName() {
    compare(
        """
        create table t(a, b)
        create table s(x, y)
        insert into t values(1,2),(3,4)
        insert into s values(1,7),(3,8)
        update t set a=5 from t
        update t set a=5 from s, T
        update t as u set a=5 from t as U
        update t as u set a=5 from s, t as u
        update t set a=5 from s join t
        update t set a=5 from (s join t on x=t.a)
        update t set a=5 from main.t
        update t set a=5 from none
        update t set b=u.b+10 from t as u where u.a=t.a
        select * from t
        update t as u set b=t.b+10 from t where u.a=t.a
        select * from t
        update t set b=y from (select * from t join s on x=a) as q where q.x=t.a
        select * from t
        with t as (select 1 as q, 55 as r) update t set b=99 from t as z
        select * from t
        with t as (select 1 as q, 55 as r) update t set b=98 where a=3
        with t as (select 1 as q, 55 as r) delete from t where a=1
        with t as (select 1 as q, 55 as r) update t set b=99 from t
        select * from t
        """);
  }
}
