package dev.tursojdbc.sql;

import dev.tursojdbc.storage.btree.AutoVacuum;
import dev.tursojdbc.storage.error.ErrorCode;
import dev.tursojdbc.storage.error.TursoException;
import dev.tursojdbc.storage.page.DatabaseHeader;
import dev.tursojdbc.storage.pager.Pager;
import dev.tursojdbc.storage.pager.PagerSettings;
import dev.tursojdbc.storage.record.TextEncoding;
import dev.tursojdbc.storage.wal.CheckpointMode;
import dev.tursojdbc.storage.wal.CheckpointResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Pragmas about the file, its log and its cache. */
final class StoragePragmas {
  private static final long AUTO_VACUUM_FIELD = 64;

  private StoragePragmas() {}

  static void register(Map<String, Function<PragmaCall, Program>> pragmas) {
    pragmas.put("wal_checkpoint", StoragePragmas::checkpoint);
    pragmas.put("journal_mode", JournalModePragma::program);
    pragmas.put("synchronous", StoragePragmas::synchronous);
    pragmas.put("page_size", StoragePragmas::pageSize);
    pragmas.put("cache_size", StoragePragmas::cacheSize);
    pragmas.put("cache_spill", StoragePragmas::cacheSpill);
    pragmas.put("encoding", StoragePragmas::encoding);
    pragmas.put("auto_vacuum", StoragePragmas::autoVacuum);
    pragmas.put("incremental_vacuum", StoragePragmas::incrementalVacuum);
    pragmas.put("wal_autocheckpoint", StoragePragmas::autoCheckpoint);
    pragmas.put("journal_size_limit", StoragePragmas::journalSizeLimit);
    pragmas.put("locking_mode", StoragePragmas::lockingMode);
    pragmas.put("mmap_size", StoragePragmas::mmapSize);
  }

  /** Straight to the checkpoint; a database in memory has no log to speak of. */
  private static Program checkpoint(PragmaCall call) {
    CheckpointMode mode =
        switch (call.text().toLowerCase(Locale.ROOT)) {
          case "full" -> CheckpointMode.FULL;
          case "restart" -> CheckpointMode.RESTART;
          case "truncate" -> CheckpointMode.TRUNCATE;
          case "noop" -> CheckpointMode.NOOP;
          default -> CheckpointMode.PASSIVE;
        };
    return PragmaProgram.of(
        () -> {
          CheckpointResult first = null;
          boolean busy = false;
          for (SessionDatabase database : targets(call)) {
            CheckpointResult result = checkpoint(database, mode);
            first = first == null ? result : first;
            busy |= result.busy();
          }
          CheckpointResult shown = first == null ? new CheckpointResult(false, -1, -1) : first;
          List<Object @Nullable []> rows = new ArrayList<>();
          rows.add(
              new Object[] {
                busy ? 1L : 0L, (long) shown.logFrames(), (long) shown.checkpointedFrames()
              });
          return rows;
        },
        "busy",
        "log",
        "checkpointed");
  }

  private static CheckpointResult checkpoint(SessionDatabase database, CheckpointMode mode) {
    if (!database.isOpen() || database.isInMemory()) {
      return new CheckpointResult(false, -1, -1);
    }
    return database.pager().checkpoint(mode);
  }

  /** The database named, else all of them. */
  private static List<SessionDatabase> targets(PragmaCall call) {
    return call.qualified() ? List.of(call.target()) : call.session().databases().open();
  }

  private static Program synchronous(PragmaCall call) {
    // A temporary database is never waited for, whatever one asks.
    boolean temporary = call.database() == SessionDatabases.TEMP;
    if (!call.hasValue()) {
      return PragmaProgram.value(
          "synchronous", () -> temporary ? 0L : (long) call.target().synchronous());
    }
    return PragmaProgram.action(
        () -> {
          if (!call.session().isAutocommit()) {
            throw new TursoException(
                ErrorCode.ERROR, "Safety level may not be changed inside a transaction");
          }
          if (!temporary) {
            call.target().setSynchronous(synchronousLevel(call));
          }
        });
  }

  /** Numbers have three bits, the highest of all becomes 0; a word that nobody knows is NORMAL. */
  private static int synchronousLevel(PragmaCall call) {
    String text = call.text().toLowerCase(Locale.ROOT);
    if (!text.isEmpty() && Character.isDigit(text.charAt(0))) {
      return Math.max(0, ((call.integer() + 1) & 7) - 1);
    }
    return switch (text) {
      case "off", "no", "false" -> 0;
      case "full" -> 2;
      case "extra" -> 3;
      default -> 1;
    };
  }

