package dev.tursojdbc.sql;

import dev.tursojdbc.storage.error.ErrorCode;
import dev.tursojdbc.storage.error.TursoException;
import dev.tursojdbc.storage.journal.JournalMode;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * {@code PRAGMA journal_mode}.
 *
 * <p>A database in memory knows {@code memory} and {@code off}, a temporary one all but {@code
 * wal}; what they are told changes nothing, because nothing of them outlives the connection.
 * Entering and leaving WAL mode is for between transactions. A mode that a database cannot have
 * changes nothing, which the answer shows.
 */
final class JournalModePragma {
  private JournalModePragma() {}

  static Program program(PragmaCall call) {
    JournalMode wanted = mode(call.text());
    return PragmaProgram.value(
        "journal_mode",
        () -> {
          // Whoever asks about it uses it, and it takes part in what is told to all from then on.
          SessionDatabase target = call.target().connected();
          JournalMode answer = wanted == null ? present(call, target) : setAll(call, wanted);
          return answer.name().toLowerCase(Locale.ROOT);
        });
  }

  /** What is no mode asks for the present one. */
  private static @Nullable JournalMode mode(String text) {
    for (JournalMode mode : JournalMode.values()) {
      if (mode.name().equalsIgnoreCase(text)) {
        return mode;
      }
    }
    return null;
  }

  private static JournalMode present(PragmaCall call, SessionDatabase database) {
    if (hasFile(database)) {
      return database.pager().settings().journalMode();
    }
    JournalMode told = database.toldJournalMode();
    return isKeptInMemory(call, database) && told != JournalMode.OFF ? JournalMode.MEMORY : told;
  }

  private static boolean hasFile(SessionDatabase database) {
    return !database.isTemporary() && !database.isInMemory();
  }

  /** Without a database's name all of them change, and that of the first is told. */
  private static JournalMode setAll(PragmaCall call, JournalMode wanted) {
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

  private static JournalMode set(PragmaCall call, SessionDatabase database, JournalMode wanted) {
    if (hasFile(database)) {
      return convert(call.session(), database, wanted);
    }
    boolean can =
        isKeptInMemory(call, database)
            ? wanted == JournalMode.MEMORY || wanted == JournalMode.OFF
            : wanted != JournalMode.WAL;
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

  private static JournalMode convert(
      Session session, SessionDatabase database, JournalMode wanted) {
    JournalMode present = database.pager().settings().journalMode();
    boolean changesWal = (present == JournalMode.WAL) != (wanted == JournalMode.WAL);
    if (changesWal
        && !database.pager().hasWritten()
        && (!session.isAutocommit() || session.areOthersRunning())) {
      throw new TursoException(
          ErrorCode.ERROR,
          "cannot change "
              + (wanted == JournalMode.WAL ? "into" : "out of")
              + " wal mode from within a transaction");
    }
    return database.pager().settings().setJournalMode(wanted);
  }
}
