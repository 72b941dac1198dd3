package dev.tursojdbc.sql;

import dev.tursojdbc.storage.error.TursoException;
import dev.tursojdbc.storage.pager.JournalMode;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * {@code PRAGMA journal_mode}.
 *
 * <p>A database in a file has a write-ahead log, or it can be read only: {@code delete}, {@code
 * truncate} and {@code persist} leave WAL mode, and which of them it was is kept to be told. {@code
 * off} and {@code memory} would promise changes without a journal on disk, so they fail. A database
 * in memory knows {@code memory} and {@code off}, a temporary one all but {@code wal}; what they
 * are told changes nothing, because nothing of them outlives the connection.
 */
final class JournalModePragma {
  private JournalModePragma() {}

  static Program program(PragmaCall call) {
    String wanted = mode(call.text());
    return PragmaProgram.value(
        "journal_mode",
        () -> {
          // Whoever asks about it uses it, and it takes part in what is told to all from then on.
          SessionDatabase target = call.target().connected();
          return wanted == null ? present(call, target) : setAll(call, wanted);
        });
  }

  /** What is no mode asks for the present one. */
  private static @Nullable String mode(String text) {
    String name = text.toLowerCase(Locale.ROOT);
    return switch (name) {
      case "wal", "delete", "truncate", "persist", "memory", "off" -> name;
      default -> null;
    };
  }

  private static String present(PragmaCall call, SessionDatabase database) {
    if (hasFile(database) && database.pager().journalMode() == JournalMode.WAL) {
      return "wal";
    }
    String told = database.toldJournalMode();
    return isKeptInMemory(call, database) && !told.equals("off") ? "memory" : told;
  }

  private static boolean hasFile(SessionDatabase database) {
    return !database.isTemporary() && !database.isInMemory();
  }

  /** Without a database's name all of them change, and that of the first is told. */
  private static String setAll(PragmaCall call, String wanted) {
    if (!call.qualified()) {
      List<SessionDatabase> databases = call.session().databases().open();
      for (int i = databases.size() - 1; i > 0; i--) {
        if (databases.get(i).isOpen()) {
          set(call, databases.get(i), wanted);
        }
      }
    }
    return set(call, call.target(), wanted);
  }

  private static String set(PragmaCall call, SessionDatabase database, String wanted) {
    boolean can =
        hasFile(database)
            ? convert(database, wanted)
            : isKeptInMemory(call, database)
                ? wanted.equals("memory") || wanted.equals("off")
                : !wanted.equals("wal");
    if (can) {
      database.setToldJournalMode(wanted);
    }
    return present(call, database);
  }

  private static boolean isKeptInMemory(PragmaCall call, SessionDatabase database) {
    return database.isTemporary()
        ? call.session().settings().tempStore == 2
        : database.isInMemory();
  }

  /**
   * @return whether the database has a rollback journal of the wanted kind now
   */
  private static boolean convert(SessionDatabase database, String wanted) {
    return switch (wanted) {
      case "memory", "off" -> throw TursoException.notSupported("rollback-journal mode");
      case "wal" -> {
        database.pager().setJournalMode(JournalMode.WAL);
        yield false;
      }
      default -> database.pager().setJournalMode(JournalMode.DELETE) == JournalMode.DELETE;
    };
  }
}
