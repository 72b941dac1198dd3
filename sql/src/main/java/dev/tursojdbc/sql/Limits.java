package dev.tursojdbc.sql;

import dev.tursojdbc.sql.parse.ParsedStatement;
import dev.tursojdbc.sql.parse.StatementSize;
import dev.tursojdbc.storage.error.ErrorCode;
import dev.tursojdbc.storage.error.TursoException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What SQL on one connection is limited to, so that texts of strangers can be run. A limit can be
 * set below the most that is ever allowed; a larger one means just that, as in SQLite.
 *
 * <p>Statements that were compiled before are not looked at again.
 */
public final class Limits {
  private final Map<Limit, Integer> values = new EnumMap<>(Limit.class);

  /** As in {@link #values}; every LIKE asks for it. */
  private int likePattern = Limit.LIKE_PATTERN_LENGTH.maximum();

  /** Sets a limit; a negative one changes nothing. */
  public void set(Limit limit, int value) {
    if (value >= 0) {
      values.put(limit, Math.min(value, limit.maximum()));
      likePattern = get(Limit.LIKE_PATTERN_LENGTH);
    }
  }

  public int get(Limit limit) {
    return values.getOrDefault(limit, limit.maximum());
  }

  /** Whether nothing is limited further than it always is. */
  boolean areDefault() {
    return values.isEmpty();
  }

  int attached() {
    return get(Limit.ATTACHED);
  }

  int likePattern() {
    return likePattern;
  }

  /** Refuses a text that is too long. */
  void requireLength(String sql, int from) {
    if (values.containsKey(Limit.SQL_LENGTH)
        && utf8Length(sql.substring(from)) > get(Limit.SQL_LENGTH)) {
      throw new TursoException(ErrorCode.TOOBIG, "statement too long");
    }
  }

  private static int utf8Length(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  /** Refuses a statement of which something is too large. */
  void require(ParsedStatement parsed) {
    if (values.isEmpty()) {
      return;
    }
    StatementSize size = parsed.size();
    int depth = get(Limit.EXPRESSION_DEPTH);
    if (size.depth() > depth) {
      throw error("Expression tree is too large (maximum depth " + depth + ")");
    }
    int terms = get(Limit.COMPOUND_SELECT);
    if (terms != 0 && size.compoundTerms() > terms) {
      throw error("too many terms in compound SELECT");
    }
    if (size.arguments() > get(Limit.FUNCTION_ARGUMENTS)) {
      throw error("too many arguments on function " + size.longestCall());
    }
    requireNumbers(parsed.parameterNames());
  }

  private void requireNumbers(List<@Nullable String> names) {
    int largest = get(Limit.VARIABLE_NUMBER);
    if (names.size() <= largest) {
      return;
    }
    String name = names.get(largest);
    String last = names.get(names.size() - 1);
    boolean numbered = name == null ? last != null && last.startsWith("?") : name.startsWith("?");
    throw error(
        numbered ? "variable number must be between ?1 and ?" + largest : "too many SQL variables");
  }

  private static TursoException error(String message) {
    return new TursoException(ErrorCode.ERROR, message);
  }
}
