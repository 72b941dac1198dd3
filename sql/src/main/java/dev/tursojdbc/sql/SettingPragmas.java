package dev.tursojdbc.sql;

import dev.tursojdbc.storage.journal.JournalMode;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/** Pragmas that are switches and numbers of the connection. */
final class SettingPragmas {
  private SettingPragmas() {}

  /** Sets a switch. */
  private interface Setter {
    void set(Settings settings, boolean value);
  }

  static void register(Map<String, Function<PragmaCall, Program>> pragmas) {
    registerFlags(pragmas);
    registerNumbers(pragmas);
  }

  private static void registerFlags(Map<String, Function<PragmaCall, Program>> pragmas) {
    pragmas.put("foreign_keys", SettingPragmas::foreignKeys);
    flag(
        pragmas, "recursive_triggers", s -> s.recursiveTriggers, (s, v) -> s.recursiveTriggers = v);
    flag(
        pragmas,
        "ignore_check_constraints",
        s -> s.ignoreCheckConstraints,
        (s, v) -> s.ignoreCheckConstraints = v);
    flag(
        pragmas,
        "reverse_unordered_selects",
        s -> s.reverseUnorderedSelects,
        (s, v) -> s.reverseUnorderedSelects = v);
    flag(pragmas, "query_only", s -> s.queryOnly, (s, v) -> s.queryOnly = v);
    pragmas.put("defer_foreign_keys", SettingPragmas::deferForeignKeys);
    pragmas.put("writable_schema", SettingPragmas::writableSchema);
    flag(pragmas, "legacy_alter_table", s -> s.legacyAlterTable, (s, v) -> s.legacyAlterTable = v);
    flag(pragmas, "trusted_schema", s -> s.trustedSchema, (s, v) -> s.trustedSchema = v);
    flag(pragmas, "automatic_index", s -> s.automaticIndex, (s, v) -> s.automaticIndex = v);
    flag(pragmas, "cell_size_check", s -> s.cellSizeCheck, (s, v) -> s.cellSizeCheck = v);
    flag(pragmas, "full_column_names", s -> s.fullColumnNames, (s, v) -> s.fullColumnNames = v);
    flag(pragmas, "short_column_names", s -> s.shortColumnNames, (s, v) -> s.shortColumnNames = v);
    flag(pragmas, "count_changes", s -> s.countChanges, (s, v) -> s.countChanges = v);
    flag(
        pragmas,
        "empty_result_callbacks",
        s -> s.emptyResultCallbacks,
        (s, v) -> s.emptyResultCallbacks = v);
    flag(pragmas, "read_uncommitted", s -> s.readUncommitted, (s, v) -> s.readUncommitted = v);
    flag(pragmas, "fullfsync", s -> s.fullfsync, (s, v) -> s.fullfsync = v);
    flag(
        pragmas,
        "checkpoint_fullfsync",
        s -> s.checkpointFullfsync,
        (s, v) -> s.checkpointFullfsync = v);
    // Can be set only; what it was does not come out.
    pragmas.put(
        "case_sensitive_like",
        call ->
            PragmaProgram.action(
                () -> {
                  if (call.hasValue()) {
                    call.session().settings().caseSensitiveLike = call.flag();
                  }
                }));
  }

  private static void flag(
      Map<String, Function<PragmaCall, Program>> pragmas,
      String name,
      Predicate<Settings> getter,
      Setter setter) {
    pragmas.put(
        name,
        call -> {
          Settings settings = call.session().settings();
          if (call.hasValue()) {
            return PragmaProgram.action(() -> setter.set(settings, call.flag()));
          }
          return PragmaProgram.value(name, () -> getter.test(settings) ? 1L : 0L);
        });
  }

  /** {@code reset} also reads all schemas anew, as somebody may have written into them. */
  private static Program writableSchema(PragmaCall call) {
    Settings settings = call.session().settings();
    if (!call.hasValue()) {
      return PragmaProgram.value("writable_schema", () -> settings.writableSchema ? 1L : 0L);
    }
    return PragmaProgram.action(
        () -> {
          boolean writable = call.flag();
          settings.writableSchema = writable;
          call.session().databases().open().forEach(each -> each.setSchemaIsWritable(writable));
          if (call.text().equalsIgnoreCase("reset")) {
            call.session().databases().open().forEach(SessionDatabase::resetSchema);
          }
        });
  }