  private static Program pageSize(PragmaCall call) {
    if (!call.hasValue()) {
      return PragmaProgram.glancing(
          call, () -> RowsProgram.single((long) call.target().pager().pageSize()), "page_size");
    }
    return PragmaProgram.action(
        () -> {
          if (!call.target().pager().settings().setPageSize(call.integer())
              && DatabaseHeader.isPageSize(call.integer())) {
            call.target().setWantedPageSize(call.integer());
          }
        });
  }

  /** Pages, or KiB if negative; for the whole database and all its connections. */
  private static Program cacheSize(PragmaCall call) {
    if (!call.hasValue()) {
      return PragmaProgram.glancing(
          call, () -> RowsProgram.single(call.target().cacheSize()), "cache_size");
    }
    return PragmaProgram.action(() -> call.target().setCacheSize(call.integer()));
  }

  /**
   * Shown as pages after which a transaction would spill in SQLite: what was set, but no less than
   * the cache holds. A switch and a number in one.
   */
  private static Program cacheSpill(PragmaCall call) {
    Settings settings = call.session().settings();
    if (!call.hasValue()) {
      return PragmaProgram.glancing(
          call,
          () -> RowsProgram.single(settings.cacheSpill ? call.target().spillPages() : 0L),
          "cache_spill");
    }
    return PragmaProgram.action(
        () -> {
          if (call.isInteger() && call.integer() != 0) {
            call.target().setSpillSize(call.integer());
          }
          settings.cacheSpill = call.isInteger() ? call.integer() != 0 : call.flag();
        });
  }

  /** All databases of a session have the encoding of main. It is settled by the first table. */
  private static Program encoding(PragmaCall call) {
    SessionDatabase main = call.session().databases().main();
    if (!call.hasValue()) {
      return PragmaProgram.glancing(
          call,
          () ->
              RowsProgram.single(
                  TextEncoding.ofCode(main.pager().settings().textEncoding()).sqlName()),
          "encoding");
    }
    int code = encodingCode(call.text());
    if (isUnsettled(call, main)) {
      return PragmaProgram.writing(
          call,
          () -> {
            main.pager().setHeaderValue(DatabaseHeader.TEXT_ENCODING_OFFSET, code);
            setEncoding(call.session(), code);
          });
    }
    return PragmaProgram.action(
        () -> {
          if (!hasOthers(call.session()) && main.pager().settings().setTextEncoding(code)) {
            setEncoding(call.session(), code);
          }
        });
  }

  private static void setEncoding(Session session, int code) {
    for (SessionDatabase database : session.databases().open()) {
      if (database.isOpen()) {
        database.pager().settings().setTextEncoding(code);
        database.forgetSchema();
      }
    }
  }

  /** Whether main has pages, but nothing was created in it yet, and so can have any encoding. */
  private static boolean isUnsettled(PragmaCall call, SessionDatabase main) {
    Pager pager = main.pager();
    if (call.target() != main || main.isReadOnly() || hasOthers(call.session())) {
      return false;
    }
    boolean mustBegin = !pager.isReading();
    if (mustBegin) {
      call.session().transactions().beginRead(main);
    }
    try {
      return pager.pageCount() > 0
          && pager.headerValue(DatabaseHeader.SCHEMA_FORMAT_OFFSET) == 0
          && pager.headerValue(DatabaseHeader.TEXT_ENCODING_OFFSET) == 0;
    } finally {
      if (mustBegin) {
        main.endRead();
      }
    }
  }

  private static int encodingCode(String name) {
    return switch (name.toUpperCase(Locale.ROOT)) {
      case "UTF8", "UTF-8" -> TextEncoding.UTF8.code();
      case "UTF-16LE", "UTF16LE", "UTF-16", "UTF16" -> TextEncoding.UTF16LE.code();
      case "UTF-16BE", "UTF16BE" -> TextEncoding.UTF16BE.code();
      default -> throw new TursoException(ErrorCode.ERROR, "unsupported encoding: " + name);
    };
  }

  /** Whether something was created in another database than main. */
  private static boolean hasOthers(Session session) {
    return session.databases().open().stream()
        .skip(1)
        .anyMatch(database -> database.isOpen() && database.pager().pageCount() > 0);
  }

