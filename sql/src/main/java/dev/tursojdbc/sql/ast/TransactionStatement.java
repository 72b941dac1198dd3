package dev.tursojdbc.sql.ast;

/** Statements that begin and end transactions and savepoints. */
public sealed interface TransactionStatement extends Statement {

  /** {@code BEGIN [DEFERRED | IMMEDIATE | EXCLUSIVE] [TRANSACTION]}. */
  record Begin(Mode mode) implements TransactionStatement {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** How much a transaction takes when it begins. */
  enum Mode {
    DEFERRED,
    IMMEDIATE,
    EXCLUSIVE
  }

  /** {@code COMMIT} or {@code END}. */
  record Commit() implements TransactionStatement {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** {@code ROLLBACK} of the whole transaction. */
  record Rollback() implements TransactionStatement {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** {@code SAVEPOINT name}. */
  record Savepoint(Name name) implements TransactionStatement {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** {@code RELEASE [SAVEPOINT] name}. */
  record Release(Name name) implements TransactionStatement {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** {@code ROLLBACK [TRANSACTION] TO [SAVEPOINT] name}. */
  record RollbackTo(Name name) implements TransactionStatement {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }
}
