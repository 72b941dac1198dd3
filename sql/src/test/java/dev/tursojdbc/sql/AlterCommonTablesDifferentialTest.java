package dev.tursojdbc.sql;

import static dev.tursojdbc.sql.ScriptComparison.compare;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * ALTER TABLE over definitions with common table expressions: in what the parser forgets they must
 * make sense, elsewhere they need not.
 */
class AlterCommonTablesDifferentialTest {
  private static final List<String> ALTERATIONS =
      List.of(
          "alter table a rename to g",
          "alter table t rename a to a2",
          "alter table t rename to t9",
          "alter table t drop column b",
          "alter table t add column n",
          "alter table q rename c to d2",
          "alter table q add column d3");

  /** What stands before IN (), or is the distance of a frame. */
  static final List<String> FORGOTTEN =
      List.of(
          "(with x as(values(nope)) select 1)",
          "(with x as(select 1) select nope)",
          "(select 1 from (with x as(select nope) select 2))",
          "(with x as(select * ) values(2))",
          "(with x as(select * from missing) values(2))",
          "(with x as(select nope1), y as (select nope2 from x) values(2))",
          "(with x as(select nope1), y as (select * from missing) values(2))",
          "(with x as(select 1) select (with y as (select * from x) select 3))",
          "(with x as(select (with y as (select nope) select 4)) select 1)",
          "(with x as(select a from t) select 1)",
          "(with x as(select zz from t) select 1)",
          "(with x(p,q) as(select 1) select 1)",
          "(with x as(select 1 from y), y as (select 1 from x) select 1)",
          "(with x as(select 1 union all select p from x) select 1)",
          "(with recursive x(p) as(select 1 union all select p+1 from x) select 1)",
          "(with x as(select \"str\") select 1)",
          "(select nope from missing)",
          "(select 1 group by 1 having (with x as (select nope) select 1))",
          "(select 1 from t join t as u on (with x as (select nope) select 1))",
          "(select group_concat(1 order by (with x as (select nope) select 1)))",
          "(select 1 from json_each((with x as (select nope) select 1)))",
          "(select 1 window w as (partition by (with x as (select nope) select 1)))",
          "((with x as (select nope1) select 1) in ())",
          "(with x as (select nope union all select nope2) select 1)");

  private static final List<String> PLACES_OF_IN =
      List.of(
          "create view q as select %s in () as r",
          "create trigger q after insert on t when %s in () begin select 1; end",
          "create trigger q after insert on t begin update t set b=%s in (); end",
          "create table q(c, check(%s in ()))",
          "create table q(c, d as (%s in ()) stored)",
          "create table q(c, d default (%s in ()))",
          "create index q on t((%s in ()))",
          "create index q on t(a) where %s in ()");

  private static final List<String> PLACES_OF_DISTANCES =
      List.of(
          "create view q as select 1 as r window x as (rows between %s preceding and current row)",
          "create view q as select sum(1) over (rows between 1 preceding and %s following) as r");

  /** Of no use to the query behind it. */
  static final List<String> UNUSED =
      List.of(
          "with x as (select nope)",
          "with x as (select a from t), y as (select nope from t)",
          "with x as (select nope from t), y as (select a from t)",
          "with x as (select *)",
          "with x(p,q) as (select a from t)",
          "with x as (select a from t where nope in ())",
          "with x as (select a, (select nope) from t)",
          "with x as (with y as (select a, nope from t) select a from t)");

  private static final List<String> PLACES_OF_UNUSED =
      List.of(
          "create view q as %s select 1",
          "create view q as select a from t where a in (%s select 1)",
          "create trigger q after insert on t when (%s select 1) begin select 1; end",
          "create trigger q after insert on t begin insert into t %s select 1,2; end",
          "create view q as %s select 1 from x");

  private static void compareAll(List<String> places, String part) {
    for (String place : places) {
      StringBuilder script =
          new StringBuilder(
              """
              create table t(a,b)
              create table a(x)
              create view v as select a,b from t
              """);
      script.append(place.formatted(part)).append('\n');
      for (String alteration : ALTERATIONS) {
        script.append("begin\n").append(alteration).append('\n');
        script.append("select sql from sqlite_schema\nrollback\n");
      }
      compare(script.toString());
    }
  }

  @ParameterizedTest
  @FieldSource("FORGOTTEN")
  void makesSenseBeforeAnEmptyList(String forgotten) {
    compareAll(PLACES_OF_IN, forgotten);
  }

  @ParameterizedTest
  @FieldSource("FORGOTTEN")
  void makesSenseAsTheDistanceOfAFrame(String forgotten) {
    compareAll(PLACES_OF_DISTANCES, forgotten);
  }

  @ParameterizedTest
  @FieldSource("UNUSED")
  void needsNoSenseElsewhere(String unused) {
    compareAll(PLACES_OF_UNUSED, unused);
  }
}
