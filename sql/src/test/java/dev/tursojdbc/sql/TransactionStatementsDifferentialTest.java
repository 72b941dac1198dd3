package dev.tursojdbc.sql;

import static dev.tursojdbc.sql.ScriptComparison.compare;

import org.junit.jupiter.api.Test;

/** BEGIN, COMMIT, ROLLBACK and savepoints, as SQLite has them. */
class TransactionStatementsDifferentialTest {
  @Test
  void transactionsDoNotNest() {
    compare(
        """
        begin
        begin
        savepoint a
        release b
        rollback to b
        commit
        commit
        rollback
        end
        release a
        savepoint x
        commit
        release x
        begin immediate
        begin exclusive
        rollback
        begin exclusive
        end
        """);
  }

  @Test
  void rollbackUndoesTheSchemaToo() {
    compare(
        """
        begin
        create table t(a)
        insert into t values(1)
        rollback
        select * from t
        create table t(b)
        begin
        drop table t
        select * from t
        rollback
        select * from t
        begin
        create index i on t(b)
        drop table t
        create table t(x, y)
        insert into t values(1,2)
        commit
        select * from t
        drop index i
        """);
  }

  @Test
  void temporaryTablesHideOthers() {
    compare(
        """
        create table t(a)
        create temp table t(b)
        insert into t values(1)
        insert into main.t values(2)
        select * from t
        select * from main.t
        select * from temp.t
        begin
        insert into t values(3)
        rollback
        select * from t
        select name from sqlite_temp_schema
        drop table t
        select * from t
        """);
  }

  @Test
  void attachedDatabasesHaveTheirNames() {
    compare(
        """
        create table t(a)
        attach ':memory:' as x
        create table x.u(b)
        insert into x.u values(5)
        insert into t select b from u
        select * from t, u
        attach ':memory:' as x
        attach ':memory:' as main
        detach main
        detach nope
        begin
        insert into x.u values(6)
        detach x
        rollback
        select * from x.u
        detach x
        select * from u
        """);
  }
}
