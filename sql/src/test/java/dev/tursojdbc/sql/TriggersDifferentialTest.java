package dev.tursojdbc.sql;

import static dev.tursojdbc.sql.ScriptComparison.compare;

import org.junit.jupiter.api.Test;

/** Triggers, as SQLite fires them. */
class TriggersDifferentialTest {
  @Test
  void rowsOfAStatementFireTriggers() {
    compare(
        """
        create table t(a integer primary key, b text, c)
        create table log(n integer primary key, what, x, y, z)
        create trigger ai after insert on t begin insert into log(what,x,y,z) values('ai',new.a,new.b,new.rowid); end
        create trigger bi before insert on t begin insert into log(what,x,y,z) values('bi',new.a,new.b,typeof(new.b)); end
        create trigger bu before update on t begin insert into log(what,x,y,z) values('bu',old.a,new.b,new.a); end
        create trigger au after update of b, c on t begin insert into log(what,x,y,z) values('au',old.b,new.b,new.a); end
        create trigger bd before delete on t begin insert into log(what,x,y) values('bd',old.a,old.b); end
        create trigger ad after delete on t when old.b > '2' begin insert into log(what,x,y) select 'ad',old.a,count(*) from t; end
        insert into t(b) values(1),(2),('x')
        insert into t values(10,'y',null)
        insert into t select a+100,b,c from t
        select changes(), total_changes(), last_insert_rowid()
        update t set a=11 where a=10
        update t set b=b||'!', c=a where a<20
        select changes(), total_changes(), last_insert_rowid()
        delete from t where a=2
        delete from t
        select changes(), total_changes(), last_insert_rowid()
        select * from log
        select type,name,tbl_name,rootpage,sql from sqlite_schema
        drop trigger ai
        drop trigger if exists ai
        drop trigger ai
        insert into t(b) values(1)
        select * from log where n>40
        drop table t
        select name from sqlite_schema
        """);
  }

  @Test
  void triggersFitTheirTable() {
    compare(
        """
        create table t(a)
        create view v as select a, a+1 as b from t
        create trigger r after insert on t begin select 1; end
        create trigger x after insert on nosuch begin select 1; end
        create temp trigger x after insert on nosuch begin select 1; end
        create temp trigger temp.x after insert on t begin select 1; end
        create trigger aux.x after insert on t begin select 1; end
        create trigger main.x after insert on temp.t begin select 1; end
        create trigger x after insert on t begin select ?; end
        create trigger [x y] after insert on t begin select 1 from main.t, temp.z; end
        create trigger x after insert on t begin select new.a in aux.z; end
        create view vv as select * from (select * from temp.t)
        create trigger x after insert on t begin insert into t values(1) returning a; end
        create trigger x after insert on t begin insert into main.t values(1); end
        create trigger x after insert on sqlite_master begin select 1; end
        create trigger x after insert on v begin select 1; end
        create trigger x before insert on main.v begin select 1; end
        create trigger x instead of insert on t begin select 1; end
        create trigger "r" after insert on t begin select 1; end
        create trigger r after insert on t begin select 1; end
        create trigger if not exists r after insert on nosuch begin select 1; end
        create trigger if not exists r after insert on t begin select ?; end
        create trigger sqlite_x after insert on t begin select 1; end
        insert into v values(1,2)
        update v set a=1
        delete from v
        create trigger x after insert on t begin insert into nosuch values(1); end
        insert into t values(1)
        drop trigger x
        create trigger x after insert on t begin select old.a; end
        insert into t values(1)
        drop trigger main.x
        create trigger x after insert on t begin select New.zz; end
        insert into t values(1)
        drop trigger temp.x
        drop trigger x
        create trigger x after update of zz on t begin select New.zz; end
        update t set a=1
        drop trigger x
        create trigger x after delete on t when zz begin select 1; end
        delete from t
        drop trigger x
        create trigger x after delete on t begin select raise(abort, 'a ' || old.a); end
        insert into t values(1)
        delete from t
        delete from t where a=1
        select raise(ignore)
        select name, sql from sqlite_schema
        """);
  }

