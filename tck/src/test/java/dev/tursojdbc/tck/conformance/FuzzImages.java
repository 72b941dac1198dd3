package dev.tursojdbc.tck.conformance;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.zip.GZIPInputStream;

/**
 * The images of databases in one fuzz file: those of its table {@code db}, or those that its
 * scripts begin with.
 */
final class FuzzImages {
  /** What is done with each. */
  interface Consumer {
    void accept(int id, byte[] image) throws IOException, SQLException;
  }

  private FuzzImages() {}

  static void forEach(Path file, Consumer consumer) throws IOException, SQLException {
    Path corpus = Files.createTempFile("fuzz", ".db");
    try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
      Files.copy(in, corpus, StandardCopyOption.REPLACE_EXISTING);
    }
    try (Connection reference = DriverManager.getConnection("jdbc:sqlite:" + corpus);
        Statement statement = reference.createStatement()) {
      boolean separate;
      try (ResultSet count = statement.executeQuery("SELECT count(*) FROM db")) {
        separate = count.next() && count.getInt(1) > 0;
      }
      String sql =
          separate
              ? "SELECT dbid, dbcontent FROM db ORDER BY 1"
              : "SELECT sqlid, CAST(sqltext AS BLOB) FROM xsql ORDER BY 1";
      try (ResultSet rows = statement.executeQuery(sql)) {
        while (rows.next()) {
          byte[] bytes = rows.getBytes(2);
          byte[] image =
              separate || bytes == null ? bytes : FuzzCase.ofBoth("image", bytes).image();
          if (image != null) {
            consumer.accept(rows.getInt(1), image);
          }
        }
      }
    } finally {
      Files.delete(corpus);
    }
  }
}
