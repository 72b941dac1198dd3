package dev.tursojdbc.driver;

import dev.tursojdbc.sql.Query;
import dev.tursojdbc.storage.error.TursoException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a running query, read as they are asked for. The statement's first step is made
 * before this is built, so that its errors appear at execution.
 */
final class QueryRows implements RowSource, ColumnInfo {
  private final JdbcStatement statement;
  private final Query query;
  private boolean firstRowWaits;
  private boolean done;

  QueryRows(JdbcStatement statement, Query query, boolean firstRowWaits) {
    this.statement = statement;
    this.query = query;
    this.firstRowWaits = firstRowWaits;
    this.done = !firstRowWaits;
  }

  @Override
  public boolean isEmpty() {
    return done;
  }

  @Override
  public boolean next() throws SQLException {
    if (firstRowWaits) {
      firstRowWaits = false;
      return true;
    }
    if (done) {
      return false;
    }
    try {
      if (query.step()) {
        return true;
      }
    } catch (TursoException e) {
      done = true;
      throw statement.runningError(e);
    }
    done = true;
    return false;
  }

  @Override
  public void close() {
    done = true;
    statement.queryDone(query);
  }

  @Override
  public int columnCount() {
    return query.columnCount();
  }

  @Override
  public int type(int column) throws SQLException {
    try {
      return query.columnType(column);
    } catch (TursoException e) {
      throw statement.runningError(e);
    }
  }

  @Override
  public long longValue(int column) throws SQLException {
    try {
      return query.columnLong(column);
    } catch (TursoException e) {
      throw statement.runningError(e);
    }
  }

  @Override
  public double doubleValue(int column) throws SQLException {
    try {
      return query.columnDouble(column);
    } catch (TursoException e) {
      throw statement.runningError(e);
    }
  }

  @Override
  public @Nullable String text(int column) throws SQLException {
    try {
      return query.columnText(column);
    } catch (TursoException e) {
      throw statement.runningError(e);
    }
  }

  @Override
  public byte @Nullable [] blob(int column) throws SQLException {
    try {
      return query.columnBlob(column);
    } catch (TursoException e) {
      throw statement.runningError(e);
    }
  }

  @Override
  public ColumnInfo info() {
    return this;
  }

  @Override
  public int count() {
    return query.columnCount();
  }

  @Override
  public String label(int column) {
    return query.columnName(column);
  }

  @Override
  public @Nullable String declaredType(int column) {
    String declared = query.columnDeclaredType(column);
    return declared == null ? query.columnTypeForecast(column) : declared;
  }

  @Override
  public @Nullable String database(int column) {
    return query.columnDatabase(column);
  }

  @Override
  public @Nullable String table(int column) {
    return query.columnTable(column);
  }

  @Override
  public @Nullable String origin(int column) {
    return query.columnOrigin(column);
  }
}
