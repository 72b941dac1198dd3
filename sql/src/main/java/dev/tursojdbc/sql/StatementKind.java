package dev.tursojdbc.sql;

import dev.tursojdbc.sql.ast.DatabaseStatement;
import dev.tursojdbc.sql.ast.DeleteStatement;
import dev.tursojdbc.sql.ast.ExplainStatement;
import dev.tursojdbc.sql.ast.InsertStatement;
import dev.tursojdbc.sql.ast.PragmaStatement;
import dev.tursojdbc.sql.ast.SelectStatement;
import dev.tursojdbc.sql.ast.Statement;
import dev.tursojdbc.sql.ast.TransactionStatement;
import dev.tursojdbc.sql.ast.UpdateStatement;
import org.jspecify.annotations.Nullable;

/** What a statement is for, as far as those who run it need to know. */
public enum StatementKind {
  /** Nothing but blanks and comments. */
  EMPTY,
  /** SELECT and VALUES. */
  QUERY,
  /** INSERT, REPLACE, UPDATE and DELETE. */
  CHANGE,
  /** CREATE, ALTER and DROP; ANALYZE and REINDEX, which write like them. */
  SCHEMA,
  PRAGMA,
  /** BEGIN, COMMIT, ROLLBACK and what savepoints have. */
  TRANSACTION,
  /** ATTACH, DETACH and VACUUM. */
  DATABASE,
  EXPLAIN;

  static StatementKind of(@Nullable Statement statement) {
    if (statement == null) {
      return EMPTY;
    }
    if (statement instanceof SelectStatement) {
      return QUERY;
    }
    if (statement instanceof InsertStatement
        || statement instanceof UpdateStatement
        || statement instanceof DeleteStatement) {
      return CHANGE;
    }
    if (statement instanceof PragmaStatement) {
      return PRAGMA;
    }
    if (statement instanceof TransactionStatement) {
      return TRANSACTION;
    }
    if (statement instanceof ExplainStatement) {
      return EXPLAIN;
    }
    boolean wholeDatabase =
        statement instanceof DatabaseStatement.Attach
            || statement instanceof DatabaseStatement.Detach
            || statement instanceof DatabaseStatement.Vacuum;
    return wholeDatabase ? DATABASE : SCHEMA;
  }

  /**
   * Whether it works on what a transaction holds. The others control transactions themselves, or
   * SQLite refuses them inside one, or they have nothing to do with one.
   */
  public boolean needsTransaction() {
    return this == QUERY || this == CHANGE || this == SCHEMA;
  }
}
