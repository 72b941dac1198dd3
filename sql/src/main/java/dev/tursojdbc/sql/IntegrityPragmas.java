package dev.tursojdbc.sql;

import java.util.Map;
import java.util.function.Function;

/** Pragmas that look for what is wrong with a database. */
final class IntegrityPragmas {
  private IntegrityPragmas() {}

  static void register(Map<String, Function<PragmaCall, Program>> pragmas) {}
}
