package dev.tursojdbc.sql;

import static dev.tursojdbc.sql.ScriptComparison.compare;

import org.junit.jupiter.api.Test;

/** What is wrong with USING and NATURAL, and which of several errors is told. */
class UsingErrorsDifferentialTest {
  @Test
  void columnsToJoinByAreMissedBeforeOthers() {
    compare(
        """
        create table t(a,b)
        create table u(a,c)
        create view v as select nosuch
        select nosuch from t join u using(zz)
        select * from t join (select nosuch) using(zz)
        select * from t join (select nosuch as zz) using(zz)
        select * from (select nosuch) join t using(zz)
        select * from (select nosuch as a) join t using(a)
        select nosuch, (select 1 from nosuch) from t join u using(zz)
        select (select 1 from nosuch), nosuch from t join u using(a)
        select * from t join u using(zz) union select nosuch
        select nosuch union select * from t join u using(zz)
        select nosuch, (select * from t join u using(zz))
        with c as (select nosuch) select * from c join t using(zz)
        with c(a,b) as (select 1) select * from t join u using(zz) join c
        with c(a,b) as (select 1) select * from t join c using(zz)
        with c(a,b) as (select nosuch, 1) select * from t join c using(b) where nosuch2
        select * from t left join u using(zz) limit nosuch
        select x.* from t join u using(zz)
        select *, x.* from t join u using(zz)
        select * from (select nosuch from t), (select * from t join u using(zz))
        select * from (select 1 as a) s join (select nosuch from u) r using (zz)
        select * from t join (select * from u where nosuch) using (zz)
        select * from t join (select * from u where nosuch) using (c)
        select nosuch from t natural join u on 1
        select * from t natural join (select nosuch as a) on 1
        """);
  }

  @Test
  void tablesAreMissedBeforeColumnsToJoinBy() {
    compare(
        """
        create table t(a,b)
        create table u(a,c)
        create view v as select nosuch
        select * from t join u using(zz) join nosuch
        select * from (t join u using(zz)) join nosuch
        select * from t join u using(zz), (select 1 from nosuch)
        select * from t natural join u on 1 join nosuch
        select * from t join u using(zz) join v
        select * from u left join (t join t x) using (b) join nosuch
        select nosuch from u join (t join t x) using (b)
        """);
  }

  @Test
  void aThousandColumnsAreTooManyToJoinBy() {
    String most = "a" + ",a".repeat(998);
    String script =
        """
        create table t(a,b)
        create table u(a,c)
        insert into t values(1,2)
        insert into u values(1,3)
        select * from t join u using(%1$s)
        select * from t join u using(%1$s,a)
        select * from t left join u using(%1$s,a)
        select * from t full join u using(%1$s,a)
        select * from t join u using(%1$s) join u x using(a)
        """;
    compare(script.formatted(most));
  }
}