  private static Program autoVacuum(PragmaCall call) {
    if (!call.hasValue()) {
      return PragmaProgram.glancing(
          call,
          () ->
              RowsProgram.single(
                  call.target().isOpen()
                      ? (long) call.target().pager().settings().autoVacuum()
                      : 0L),
          "auto_vacuum");
    }
    int mode =
        switch (call.text().toLowerCase(Locale.ROOT)) {
          case "none" -> 0;
          case "full" -> 1;
          case "incremental" -> 2;
          default -> call.integer() >= 0 && call.integer() <= 2 ? call.integer() : 0;
        };
    return PragmaProgram.action(() -> AutoVacuumMode.set(call, mode));
  }

  private static Program incrementalVacuum(PragmaCall call) {
    int limit = call.hasValue() && call.integer() > 0 ? call.integer() : Integer.MAX_VALUE;
    return PragmaProgram.writing(
        call,
        () -> {
          if (call.target().pager().settings().autoVacuum() == 2) {
            new AutoVacuum(call.target().pager()).vacuum(limit);
          }
        });
  }

  private static Program autoCheckpoint(PragmaCall call) {
    return PragmaProgram.value(
        "wal_autocheckpoint",
        () -> {
          for (SessionDatabase database : call.session().databases().open()) {
            if (call.hasValue() && database.isOpen()) {
              PagerSettings settings = database.pager().settings();
              int frames = Math.max(0, call.integer());
              settings.setAutoActions(settings.autoActions().withCheckpointFrames(frames));
            }
          }
          PagerSettings main = call.session().databases().main().pager().settings();
          return (long) main.autoActions().checkpointFrames();
        });
  }

  private static Program journalSizeLimit(PragmaCall call) {
    return PragmaProgram.value(
        "journal_size_limit",
        () -> {
          PagerSettings settings = call.target().pager().settings();
          if (call.hasValue()) {
            long limit = Math.max(-1, call.number());
            settings.setAutoActions(settings.autoActions().withJournalSizeLimit(limit));
          }
          return settings.autoActions().journalSizeLimit();
        });
  }

  /**
   * Without a database's name it is for all, also those that will be attached. A database in memory
   * is always locked exclusively; what was asked for is shown all the same where nobody asks for a
   * certain database.
   */
  private static Program lockingMode(PragmaCall call) {
    Settings settings = call.session().settings();
    return PragmaProgram.value(
        "locking_mode",
        () -> {
          boolean exclusive = call.text().equalsIgnoreCase("exclusive");
          boolean sets = exclusive || call.text().equalsIgnoreCase("normal");
          if (sets) {
            setExclusiveLocking(call, exclusive);
          }
          boolean is =
              sets || call.qualified()
                  ? call.target().isExclusivelyLocked()
                  : settings.exclusiveLocking;
          return is ? "exclusive" : "normal";
        });
  }

  private static void setExclusiveLocking(PragmaCall call, boolean exclusive) {
    if (call.qualified()) {
      call.target().setExclusiveLocking(exclusive);
      return;
    }
    call.session().settings().exclusiveLocking = exclusive;
    for (SessionDatabase database : call.session().databases().open()) {
      database.setExclusiveLocking(exclusive);
    }
  }

  /** Nothing is mapped, whatever is asked for. */
  private static Program mmapSize(PragmaCall call) {
    return call.target().isOpen() && !call.target().isInMemory()
        ? PragmaProgram.value("mmap_size", () -> 0L)
        : PragmaProgram.of(RowsProgram::none, "mmap_size");
  }

  /** Changes the auto-vacuum mode as far as that is possible. */
  private static final class AutoVacuumMode {
    private AutoVacuumMode() {}

    static void set(PragmaCall call, int mode) {
      SessionDatabase database = call.target();
      Pager pager = database.pager();
      boolean isSo = pager.settings().setAutoVacuum(mode);
      database.setWantedAutoVacuum(mode);
      if (mode == 0 || pager.settings().autoVacuum() == 0) {
        return;
      }
      call.session().transactions().beginRead(database);
      // Written even if it says so already, this gives a new database its first page, as in SQLite.
      if (!isSo || pager.pageCount() == 0) {
        int incremental = mode == 2 ? 1 : 0;
        call.session()
            .write(
                call.database(), () -> pager.setHeaderValue((int) AUTO_VACUUM_FIELD, incremental));
      }
    }
  }
}
