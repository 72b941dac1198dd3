package dev.tursojdbc.sql.parse;

import dev.tursojdbc.sql.grammar.SqliteLexer;
import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;

/**
 * What SQLite has taken in of a CREATE TRIGGER or CREATE TABLE before it meets a syntax error. It
 * acts on these statements while it reads them, so what is wrong in this part is told in place of
 * the syntax error.
 */
public final class RefusedText {
  private final TokenBuffer tokens;
  private final String text;
  private final int limit;

  private RefusedText(String text, int limit) {
    this.text = text;
    this.tokens = new TokenBuffer(new SqlText(text, 0));
    this.limit = limit;
  }

  /**
   * A statement made of the part before the error.
   *
   * @param sql the text
   * @param from where the statement begins
   * @return null if nothing of it was acted on; else a text without syntax errors
   */
  public static @Nullable String completed(String sql, int from, SqlSyntaxException error) {
    String text = sql.substring(from);
    int limit = error.offset() < 0 ? text.length() : error.offset();
    String completed = new RefusedText(text, limit).completed();
    if (completed == null || isGood(completed)) {
      return completed;
    }
    // An error that has no place: there is only the head left, or the error is in it.
    String head = new RefusedText(text, text.length()).head();
    return head != null && isGood(head) ? head : null;
  }

  private static boolean isGood(String text) {
    try {
      SqlParser.parse(text, 0);
      return true;
    } catch (SqlSyntaxException refused) {
      return false;
    }
  }

  /** A trigger's text up to its body, with a body that does no harm. */
  private @Nullable String head() {
    int begin = next(0, SqliteLexer.BEGIN);
    return begin < 0
        ? null
        : text.substring(0, tokens.get(begin).getStopIndex() + 1) + " SELECT 1; END";
  }

  private @Nullable String completed() {
    int at = 0;
    while (type(at) == SqliteLexer.SEMI) {
      at++;
    }
    if (type(at++) != SqliteLexer.CREATE) {
      return null;
    }
    if (type(at) == SqliteLexer.TEMP || type(at) == SqliteLexer.TEMPORARY) {
      at++;
    }
    return switch (type(at)) {
      case SqliteLexer.TRIGGER -> trigger(at);
      case SqliteLexer.TABLE -> table(at);
      default -> null;
    };
  }

  /** The statements of the body that end before the error; if none does, one that does no harm. */
  private @Nullable String trigger(int at) {
    int begin = next(at, SqliteLexer.BEGIN);
    if (begin < 0) {
      return null;
    }
    int end = begin;
    for (int step = begin; step >= 0; step = next(step + 1, SqliteLexer.SEMI)) {
      end = step;
    }
    String done = text.substring(0, tokens.get(end).getStopIndex() + 1);
    return done + (end == begin ? " SELECT 1; END" : " END");
  }

  /** The columns and constraints that end before the error; if none does, a column of no name. */
  private @Nullable String table(int at) {
    int open = next(at, SqliteLexer.LP);
    int as = next(at, SqliteLexer.AS);
    if (as >= 0 && (open < 0 || as < open)) {
      // Of AS SELECT only the name is acted on before all is read.
      return text.substring(0, tokens.get(as).getStartIndex()) + "(\"\")";
    }
    if (open < 0) {
      return null;
    }
    int end = open;
    int depth = 1;
    for (int i = open + 1; isBeforeError(i) && depth > 0; i++) {
      switch (type(i)) {
        case SqliteLexer.LP -> depth++;
        case SqliteLexer.RP -> depth--;
        default -> {}
      }
      if (depth == 0 || (depth == 1 && type(i) == SqliteLexer.COMMA)) {
        end = i;
      }
    }
    String done = text.substring(0, tokens.get(end).getStartIndex());
    return end == open ? done + "(\"\")" : done + ")";
  }

  /** The next token of a type before the error; -1 if there is none. */
  private int next(int from, int type) {
    for (int i = from; isBeforeError(i); i++) {
      if (type(i) == type) {
        return i;
      }
    }
    return -1;
  }

  private boolean isBeforeError(int index) {
    Token token = tokens.get(index);
    return token.getType() != Token.EOF && token.getStartIndex() < limit;
  }

  private int type(int index) {
    return tokens.get(index).getType();
  }
}
