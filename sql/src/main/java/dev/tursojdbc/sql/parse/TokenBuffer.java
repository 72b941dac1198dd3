package dev.tursojdbc.sql.parse;

import dev.tursojdbc.sql.grammar.SqliteLexer;
import dev.tursojdbc.sql.grammar.SqliteParser;
import java.util.Arrays;
import org.antlr.v4.runtime.CommonToken;
import org.antlr.v4.runtime.RuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.TokenSource;
import org.antlr.v4.runtime.TokenStream;
import org.antlr.v4.runtime.atn.ATN;
import org.antlr.v4.runtime.misc.Interval;
import org.antlr.v4.runtime.misc.IntervalSet;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of one statement, read from the lexer as the parser asks for them, with what a lexer
 * cannot know settled:
 *
 * <ul>
 *   <li>words that are keywords;
 *   <li>WINDOW, OVER and FILTER, which are keywords only where SQLite's rules say so: WINDOW before
 *       a name and AS; OVER after {@code )} and before {@code (} or a name; FILTER after {@code )}
 *       and before {@code (};
 *   <li>IS followed by NOT, which become one token.
 * </ul>
 *
 * <p>Nothing is read beyond the statement's end, so a script costs as much as its statements.
 */
final class TokenBuffer implements TokenStream {
  /**
   * What the three rules take for a name: what the grammar does, and two of the words themselves.
   * Most processes never ask, so the first statement does not wait for it.
   */
  private static final class Names {
    static final IntervalSet TYPES = types();

    private static IntervalSet types() {
      ATN atn = SqliteParser._ATN;
      IntervalSet types = new IntervalSet(SqliteLexer.WINDOW, SqliteLexer.OVER);
      types.addAll(atn.nextTokens(atn.ruleToStartState[SqliteParser.RULE_name]));
      types.remove(SqliteLexer.INDEXED);
      return types;
    }
  }

  private final SqlText text;
  private final SqliteLexer lexer;

  /** Tokens as the lexer and the keyword table have them; a few more than are settled. */
  private Token[] tokens = new Token[64];

  private int read;
  private int settled;
  private int index;

  TokenBuffer(SqlText text) {
    this.text = text;
    this.lexer = new SqliteLexer(text);
    lexer.removeErrorListeners();
  }

  SqlText text() {
    return text;
  }

  /** Null before the first token, by ANTLR's convention. */
  @Override
  public @Nullable Token LT(int distance) {
    int at = distance > 0 ? index + distance - 1 : index + distance;
    if (at < 0) {
      return null;
    }
    while (at >= settled) {
      settleNext();
    }
    return tokens[at];
  }

  @Override
  public int LA(int distance) {
    Token token = LT(distance);
    return token == null ? Token.EOF : token.getType();
  }

  @Override
  public void consume() {
    index++;
  }

  @Override
  public Token get(int at) {
    while (at >= settled) {
      settleNext();
    }
    return tokens[at];
  }

  @Override
  public int mark() {
    return -1;
  }

  @Override
  public void release(int marker) {}

  @Override
  public int index() {
    return index;
  }

  @Override
  public void seek(int index) {
    this.index = index;
  }

  @Override
  public int size() {
    return settled;
  }

  @Override
  public String getSourceName() {
    return text.getSourceName();
  }

  @Override
  public TokenSource getTokenSource() {
    return lexer;
  }

  @Override
  public String getText(Interval interval) {
    return text.substring(get(interval.a).getStartIndex(), get(interval.b).getStopIndex() + 1);
  }

  @Override
  public String getText() {
    return text.substring(0, text.size());
  }

  @Override
  public String getText(RuleContext context) {
    return getText(context.getSourceInterval());
  }

  @Override
  public String getText(Token start, Token stop) {
    return text.substring(start.getStartIndex(), stop.getStopIndex() + 1);
  }

  private void settleNext() {
    CommonToken token = (CommonToken) peek(settled);
    switch (token.getType()) {
      case SqliteLexer.IS -> joinWithNot(token);
      case SqliteLexer.WINDOW -> {
        if (!isName(peek(settled + 1)) || peek(settled + 2).getType() != SqliteLexer.AS) {
          token.setType(SqliteLexer.WORD);
        }
      }
      case SqliteLexer.OVER -> {
        Token next = peek(settled + 1);
        if (!followsParenthesis() || (next.getType() != SqliteLexer.LP && !isName(next))) {
          token.setType(SqliteLexer.WORD);
        }
      }
      case SqliteLexer.FILTER -> {
        if (!followsParenthesis() || peek(settled + 1).getType() != SqliteLexer.LP) {
          token.setType(SqliteLexer.WORD);
        }
      }
      default -> {}
    }
    settled++;
  }

  private void joinWithNot(CommonToken is) {
    Token not = peek(settled + 1);
    if (not.getType() == SqliteLexer.NOT) {
      is.setType(SqliteLexer.IS_NOT);
      is.setStopIndex(not.getStopIndex());
      System.arraycopy(tokens, settled + 2, tokens, settled + 1, read - settled - 2);
      read--;
    }
  }

  private boolean followsParenthesis() {
    return settled > 0 && tokens[settled - 1].getType() == SqliteLexer.RP;
  }

  private static boolean isName(Token token) {
    int type = token.getType();
    return type > 0 && Names.TYPES.contains(type);
  }

  private Token peek(int at) {
    while (at >= read) {
      Token token =
          read > 0 && tokens[read - 1].getType() == Token.EOF ? tokens[read - 1] : readNext();
      if (read == tokens.length) {
        tokens = Arrays.copyOf(tokens, 2 * read);
      }
      tokens[read++] = token;
    }
    return tokens[at];
  }

  private Token readNext() {
    CommonToken token = (CommonToken) lexer.nextToken();
    if (token.getType() == SqliteLexer.WORD) {
      token.setType(Keywords.typeOf(text, token.getStartIndex(), token.getStopIndex() + 1));
    }
    return token;
  }
}
