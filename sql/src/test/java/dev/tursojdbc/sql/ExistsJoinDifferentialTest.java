package dev.tursojdbc.sql;

import static dev.tursojdbc.sql.ScriptComparison.compare;

import org.junit.jupiter.api.Test;

/** EXISTS that became a join tests what EXISTS tests. */
class ExistsJoinDifferentialTest {
  @Test
  void rowsWithAPartnerComeOnce() {
    compare(
        """
        create table t(a,b,c)
        create index ta on t(a)
        create index tbc on t(b,c)
        create table u(x integer primary key, y, z)
        create index uy on u(y)
        create table w(k,v,primary key(k,v)) without rowid
        insert into t values(1,2,3),(2,3,4),(null,1,5),(4,4,4),(1,1,1)
        insert into u values(1,2,3),(2,3,3),(4,null,5),(6,1,4)
        insert into w values(1,1),(1,2),(4,5)
        select * from u where exists(select 1 from t where a=u.x)
        select * from u where exists(select 1 from t where b>u.x)
        select * from u where exists(select 1 from t where t.c=u.x)
        select * from u where exists(select 1 from t where t.c=u.x and t.a=1)
        select * from u where exists(select 1 from t where t.a=u.x or t.b=u.y)
        select * from u where exists(select 1 from t where t.b=1)
        select * from u where exists(select 1 from t)
        select * from u where not exists(select 1 from t where a=u.x)
        select * from u where exists(select 1 from t where a=u.x) and exists(select 1 from w where k=u.x)
        select * from u where exists(select 1 from t where a=u.x and exists(select 1 from w where k=t.a))
        select * from u where exists(select 1 from t where a=u.x) order by y
        select * from u where exists(select 1 from t where a=u.x limit 1)
        select * from u where exists(select 1 from t where a=u.x limit 0)
        select * from u where exists(select 1 from t where a=u.x limit 2)
        select * from u where exists(select distinct a from t where a=u.x order by b)
        select * from u where exists(select count(*) from t where a=u.x)
        select * from u, w where exists(select 1 from t where a=u.x) and w.k=u.x
        select * from u, w where exists(select 1 from t where a=u.x and b=w.v)
        select count(*) from u where exists(select 1 from t where a=u.x)
        select y, count(*) from u where exists(select 1 from t where a=u.x) group by y
        select * from u left join w on w.k=u.x where exists(select 1 from t where t.b=w.v)
        select * from w where exists(select 1 from u where u.x=w.k) order by k,v
        select distinct k from w where exists(select 1 from u where u.x=w.k)
        select u.x, (select count(*) from w where exists(select 1 from t where t.a=u.x and t.b=w.v)) from u
        select * from u where exists(select 1 from t t2 where t2.a=u.x) or y=3
        """);
  }
}
