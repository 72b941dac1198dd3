package dev.tursojdbc.sql.value;

import dev.tursojdbc.storage.record.Register;
import dev.tursojdbc.storage.record.StorageClass;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * SQLite itself, on a database in memory, as the judge of single expressions.
 *
 * <p>Values are compared by their description: storage class and payload, a REAL by its bits.
 */
public final class ReferenceSqlite implements AutoCloseable {
  private final Connection connection;
  private final Map<String, PreparedStatement> statements = new HashMap<>();

  public ReferenceSqlite() {
    try {
      connection = DriverManager.getConnection("jdbc:sqlite::memory:");
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  /** The described value of an expression over ?1, ?2 …, or "ERROR message". */
  public String evaluate(String expression, Register... parameters) {
    PreparedStatement statement = null;
    try {
      statement = statements.get(expression);
      if (statement == null) {
        statement = connection.prepareStatement("SELECT " + expression);
        statements.put(expression, statement);
      }
      for (int i = 0; i < parameters.length; i++) {
        bind(statement, i + 1, parameters[i]);
      }
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? describe(read(row, 1)) : "NO ROW";
      }
    } catch (SQLException failure) {
      // A statement that failed is not usable again.
      statements.remove(expression);
      close(statement);
      String message = failure.getMessage();
      int from = message.indexOf('(');
      return "ERROR " + (from >= 0 ? message.substring(from + 1, message.length() - 1) : message);
    }
  }

  private static void close(@Nullable PreparedStatement statement) {
    if (statement != null) {
      try {
        statement.close();
      } catch (SQLException failure) {
        throw new IllegalStateException(failure);
      }
    }
  }

  public void execute(String sql) {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  /** Inserts a row of one value. */
  public void insert(String table, Register value) {
    try (var statement = connection.prepareStatement("INSERT INTO " + table + " VALUES (?1)")) {
      bind(statement, 1, value);
      statement.execute();
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private static void bind(PreparedStatement statement, int number, Register value)
      throws SQLException {
    switch (value.type) {
      case StorageClass.INTEGER -> statement.setLong(number, value.integer);
      case StorageClass.REAL -> statement.setDouble(number, value.real);
      case StorageClass.TEXT ->
          statement.setString(
              number, new String(value.bytes, value.offset, value.length, StandardCharsets.UTF_8));
      case StorageClass.BLOB ->
          statement.setBytes(
              number, Arrays.copyOfRange(value.bytes, value.offset, value.offset + value.length));
      default -> statement.setNull(number, Types.NULL);
    }
  }

  private static Register read(ResultSet row, int column) throws SQLException {
    return register(row.getObject(column));
  }

  /** A register with a value given as Java object: Long, Integer, Double, String, byte[], null. */
  public static Register register(@Nullable Object value) {
    Register register = new Register();
    if (value instanceof Double real) {
      register.setReal(real);
    } else if (value instanceof Number number) {
      register.setInteger(number.longValue());
    } else if (value instanceof String text) {
      register.setText(text.getBytes(StandardCharsets.UTF_8));
    } else if (value instanceof byte[] blob) {
      register.setBlob(blob);
    }
    return register;
  }

  public static String describe(Register value) {
    return switch (value.type) {
      case StorageClass.INTEGER -> "INTEGER " + value.integer;
      case StorageClass.REAL -> "REAL " + Double.toHexString(value.real) + " (" + value.real + ")";
      case StorageClass.TEXT ->
          "TEXT '"
              + new String(value.bytes, value.offset, value.length, StandardCharsets.UTF_8)
              + "'";
      case StorageClass.BLOB ->
          "BLOB "
              + HexFormat.of().formatHex(value.bytes, value.offset, value.offset + value.length);
      default -> "NULL";
    };
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }
}