  /** In the middle of a transaction the switch stays as it is, without a word. */
  private static Program foreignKeys(PragmaCall call) {
    Settings settings = call.session().settings();
    if (!call.hasValue()) {
      return PragmaProgram.value("foreign_keys", () -> settings.foreignKeys ? 1L : 0L);
    }
    return PragmaProgram.action(
        () -> {
          if (call.session().isAutocommit()) {
            settings.foreignKeys = call.flag();
          }
        });
  }

  /** Holds until the transaction ends. */
  private static Program deferForeignKeys(PragmaCall call) {
    Settings settings = call.session().settings();
    if (!call.hasValue()) {
      return PragmaProgram.value("defer_foreign_keys", () -> settings.deferForeignKeys ? 1L : 0L);
    }
    return PragmaProgram.action(
        () -> {
          settings.deferForeignKeys = call.flag() && !call.session().isAutocommit();
          if (!settings.deferForeignKeys) {
            call.session().transactions().foreignKeys().forgetDeferredImmediate();
          }
        });
  }

  private static void registerNumbers(Map<String, Function<PragmaCall, Program>> pragmas) {
    pragmas.put("busy_timeout", SettingPragmas::busyTimeout);
    pragmas.put("temp_store", SettingPragmas::temporaryStore);
    pragmas.put("secure_delete", SettingPragmas::secureDelete);
    number(pragmas, "analysis_limit", s -> s.analysisLimit, call -> setAnalysisLimit(call));
    number(pragmas, "threads", s -> s.threads, call -> setThreads(call));
    number(pragmas, "soft_heap_limit", s -> s.softHeapLimit, call -> setSoftHeapLimit(call));
    number(pragmas, "hard_heap_limit", s -> s.hardHeapLimit, call -> setHardHeapLimit(call));
    pragmas.put("shrink_memory", call -> PragmaProgram.action(() -> {}));
    pragmas.put("optimize", Optimize::compile);
  }

  private static void setThreads(PragmaCall call) {
    if (call.isInteger() && call.number() >= 0) {
      call.session().settings().threads = (int) Math.min(8, call.number());
    }
  }

  private static void setSoftHeapLimit(PragmaCall call) {
    if (call.isInteger() && call.number() >= 0) {
      call.session().settings().softHeapLimit = call.number();
    }
  }

  private static void setHardHeapLimit(PragmaCall call) {
    if (call.isInteger() && call.number() >= 0) {
      call.session().settings().hardHeapLimit = call.number();
    }
  }

  private static void setAnalysisLimit(PragmaCall call) {
    if (call.isInteger() && call.number() >= 0) {
      call.session().settings().analysisLimit = (int) (call.number() & Integer.MAX_VALUE);
    }
  }

  /** A number that is shown after it was set, too. */
  private static void number(
      Map<String, Function<PragmaCall, Program>> pragmas,
      String name,
      Function<Settings, Number> getter,
      Consumer<PragmaCall> setter) {
    pragmas.put(
        name,
        call ->
            PragmaProgram.value(
                name,
                () -> {
                  if (call.hasValue()) {
                    setter.accept(call);
                  }
                  return getter.apply(call.session().settings()).longValue();
                }));
  }

  /** What does not begin as a number changes nothing. */
  private static Program busyTimeout(PragmaCall call) {
    return PragmaProgram.value(
        "timeout",
        () -> {
          OptionalInt millis = call.leadingInt();
          if (millis.isPresent()) {
            call.session().setBusyTimeoutMillis(millis.getAsInt());
          }
          return (long) call.session().busyTimeoutMillis();
        });
  }

  private static Program temporaryStore(PragmaCall call) {
    Settings settings = call.session().settings();
    if (!call.hasValue()) {
      return PragmaProgram.value("temp_store", () -> (long) settings.tempStore);
    }
    return PragmaProgram.action(
        () -> {
          int store =
              switch (call.text().toLowerCase(Locale.ROOT)) {
                case "file" -> 1;
                case "memory" -> 2;
                default -> call.text().matches("[012].*") ? call.text().charAt(0) - '0' : 0;
              };
          if (store != settings.tempStore) {
            call.session().databases().clearTemporary(!call.session().isAutocommit());
            settings.tempStore = store;
            call.session()
                .databases()
                .get(SessionDatabases.TEMP)
                .setToldJournalMode(JournalMode.DELETE);
          }
        });
  }

  private static Program secureDelete(PragmaCall call) {
    Settings settings = call.session().settings();
    return PragmaProgram.value(
        "secure_delete",
        () -> {
          if (call.hasValue()) {
            settings.secureDelete = call.text().equalsIgnoreCase("fast") ? 2 : call.flag() ? 1 : 0;
          }
          return (long) settings.secureDelete;
        });
  }
}
