package dev.tursojdbc.sql;

import dev.tursojdbc.sql.ast.PragmaStatement;
import dev.tursojdbc.storage.error.TursoException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** All pragmas by name. One that nobody knows does nothing, as in SQLite. */
final class Pragmas {
  private static final Map<String, Function<PragmaCall, Program>> BY_NAME = new TreeMap<>();

  private static final Set<String> NEED_SCHEMA =
      Set.of(
          "auto_vacuum",
          "cache_size",
          "default_cache_size",
          "encoding",
          "foreign_key_check",
          "foreign_key_list",
          "incremental_vacuum",
          "index_info",
          "index_list",
          "index_xinfo",
          "integrity_check",
          "journal_mode",
          "max_page_count",
          "optimize",
          "page_count",
          "quick_check",
          "synchronous",
          "table_info",
          "table_list",
          "table_xinfo",
          "wal_checkpoint");

  static {
    SettingPragmas.register(BY_NAME);
    HeaderPragmas.register(BY_NAME);
    StoragePragmas.register(BY_NAME);
    SchemaPragmas.register(BY_NAME);
    IntegrityPragmas.register(BY_NAME);
    ForeignKeyPragmas.register(BY_NAME);
    BY_NAME.put("pragma_list", call -> PragmaProgram.of(Pragmas::names, "name"));
  }

  private Pragmas() {}

  static Program compile(Session session, PragmaStatement statement) {
    String schema = DefinedNames.schemaOf(statement.pragma());
    int database = SessionDatabases.MAIN;
    if (statement.pragma().schema() != null) {
      database = DefinedNames.requireDatabase(session, statement.pragma().schema());
    }
    if (database == SessionDatabases.TEMP) {
      session.databases().openTemp();
    }
    String name = statement.pragma().name().text().toLowerCase(Locale.ROOT);
    PragmaStatement.Value value = statement.value();
    PragmaCall call =
        new PragmaCall(
            session,
            name,
            database,
            schema != null,
            value == null ? null : value.text(),
            value != null && value.kind() == PragmaStatement.Value.Kind.NUMBER);
    Function<PragmaCall, Program> pragma = BY_NAME.get(name);
    Program program = pragma == null ? PragmaProgram.action(() -> {}) : pragma.apply(call);
    return program instanceof PragmaProgram known && !needsSchema(statement)
        ? known.withoutSchema()
        : program;
  }

  /** Whether the schema is read for it first, so that damage in the schema is a failure. */
  static boolean needsSchema(PragmaStatement statement) {
    return NEED_SCHEMA.contains(statement.pragma().name().text().toLowerCase(Locale.ROOT));
  }

  /** The rows of a pragma that stands in FROM. */
  static List<@Nullable Object[]> rows(
      Session session, String name, @Nullable String argument, @Nullable String schema) {
    int database = schema == null ? SessionDatabases.MAIN : session.databases().find(schema);
    if (database < 0) {
      throw DefinedNames.error("unknown database '" + schema.replace("'", "''") + "'");
    }
    Function<PragmaCall, Program> pragma = BY_NAME.get(name);
    if (pragma == null) {
      return List.of();
    }
    Program program =
        pragma.apply(new PragmaCall(session, name, database, schema != null, argument, false));
    if (!(program instanceof RowsProgram rows) || program.writes() != Program.NO_DATABASE) {
      throw TursoException.notSupported("pragma_" + name);
    }
    for (SessionDatabase open : session.databases().open()) {
      if (open.isOpen()) {
        session.transactions().beginRead(open);
      }
    }
    List<@Nullable Object[]> all = new ArrayList<>(rows.run());
    rows.finish();
    return all;
  }

  private static List<Object @Nullable []> names() {
    List<Object @Nullable []> rows = new ArrayList<>();
    for (String name : BY_NAME.keySet()) {
      rows.add(new Object[] {name});
    }
    return rows;
  }
}
