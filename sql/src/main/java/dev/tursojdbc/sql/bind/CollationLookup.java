package dev.tursojdbc.sql.bind;

import dev.tursojdbc.storage.record.Collation;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The collations that a connection knows. */
public interface CollationLookup {

  /** BINARY, NOCASE and RTRIM. */
  CollationLookup BUILT_IN =
      name -> {
        // The usual name is looked up all the time.
        String upper = name.equals("BINARY") ? name : name.toUpperCase(Locale.ROOT);
        return switch (upper) {
          case "BINARY" -> Collation.BINARY;
          case "NOCASE" -> Collation.NOCASE;
          case "RTRIM" -> Collation.RTRIM;
          default -> null;
        };
      };

  /** Null if there is no such collation. */
  @Nullable Collation find(String name);
}
