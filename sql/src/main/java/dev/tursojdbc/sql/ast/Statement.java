package dev.tursojdbc.sql.ast;

/** One SQL statement as it was written. */
public sealed interface Statement
    permits SelectStatement,
        InsertStatement,
        UpdateStatement,
        DeleteStatement,
        CreateTableStatement,
        CreateIndexStatement,
        CreateViewStatement,
        CreateTriggerStatement,
        CreateVirtualTableStatement,
        AlterTableStatement,
        DropStatement,
        TransactionStatement,
        DatabaseStatement,
        PragmaStatement,
        ExplainStatement {

  <R> R accept(Visitor<R> visitor);

  /** One answer for each kind of statement. */
  interface Visitor<R> {
    R visit(SelectStatement select);

    R visit(InsertStatement insert);

    R visit(UpdateStatement update);

    R visit(DeleteStatement delete);

    R visit(CreateTableStatement create);

    R visit(CreateIndexStatement create);

    R visit(CreateViewStatement create);

    R visit(CreateTriggerStatement create);

    R visit(CreateVirtualTableStatement create);

    R visit(AlterTableStatement alter);

    R visit(DropStatement drop);

    R visit(TransactionStatement.Begin begin);

    R visit(TransactionStatement.Commit commit);

    R visit(TransactionStatement.Rollback rollback);

    R visit(TransactionStatement.Savepoint savepoint);

    R visit(TransactionStatement.Release release);

    R visit(TransactionStatement.RollbackTo rollback);

    R visit(DatabaseStatement.Attach attach);

    R visit(DatabaseStatement.Detach detach);

    R visit(DatabaseStatement.Vacuum vacuum);

    R visit(DatabaseStatement.Analyze analyze);

    R visit(DatabaseStatement.Reindex reindex);

    R visit(PragmaStatement pragma);

    R visit(ExplainStatement explain);
  }
}
