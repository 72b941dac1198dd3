package dev.tursojdbc.tck.property;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/**
 * What is settled for good when a database gets its first page.
 *
 * @param autoVacuum 0 none, 1 full, 2 incremental
 * @param encoding as PRAGMA encoding has it
 * @param reservedBytes at the end of each page; no SQL sets them
 */
record FileShape(int pageSize, int autoVacuum, String encoding, int reservedBytes) {
  private static final int RESERVED_BYTES_OFFSET = 20;

  private static final int SCHEMA_FORMAT_OFFSET = 44;
  private static final int ENCODING_OFFSET = 56;

  /** In the order of their numbers in the header. */
  private static final List<String> ENCODINGS = List.of("UTF-8", "UTF-16le", "UTF-16be");

  /** Where page 1 says at which of its bytes the cells begin. */
  private static final int CONTENT_START_OFFSET = 105;

  /** Least number of bytes that SQLite wants to use of a page. */
  private static final int MIN_USABLE = 480;

  static Arbitrary<FileShape> arbitrary() {
    return Combinators.combine(
            Arbitraries.of(512, 1024, 2048, 4096, 8192, 16384, 32768, 65536),
            Arbitraries.of(0, 1, 2),
            Arbitraries.of("UTF-8", "UTF-8", "UTF-16le", "UTF-16be"),
            Arbitraries.of(0, 0, 0, 8, 32, 255))
        .as(
            (pageSize, autoVacuum, encoding, reserved) ->
                new FileShape(
                    pageSize, autoVacuum, encoding, Math.min(reserved, pageSize - MIN_USABLE)));
  }

  /** The pragmas that make it so, for a database that has no page yet. */
  List<String> pragmas() {
    return List.of(
        "PRAGMA page_size=" + pageSize,
        "PRAGMA encoding='" + encoding + "'",
        "PRAGMA auto_vacuum=" + autoVacuum);
  }

  /** Makes an empty database of this shape, by the reference. */
  void create(Path file) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      for (String pragma : pragmas()) {
        statement.executeUpdate(pragma);
      }
      statement.executeUpdate("PRAGMA user_version=1");
    }
    patch(file);
  }

  /** Sets what is settled with the first table only, and what no SQL sets. */
  private void patch(Path file) {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
      bytes.put(RESERVED_BYTES_OFFSET, (byte) reservedBytes);
      bytes.putInt(SCHEMA_FORMAT_OFFSET, 4);
      bytes.putInt(ENCODING_OFFSET, ENCODINGS.indexOf(encoding) + 1);
      bytes.putShort(CONTENT_START_OFFSET, (short) (pageSize - reservedBytes));
      Files.write(file, bytes.array());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