  @Test
  void triggersFireThemselvesIfTheyMay() {
    compare(
        """
        create table t(a)
        create trigger r after insert on t when new.a<1100 begin insert into t values(new.a+1); end
        insert into t values(1090)
        select * from t
        pragma recursive_triggers=on
        insert into t values(1090)
        select * from t
        delete from t
        insert into t values(101)
        select count(*), changes(), total_changes(), last_insert_rowid() from t
        insert into t values(100)
        select count(*) from t
        create table u(k primary key, n)
        create trigger ud after delete on u begin insert into t values('gone ' || old.k || old.n); end
        create trigger ub before delete on u begin insert into t values('goes ' || old.k || old.n); end
        insert into u values(1,'x')
        replace into u values(1,'y')
        insert or replace into u values(1,'z'),(1,'zz')
        update or replace u set k=1, n='w'
        insert into u values(2,'b')
        update or replace u set k=1
        select * from u
        select * from t where typeof(a)='text'
        pragma recursive_triggers=off
        replace into u values(1,'y')
        select * from t where typeof(a)='text'
        """);
  }

  @Test
  void raiseDecidesWhatIsUndone() {
    compare(
        """
        create table t(a integer primary key, b)
        create table log(x)
        create trigger bi before insert on t begin insert into log values('bi ' || new.b); select case new.b when 'i' then raise(ignore) when 'a' then raise(abort,'no a') when 'f' then raise(fail,'no f') when 'r' then raise(rollback,'no r') end; end
        create trigger ai after insert on t when new.b='late' begin select raise(ignore); insert into log values('never'); end
        create trigger ai2 after insert on t begin insert into log values('ai ' || new.b); end
        insert into t(b) values('x'),('i'),('y'),('late'),('z')
        select changes(), total_changes(), last_insert_rowid()
        select * from t
        select * from log
        begin
        insert into t(b) values('k'),('a'),('l')
        select changes(), total_changes()
        select count(*) from t
        insert into t(b) values('k'),('f'),('l')
        select changes(), total_changes()
        select count(*) from t
        insert into t(b) values('k'),('r'),('l')
        select count(*) from t
        commit
        insert or ignore into t(b) values('a')
        insert or fail into t(b) values('q'),('a')
        select count(*), changes() from t
        create trigger bu before update on t when old.b='y' begin select raise(ignore); end
        create trigger bd before delete on t when old.b='z' begin select raise(ignore); end
        update t set b=b||'1'
        select changes()
        select * from t
        update t set b='z' where b='z1'
        delete from t
        select changes()
        select * from t
        delete from t returning *
        """);
  }

  @Test
  void theStatementsConflictActionGoesFirst() {
    compare(
        """
        create table t(a primary key, b)
        create table u(a primary key, b)
        create trigger ai after insert on t begin insert or ignore into u values(new.a, new.b); end
        insert into u values(1,'old'),(2,'old')
        insert into t values(1,'n')
        select * from u
        insert or replace into t values(1,'r')
        select * from u
        insert or abort into t values(2,'n')
        insert or fail into t values(2,'n')
        select * from t
        select * from u
        create trigger au after update on t begin update or replace u set a=new.a where a=old.a; end
        update t set a=2 where a=1
        select * from u
        update or ignore t set a=3
        select * from u
        create trigger ad after delete on t begin insert or replace into u values(old.a,'d'); end
        delete from t
        select * from u
        """);
  }

