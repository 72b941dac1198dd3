package dev.tursojdbc.sql;

import static dev.tursojdbc.sql.ScriptComparison.compare;

import org.junit.jupiter.api.Test;

/** What subqueries in RETURNING see of the statement's changes and of what triggers do. */
class ReturningSubqueriesDifferentialTest {
  @Test
  void onlySubqueriesOverTheTargetAreComputedForEachRow() {
    compare(
        """
        create table t(id integer primary key, v)
        insert into t values(1,0),(2,0),(3,0)
        create table s(id integer primary key, bump)
        insert into s values(1,1),(2,2),(3,3)
        create trigger au after update on t begin update s set bump=bump+1000 where id=3; end
        create trigger ai after insert on t begin update s set bump=bump+1000 where id=3; end
        create trigger ad after delete on t begin update s set bump=bump+1000 where id=3; end
        savepoint a
        update t set v=1 returning id,(select sum(v) from t)
        rollback to a
        release a
        savepoint a
        update t set v=1 returning id,(select sum(bump)+t.id from s)
        rollback to a
        release a
        savepoint a
        update t set v=1 returning id,1002 in (select bump from s)
        rollback to a
        release a
        savepoint a
        update t set v=1 returning id,1003 in (select bump from s),2003 in (select bump from s)
        rollback to a
        release a
        savepoint a
        update t set v=1 returning id,exists(select 1 from s where bump>1000)
        rollback to a
        release a
        savepoint a
        update t set v=1 returning id,exists(select 1 from s where bump>3000)
        rollback to a
        release a
        savepoint a
        insert into t values(7,7),(8,8),(9,9) returning id,(select sum(bump) from s)
        rollback to a
        release a
        savepoint a
        insert into t values(7,7),(8,8),(9,9) returning id,(select count(*) from t)
        rollback to a
        release a
        savepoint a
        insert into t values(7,7),(8,8),(9,9) returning id,(id in (select id from t))
        rollback to a
        release a
        savepoint a
        insert into t select id+10,v from t returning id,(select count(*) from t)
        rollback to a
        release a
        savepoint a
        delete from t returning id,(select sum(bump) from s)
        rollback to a
        release a
        savepoint a
        delete from t returning id,(select count(*) from t)
        rollback to a
        release a
        savepoint a
        insert into t values(1,7),(2,8) on conflict do update set v=(select sum(bump) from s) returning id,v,(select sum(bump) from s)
        rollback to a
        release a
        savepoint a
        replace into t values(1,7),(2,8) returning id,v,(select count(*) from t)
        rollback to a
        release a
        savepoint a
        update t set v=(select sum(bump) from s) returning id,v
        rollback to a
        release a
        savepoint a
        update t set v=(select sum(v)+1 from t) returning id,v
        rollback to a
        release a
        savepoint a
        update t set v=(select sum(bump) from s)
        select * from t
        rollback to a
        release a
        savepoint a
        insert into t values(7,(select sum(bump) from s)),(8,(select sum(bump) from s))
        select * from t
        rollback to a
        release a
        savepoint a
        update t set v=1 returning id,(select n from (select count(*) n,sum(v) from t))
        rollback to a
        release a
        savepoint a
        update t set v=1 returning id,(select n from (select sum(v) n from t))
        rollback to a
        release a
        savepoint a
        update t set v=1 returning id,(select (select sum(v) from t))
        rollback to a
        release a
        savepoint a
        update t set v=1 returning id,(select max(v) from t where v<0 union all select sum(v) from t limit 1 offset 1)
        rollback to a
        release a
        savepoint a
        with c as (select sum(v) q from t) update t set v=1 returning id,(select q from c)
        rollback to a
        release a
        savepoint a
        create view vw as select sum(v) q from t
        update t set v=1 returning id,(select q from vw)
        rollback to a
        release a
        """);
  }
}
