package dev.tursojdbc.sql;

import dev.tursojdbc.storage.file.MemoryFileSystem;
import dev.tursojdbc.storage.pager.OpenOptions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** This engine and SQLite, each with a database in memory that the same statements have made. */
final class BothEngines implements AutoCloseable {
  private final Session session;
  private final Connection connection;
  private final Statement statement;

  BothEngines(List<String> setup) {
    session = Session.open(new MemoryFileSystem(), ":memory:", OpenOptions.DEFAULT);
    try {
      connection = DriverManager.getConnection("jdbc:sqlite::memory:");
      statement = connection.createStatement();
      for (String sql : setup) {
        statement.execute(sql);
        try (Query query = session.prepare(sql, 0)) {
          query.step();
        }
      }
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  /** The rows that this engine answers. */
  List<List<String>> ours(String sql) {
    List<List<String>> rows = new ArrayList<>();
    try (Query query = session.prepare(sql, 0)) {
      while (query.step()) {
        List<String> row = new ArrayList<>();
        for (int i = 0; i < query.columnCount(); i++) {
          row.add(query.columnText(i));
        }
        rows.add(row);
      }
    }
    return rows;
  }

  /** The rows that SQLite answers. */
  List<List<String>> reference(String sql) {
    List<List<String>> rows = new ArrayList<>();
    try {
      if (!statement.execute(sql)) {
        return rows;
      }
      try (ResultSet result = statement.getResultSet()) {
        int count = result.getMetaData().getColumnCount();
        while (result.next()) {
          List<String> row = new ArrayList<>();
          for (int i = 1; i <= count; i++) {
            row.add(result.getString(i));
          }
          rows.add(row);
        }
      }
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
    return rows;
  }

  @Override
  public void close() {
    try {
      session.close();
      connection.close();
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }
}