  @Test
  void viewsAreChangedByTheirTriggers() {
    compare(
        """
        create table t(a integer primary key, b text)
        create table log(x, y, z, w)
        insert into t values(1,'one'),(2,'two'),(3,'three')
        create view v(k, name, twice) as select a, b, a*2 from t where a<100
        create trigger vi instead of insert on v begin insert into t values(new.k, new.name); insert into log values('i', new.k, new.name, typeof(new.twice)); end
        create trigger vu instead of update of name on v begin update t set b=new.name where a=old.k; insert into log values('u', old.name, new.name, new.twice); end
        create trigger vd instead of delete on v when old.k<>2 begin delete from t where a=old.k; insert into log values('d', old.k, old.name, old.twice); end
        insert into v values(10,'ten',null)
        insert into v(name) values('auto'),('auto2')
        insert into v(name, k) select name||'!', k+50 from v where k<3
        insert into v default values
        insert into v values('x1','bad',1)
        insert into v(zz) values(1)
        insert into v values(1)
        insert into v values(11,'eleven',7) returning *, k+1 as kk
        insert into v values(12,'t',7) on conflict do nothing
        select changes(), total_changes(), last_insert_rowid()
        update v set name=name||'?' where k<=2
        update v set name=upper(name), k=99 where twice=6 returning *
        update v set k=5
        update v set name=x.n from (select 10 as q, 'TEN' as n) x where k=x.q
        select changes(), total_changes()
        delete from v where k<3
        delete from v where name like 'a%' returning k
        select * from v
        select * from t
        select * from log
        create view w as select a from t union all select 7
        create trigger wd instead of delete on w begin insert into log values('w', old.a, 0, 0); end
        delete from w
        delete from w where a=7
        select count(*) from log
        insert into v(rowid, name) values(1,'q')
        select rowid from v
        drop view v
        select name from sqlite_schema
        """);
  }

  @Test
  void upsertsFireTriggersOfBothKinds() {
    compare(
        """
        create table t(a primary key, b, c default 'd')
        create table log(id integer primary key, x, y, z)
        create trigger bi before insert on t begin insert into log(x,y) values('bi', new.a); end
        create trigger ai after insert on t begin insert into log(x,y) values('ai', new.a); end
        create trigger bu before update on t begin insert into log(x,y,z) values('bu', old.b, new.b); end
        create trigger au after update on t begin insert into log(x,y,z) values('au', old.b, new.b); end
        create trigger ac after update of c on t begin insert into log(x,y,z) values('ac', old.c, new.c); end
        insert into t(a,b) values(1,1) on conflict(a) do update set b=excluded.b+10
        insert into t(a,b) values(1,2),(2,2) on conflict(a) do update set b=excluded.b+10
        insert into t(a,b) values(1,3) on conflict(a) do update set c='x' where b=0
        insert into t(a,b) values(1,3) on conflict do nothing
        insert into t(a,b) values(1,3) on conflict(a) do update set c='x' returning *
        select changes(), total_changes(), last_insert_rowid()
        select * from t
        select * from log
        """);
  }

  @Test
  void changesAreOfTheInnermostStatement() {
    compare(
        """
        create table t(a)
        create table u(n integer primary key, a)
        create table log(id integer primary key, c, tc, lr)
        create trigger ai after insert on t begin insert into log(c,tc,lr) values(changes(),total_changes(),last_insert_rowid()); insert into u(a) values(new.a),(new.a); insert into log(c,tc,lr) values(changes(),total_changes(),last_insert_rowid()); update u set a=a+1; insert into log(c,tc,lr) select changes(),total_changes(),last_insert_rowid(); delete from u where a>100; insert into log(c,tc,lr) select changes(),total_changes(),last_insert_rowid(); end
        insert into t values(1)
        select changes(), total_changes(), last_insert_rowid()
        insert into t values(2),(3),(100)
        select changes(), total_changes(), last_insert_rowid()
        select * from log
        select * from u
        pragma count_changes=1
        insert into t values(7),(8)
        update t set a=a
        delete from t where a=7
        """);
  }

