package dev.tursojdbc.sql;

import dev.tursojdbc.sql.ast.TransactionStatement;
import dev.tursojdbc.storage.error.ErrorCode;
import dev.tursojdbc.storage.error.TursoException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** BEGIN, COMMIT, ROLLBACK and savepoints. */
final class TransactionPrograms {
  private TransactionPrograms() {}

  /** A program that touches no page itself and holds for every schema. */
  private abstract static class Control extends RowsProgram {
    final Session session;

    Control(Session session) {
      this.session = session;
    }

    abstract void execute(Transactions transactions);

    @Override
    final List<Object @Nullable []> run() {
      execute(session.transactions());
      return none();
    }

    @Override
    final long reads() {
      return NO_DATABASE;
    }

    @Override
    final long writes() {
      return NO_DATABASE;
    }

    @Override
    final boolean isCurrent() {
      return true;
    }

    /** Refuses what would pull the ground from under a statement that is changing rows. */
    final void requireNoWriter(String action) {
      if (session.isAnyWriterRunning()) {
        throw new TursoException(
            ErrorCode.BUSY, "cannot " + action + " - SQL statements in progress");
      }
    }
  }

  static Program begin(Session session, TransactionStatement.Begin begin) {
    return new Control(session) {
      @Override
      void execute(Transactions transactions) {
        transactions.begin(begin.mode());
      }

      @Override
      boolean isReadOnly() {
        return begin.mode() == TransactionStatement.Mode.DEFERRED;
      }
    };
  }

  static Program commit(Session session) {
    return new Control(session) {
      @Override
      void execute(Transactions transactions) {
        if (!transactions.isAutocommit()) {
          requireNoWriter("commit transaction");
        }
        transactions.commit();
      }
    };
  }

  static Program rollback(Session session) {
    return new Control(session) {
      @Override
      void execute(Transactions transactions) {
        transactions.requireOpen("rollback");
        session.prepareOthersForRollback(transactions.writesBefore());
        transactions.rollbackAll();
      }
    };
  }

  static Program savepoint(Session session, String name) {
    return new Control(session) {
      @Override
      void execute(Transactions transactions) {
        requireNoWriter("open savepoint");
        transactions.savepoint(name);
      }
    };
  }

  static Program release(Session session, String name) {
    return new Control(session) {
      @Override
      void execute(Transactions transactions) {
        transactions.requireSavepoint(name);
        requireNoWriter("release savepoint");
        transactions.release(name);
      }
    };
  }

  static Program rollbackTo(Session session, String name) {
    return new Control(session) {
      @Override
      void execute(Transactions transactions) {
        session.prepareOthersForRollback(transactions.writesBefore(name));
        transactions.rollbackTo(name);
      }
    };
  }
}
