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
        insert into t values(801)
        select count(*), changes(), total_changes(), last_insert_rowid() from t
        insert into t values(800)
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
}
