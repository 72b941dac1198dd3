package dev.tursojdbc.sql.parse;

import dev.tursojdbc.sql.ast.Span;
import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.Token;

/** Where the tokens of a text stand: all that is not blank and no comment. */
public final class TokenSpans {
  private TokenSpans() {}

  /** The tokens of a text that is one statement. */
  public static List<Span> of(String text) {
    TokenBuffer tokens = new TokenBuffer(new SqlText(text, 0));
    List<Span> spans = new ArrayList<>();
    for (Token token = tokens.get(0);
        token.getType() != Token.EOF;
        token = tokens.get(spans.size())) {
      spans.add(new Span(token.getStartIndex(), token.getStopIndex() + 1));
    }
    return spans;
  }
}
