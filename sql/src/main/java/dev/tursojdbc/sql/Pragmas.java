package dev.tursojdbc.sql;

import dev.tursojdbc.sql.ast.PragmaStatement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** All pragmas by name. One that nobody knows does nothing, as in SQLite. */
final class Pragmas {
  private static final Map<String, Function<PragmaCall, Program>> BY_NAME = new TreeMap<>();

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
    if (schema != null) {
      database = session.databases().find(schema);
      if (database < 0) {
        throw DefinedNames.error("unknown database " + schema);
      }
    }
    String name = statement.pragma().name().text().toLowerCase(Locale.ROOT);
    PragmaStatement.Value value = statement.value();
    PragmaCall call =
        new PragmaCall(
            session, name, database, schema != null, value == null ? null : value.text());
    Function<PragmaCall, Program> pragma = BY_NAME.get(name);
    return pragma == null ? PragmaProgram.action(() -> {}) : pragma.apply(call);
  }

  private static List<Object @Nullable []> names() {
    List<Object @Nullable []> rows = new ArrayList<>();
    for (String name : BY_NAME.keySet()) {
      rows.add(new Object[] {name});
    }
    return rows;
  }
}
