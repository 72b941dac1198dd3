package dev.tursojdbc.sql.parse;

import dev.tursojdbc.sql.ast.StatementException;
import dev.tursojdbc.sql.grammar.SqliteLexer;
import org.antlr.v4.runtime.Token;

/** The text is no SQL statement; knows where it stops being one. */
public final class SqlSyntaxException extends StatementException {
  private static final long serialVersionUID = 1L;

  SqlSyntaxException(String message, int offset) {
    super(message, offset);
  }

  /** The general answer: this token cannot stand here. */
  static SqlSyntaxException near(String token, int offset) {
    return new SqlSyntaxException("near \"" + token + "\": syntax error", offset);
  }

  /** The answer to a token where no such token can stand. */
  static SqlSyntaxException at(Token token, SqlText text) {
    int offset = token.getStartIndex();
    return switch (token.getType()) {
      case Token.EOF -> new SqlSyntaxException("incomplete input", -1);
      case SqliteLexer.ILLEGAL ->
          new SqlSyntaxException(
              "unrecognized token: \"" + text.substring(offset, token.getStopIndex() + 1) + "\"",
              offset);
      // Two words to SQLite.
      case SqliteLexer.IS_NOT -> near(text.substring(offset, offset + 2), offset);
      default -> near(text.substring(offset, token.getStopIndex() + 1), offset);
    };
  }
}
