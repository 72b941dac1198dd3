package dev.tursojdbc.sql;

import static dev.tursojdbc.sql.ScriptComparison.compare;

import org.junit.jupiter.api.Test;

/** LIKE and GLOB find by index what they find without. */
class PatternRangeDifferentialTest {
  private static final String TABLE =
      """
      create table t(a text,b,c text collate nocase)
      create index ta on t(a)
      create index tan on t(a collate nocase)
      create index tb on t(b)
      create index tbn on t(b collate nocase)
      create index tc on t(c desc)
      insert into t values('1e5','1e5','1e5'),('-ab','-ab','-ab'),('abc','abc','abc')
      insert into t values('ABD','ABD','ABD'),('ab','ab','ab'),('b','b','b'),(12,12,12)
      insert into t values(x'616263',x'616263',x'616263'),(x'6143',x'6143',x'4143')
      insert into t values('a%',  'a%','a%'),(null,null,null),('été','été','été')
      """;

  @Test
  void textsBlobsAndNumbersMatch() {
    compare(
        TABLE
            + """
            select * from t where a like 'ab%'
            select * from t where a like 'AB%'
            select * from t where a glob 'ab*'
            select * from t where a like 'ab'
            select * from t where b like 'ab%'
            select * from t where b like '1%'
            select * from t where b like '-a%'
            select * from t where b glob 'a*'
            select * from t where b like 'ab!%' escape '!'
            select * from t where b like 'a!%%' escape '!'
            select count(*) from t where c like 'a%'
            """);
  }

  @Test
  void rowsComeInTheOrderOfTheIndex() {
    compare(
        TABLE
            + """
            select * from t where c like 'ab%'
            select * from t where c like 'ab%' order by c
            select * from t where c like 'a%' order by c desc
            select * from t where a glob 'a*' order by a desc
            select * from t where a like 'a%' and a>'ab'
            select * from t where a glob 'a*' and a<'ac'
            select * from t where a like 'ab%' or c like 'b%'
            """);
  }
}
