package dev.tursojdbc.driver.shell;

import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads lines of fields: a field in double quotes may contain separators, line breaks, and double
 * quotes written twice.
 */
final class CsvReader {
  private final Reader reader;
  private final char separator;
  private int next;
  private int line = 1;
  private int rowLine;

  CsvReader(Reader reader, char separator) throws IOException {
    this.reader = reader;
    this.separator = separator;
    this.next = reader.read();
    if (next == '\uFEFF') {
      next = reader.read();
    }
  }

  /** The line on which the row that was read last began. */
  int rowLine() {
    return rowLine;
  }

  /** The fields of the next row; null at the end. */
  @Nullable List<String> readRow() throws IOException {
    if (next < 0) {
      return null;
    }
    rowLine = line;
    List<String> fields = new ArrayList<>();
    while (true) {
      fields.add(next == '"' ? quotedField() : plainField());
      if (next != separator) {
        endLine();
        return fields;
      }
      advance();
    }
  }

  private void advance() throws IOException {
    if (next == '\n') {
      line++;
    }
    next = reader.read();
  }

  private void endLine() throws IOException {
    if (next == '\r') {
      advance();
    }
    if (next == '\n') {
      advance();
    }
  }

  private boolean isEnd() {
    return next < 0 || next == separator || next == '\n' || next == '\r';
  }

  private String plainField() throws IOException {
    StringBuilder field = new StringBuilder();
    while (!isEnd()) {
      field.append((char) next);
      advance();
    }
    return field.toString();
  }

  private String quotedField() throws IOException {
    StringBuilder field = new StringBuilder();
    advance();
    while (next >= 0) {
      if (next == '"') {
        advance();
        if (next != '"') {
          break;
        }
      }
      field.append((char) next);
      advance();
    }
    // What follows the closing quote belongs to the field, too.
    return field.append(plainField()).toString();
  }
}