  @Test
  void aTriggerMayChangeTheRowThatFiredIt() {
    compare(
        """
        create table t(a integer primary key, b, c, g as (b||'-'||c))
        create table log(x, y, z)
        insert into t values(1,'b1','c1'),(2,'b2','c2'),(3,'b3','c3')
        create trigger bu before update of b on t begin update t set c='changed' where a=old.a; delete from t where a=old.a+1; end
        create trigger au after update of b on t begin insert into log values(old.c, new.c, old.g||new.g); end
        update t set b=b||'!'
        select changes(), total_changes()
        select * from t
        select * from log
        delete from log
        create trigger bd before delete on t begin update t set b='dying' where a=old.a; insert into log values(old.b, old.g, (select b from t where a=old.a)); end
        create trigger ad after delete on t begin insert into log values('after', old.b, (select count(*) from t)); end
        delete from t where a=1
        select * from log
        create trigger bd2 before delete on t begin delete from t where a=old.a; end
        delete from t
        select changes(), total_changes()
        select * from log
        select * from t
        create trigger bi before insert on t begin insert or ignore into log values(new.a, new.b, new.g); delete from log where x='after'; end
        insert into t(b,c) values('p','q')
        insert into t(a,b,c) values('7','p','q')
        insert into t(a,b) values('x','p')
        select * from log
        create table n(k integer primary key, s text, r real)
        create trigger ni before insert on n begin insert into n values(coalesce(nullif(new.k,-1),1)+1, new.s, new.r) ; select typeof(new.s), typeof(new.r), new.k; insert into log values(typeof(new.s), typeof(new.r), new.k); end
        insert into n(s,r) values(5,6)
        insert into n values(100,5,6)
        select * from n
        select * from log
        """);
  }

  @Test
  void temporaryTriggersWatchOtherDatabases() {
    compare(
        """
        create table t(a)
        create table log(x)
        create temp table tlog(id integer primary key autoincrement, x)
        create temp trigger tt1 after insert on t begin insert into tlog(x) values('tt1 '||new.a); end
        create temp trigger tt2 after insert on main.t begin insert into tlog(x) values('tt2 '||new.a); insert into log values('from temp'); end
        create trigger m1 after insert on t begin insert into log values('m1'); end
        create trigger m2 after insert on t begin insert into log values('m2'); end
        insert into t values(1),(2)
        begin
        insert into t values(3)
        rollback
        select * from log
        select * from tlog
        create temp trigger abt before insert on t when new.a='bad' begin select raise(abort, 'bad'); end
        begin
        insert into t values(5),('bad')
        commit
        select count(*) from tlog
        select count(*) from t
        select name, tbl_name, sql from sqlite_temp_schema
        create temp table t(a)
        insert into t values(1)
        select count(*) from tlog
        create trigger on_temp after insert on t begin insert into tlog(x) values('on temp'); end
        insert into temp.t values(1)
        insert into main.t values(9)
        select * from tlog
        select name from sqlite_schema where type='trigger'
        select name from sqlite_temp_schema where type='trigger'
        drop trigger tt1
        drop trigger main.m1
        drop trigger temp.m2
        drop table temp.t
        select name from sqlite_temp_schema where type='trigger'
        drop table main.t
        select name from sqlite_temp_schema where type='trigger'
        create table t(a)
        insert into t values('bad')
        """);
  }

  @Test
  void foreignKeyActionsFireTriggers() {
    compare(
        """
        pragma foreign_keys=on
        create table p(id integer primary key, n)
        create table c(id integer primary key, p references p on delete cascade on update set null, v)
        create table log(id integer primary key, x, y, z)
        create trigger pd after delete on p begin insert into log(x,y,z) values('pd', old.id, (select count(*) from c)); end
        create trigger pb before delete on p begin insert into log(x,y,z) values('pb', old.id, (select count(*) from c)); end
        create trigger cd after delete on c begin insert into log(x,y,z) values('cd', old.id, old.p); end
        create trigger cb before delete on c when old.v='keep' begin select raise(ignore); end
        create trigger cu after update on c begin insert into log(x,y,z) values('cu', old.p, new.p); end
        insert into p values(1,'a'),(2,'b'),(3,'c')
        insert into c values(10,1,'x'),(11,1,'y'),(20,2,'z'),(30,3,'keep')
        delete from p where id=1
        update p set id=22 where id=2
        delete from p where id=3
        select changes(), total_changes()
        select * from p
        select * from c
        select * from log
        create trigger ci before insert on c begin insert or ignore into p values(new.p,'made'); end
        insert into c values(50,77,'made for me')
        insert into c(p) values(78)
        select * from p
        create trigger ca after insert on c begin delete from p where id=new.p; end
        insert into c values(60,80,'gone')
        select * from c
        """);
  }

