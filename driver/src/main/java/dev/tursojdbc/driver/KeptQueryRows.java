package dev.tursojdbc.driver;

import dev.tursojdbc.sql.KeptRows;
import dev.tursojdbc.sql.Query;
import dev.tursojdbc.storage.error.TursoException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a running query, kept as they are read, so that they can be visited again. No more
 * are read than have been asked for.
 */
final class KeptQueryRows implements VisitableRows {
  private final JdbcStatement statement;
  private final QueryRows source;
  private final Query query;
  private final KeptRows kept;
  private boolean complete;
  private @Nullable SQLException failure;
  private int current;

  KeptQueryRows(JdbcStatement statement, Query query, boolean firstRowWaits) {
    this.statement = statement;
    this.query = query;
    this.source = new QueryRows(statement, query, firstRowWaits);
    this.kept = query.keepRows();
  }

  @Override
  public boolean isEmpty() {
    return kept.count() == 0 && source.isEmpty();
  }

  /** Reads on up to a row, or to the end. What once failed fails again: there is no going on. */
  private void readTo(int number) throws SQLException {
    if (failure != null) {
      throw failure;
    }
    try {
      while (!complete && kept.count() < number) {
        if (source.next()) {
          kept.add(query);
        } else {
          end();
        }
      }
    } catch (TursoException e) {
      failure = statement.runningError(e);
      throw failure;
    } catch (SQLException e) {
      failure = e;
      throw e;
    }
  }

  private void end() {
    if (!complete) {
      complete = true;
      source.close();
    }
  }

  @Override
  public boolean moveTo(int number) throws SQLException {
    if (kept.count() < number) {
      readTo(number);
    }
    if (number < 1 || number > kept.count()) {
      return false;
    }
    try {
      kept.moveTo(number - 1);
    } catch (TursoException e) {
      throw statement.runningError(e);
    }
    current = number;
    return true;
  }

  @Override
  public boolean next() throws SQLException {
    return moveTo(current + 1);
  }

  @Override
  public int count() throws SQLException {
    readTo(Integer.MAX_VALUE);
    return kept.count();
  }

  @Override
  public void close() {
    end();
    kept.close();
  }

  @Override
  public int columnCount() {
    return source.columnCount();
  }

  @Override
  public ColumnInfo info() {
    return source.info();
  }

  @Override
  public int type(int column) {
    return kept.columnType(column);
  }

  @Override
  public long longValue(int column) {
    return kept.columnLong(column);
  }

  @Override
  public double doubleValue(int column) {
    return kept.columnDouble(column);
  }

  @Override
  public @Nullable String text(int column) {
    return kept.columnText(column);
  }

  @Override
  public byte @Nullable [] blob(int column) {
    return kept.columnBlob(column);
  }
}
