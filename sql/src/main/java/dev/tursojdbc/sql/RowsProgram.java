package dev.tursojdbc.sql;

import dev.tursojdbc.storage.record.Register;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A program that does its work at the start and has its rows, if any, in memory: pragmas, DDL. */
abstract class RowsProgram extends Program {
  private final List<ColumnInfo> columns;
  private List<Object @Nullable []> rows = List.of();
  private int next;
  private Register[] values = {};

  RowsProgram(String... columnNames) {
    List<ColumnInfo> named = new ArrayList<>(columnNames.length);
    for (String name : columnNames) {
      named.add(ColumnInfo.named(name));
    }
    columns = List.copyOf(named);
  }

  /** A program that yields no rows. */
  RowsProgram() {
    columns = List.of();
  }

  /** Does the work. @return the rows: values are null, Long, Double, String or byte[] */
  abstract List<Object @Nullable []> run();

  /** Called behind the last row: throws what ended the work, if it did not come to its end. */
  void finish() {}

  @Override
  final List<ColumnInfo> columns() {
    return columns;
  }

  @Override
  final void start() {
    next = 0;
    rows = run();
  }

  @Override
  final boolean step() {
    if (next >= rows.size()) {
      finish();
      return false;
    }
    Object[] row = rows.get(next++);
    if (values.length < row.length) {
      values = new Register[row.length];
      for (int i = 0; i < row.length; i++) {
        values[i] = new Register();
      }
    }
    for (int i = 0; i < row.length; i++) {
      set(values[i], row[i]);
    }
    return true;
  }

  private static void set(Register target, @Nullable Object value) {
    if (value == null) {
      target.setNull();
    } else if (value instanceof Number number
        && !(value instanceof Double)
        && !(value instanceof Float)) {
      target.setInteger(number.longValue());
    } else if (value instanceof Number number) {
      target.setReal(number.doubleValue());
    } else if (value instanceof byte[] bytes) {
      target.setBlob(bytes);
    } else {
      target.setText(value.toString().getBytes(StandardCharsets.UTF_8));
    }
  }

  @Override
  final Register value(int column) {
    return values[column];
  }

  @Override
  final void end() {
    rows = List.of();
  }

  /** The rows of a statement that has none. */
  static List<Object @Nullable []> none() {
    return List.of();
  }

  /** A single row of a single value. */
  static List<Object @Nullable []> single(@Nullable Object value) {
    List<Object @Nullable []> rows = new ArrayList<>(1);
    rows.add(new Object @Nullable [] {value});
    return rows;
  }
}