  @Test
  void bodiesMayBeAnyStatement() {
    compare(
        """
        create table t(a, b)
        create table u(k integer primary key autoincrement, v unique)
        create table w(k primary key, n) without rowid
        create table log(x, y)
        create trigger t1 after insert on t begin insert into u(v) with c(q) as (select new.a union all select q||'+' from c where length(q)<3) select q from c; end
        create trigger t2 after insert on t begin insert into w values(new.b,1) on conflict(k) do update set n=n+excluded.n where new.a<>'skip'; end
        create trigger t3 after insert on t begin update w set n=n+s.a from (select 100 as a where new.a='from') s where k=new.b; end
        create trigger t4 after insert on t begin select (select count(*) from u), max(v) from u; insert into log select count(*), new.a from t where a in (select v from u); insert into t select a||a, b from t where new.a='self' and a<>'selfself'; end
        insert into t values('a','k1')
        insert into t values('b','k1'),('skip','k1')
        insert into t values('from','k1')
        insert into t values('self','k2')
        insert into t values('a','k3')
        select * from t
        select * from u
        select * from w
        select * from log
        select * from sqlite_sequence
        create trigger t5 after update of a on t begin delete from w where k=old.b; insert into log values(new.rowid, old.rowid); end
        update t set a='z' where a='self'
        update t set rowid=rowid+100 where a='z'
        select rowid, * from t
        select * from w
        select * from log
        create table s(a integer primary key, b text not null, c check(c>0))
        create trigger s1 before insert on s begin insert into log values('s1', new.b); end
        insert into s values(1,null,1)
        insert or ignore into s values(1,null,1),(2,'x',-1),(3,'x',1)
        select * from log where x='s1'
        select * from s
        """);
  }

  @Test
  void eachLevelComputesItsSubqueriesAnew() {
    compare(
        """
        pragma recursive_triggers=on
        create table t(n integer primary key, a, b, c)
        create trigger r after insert on t when (select count(*) from t) < 6 begin insert into t(a,b,c) with s(x) as materialized (select new.a+count(*) from t) select (select count(*) from t), (select x from s), new.n in (select n-1 from t) from s; end
        insert into t(a) values(100)
        select * from t
        create table u(k)
        create trigger ur after insert on u begin insert into t(a,b) select new.k, (select max(n) from t) where exists(select 1 from t where a=new.k+1); end
        insert into u values(99),(1),((select count(*) from u)),((select count(*) from u))
        select * from t
        select * from u
        """);
  }

  @Test
  void triggersOfReplacedRowsLeaveTheUpdatedTableAlone() {
    compare(
        """
        pragma recursive_triggers=on
        create table t(a unique, b unique)
        create table log(x)
        create trigger td after delete on t begin delete from t where a<>old.a; end
        insert into t values(1,null),(0,null)
        update or replace t set b=1
        select * from t
        replace into t values(5,null),(5,null)
        select * from t
        update or replace t set b=1
        drop trigger td
        create trigger td before delete on t begin insert into log values(old.a); end
        insert into t values(6,7),(8,9)
        update or replace t set b=1
        select * from t
        select * from log
        create table w(a primary key, b unique) without rowid
        create trigger wd after delete on w begin delete from w; end
        insert into w values(1,1),(2,2)
        update or replace w set b=0
        select * from w
        """);
  }
}
