package dev.tursojdbc.sql;

import static dev.tursojdbc.sql.ScriptComparison.compare;

import org.junit.jupiter.api.Test;

/** RAISE outside of the programs of triggers. */
class RaisePlacesDifferentialTest {
  @Test
  void returningIsATriggerToo() {
    compare(
        """
        create table t(a,b)
        insert into t values(1,2) returning raise(ignore)
        insert into t values(1,2) returning raise(abort,'x')
        select * from t
        insert into t values(1,2) returning a, raise(fail,'x'||a)
        select * from t
        insert into t values(1,2) returning raise(rollback,'r')
        update t set a=3 returning raise(ignore)
        delete from t returning (select raise(abort,'x'))
        select * from t
        insert into t values(1,2) returning raise(ignore), nosuch
        insert into t values(1,2) returning raise(abort, nosuch)
        """);
  }

  @Test
  void ignoringAReturnedRowEndsTheStatement() {
    compare(
        """
        create table t(a,b)
        create table l(x)
        create trigger g1 after insert on t begin insert into l values('g1'||new.a); end
        create trigger g2 after insert on t begin insert into l values('g2'||new.a); end
        insert into t values(1,2),(2,3),(3,4) returning a, case a when 2 then raise(ignore) else b end
        select * from t
        select * from l
        select changes(), total_changes()
        delete from t returning case a when 1 then raise(ignore) else b end
        select * from t
        insert into t values(5,2),(6,3),(7,4) returning a, case a when 6 then raise(fail,'failed') else b end
        select * from t
        select * from l
        """);
  }

  @Test
  void checksWithRaiseHoldForWhatTriggersChange() {
    compare(
        """
        create table c(x check (x<5 or raise(ignore)), y)
        create table d(x check (x<5 or raise(fail,'large')), y)
        insert into c values(1,1)
        insert into c values(nosuch,1)
        update c set y=2
        update c set x=1
        delete from c
        pragma integrity_check
        create table t(a,b)
        create trigger g after insert on t begin insert into c values(new.a,1); insert into d values(new.a+1,1); end
        insert into t values(2,2)
        insert into t values(4,4)
        insert into t values(9,9)
        select * from c
        select * from d
        select * from t
        create table e(a, b as (raise(ignore)))
        create index i on t(raise(ignore))
        create index i on t(a) where raise(abort,'x')
        """);
  }

  @Test
  void elsewhereItIsRefusedWhenAllNamesAreKnown() {
    compare(
        """
        create table t(a,b)
        select raise(ignore)
        select 1 order by raise(ignore)
        select raise(ignore), nosuch
        select raise(ignore), nosuch()
        select raise(abort, nosuch)
        select raise(ignore) as a, a
        select raise(ignore) union select 1,2
        select exists(select raise(ignore))
        select raise(ignore) from nosuch
        with c as (select raise(ignore)) select 1
        with c as (select raise(ignore)) select 1 from c
        values(1),(raise(ignore))
        insert into t values(raise(ignore),1)
        update t set a=1 where raise(ignore)
        delete from t where raise(ignore)
        create view v as select raise(ignore)
        select * from v
        """);
  }
}
