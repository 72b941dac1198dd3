package dev.tursojdbc.sql.parse;

import dev.tursojdbc.sql.ast.Name;
import dev.tursojdbc.sql.ast.QualifiedName;
import dev.tursojdbc.sql.ast.Span;
import dev.tursojdbc.sql.grammar.SqliteLexer;
import dev.tursojdbc.sql.grammar.SqliteParser;
import dev.tursojdbc.sql.grammar.SqliteParserBaseListener;
import java.util.List;
import java.util.Objects;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;

/**
 * The root of the builders: access to text and stack, and names.
 *
 * <p>The builders form a line, each adding the rules of one family: names, expressions, queries,
 * changes, schema, commands. The last of them, {@link StatementBuilder}, is the listener of a
 * parse. A rule is built when it ends; the labels of its alternatives say which parts it had.
 */
abstract class AstBuilder extends SqliteParserBaseListener {
  final AstStack stack = new AstStack();
  final TokenBuffer tokens;
  final SqlText text;

  /** Whether a name of a column in a list may have COLLATE or an order behind it. */
  private boolean allowsDecoratedNames;

  AstBuilder(TokenBuffer tokens) {
    this.tokens = tokens;
    this.text = tokens.text();
  }

  void allowDecoratedNames() {
    allowsDecoratedNames = true;
  }

  static int start(ParserRuleContext context) {
    return context.getStart().getStartIndex();
  }

  static int end(ParserRuleContext context) {
    return context.getStop().getStopIndex() + 1;
  }

  static Span span(ParserRuleContext context) {
    return new Span(start(context), end(context));
  }

  static Span span(Token token) {
    return new Span(token.getStartIndex(), token.getStopIndex() + 1);
  }

  String text(Token token) {
    return text.substring(token.getStartIndex(), token.getStopIndex() + 1);
  }

  String text(ParserRuleContext context) {
    return text.substring(start(context), end(context));
  }

  /** The text from an offset up to the token that comes next, without blanks at either end. */
  String textBeforeNext(int start) {
    return trim(start, tokens.LT(1).getStartIndex());
  }

  /** The text between the two tokens, without blanks at either end. */
  String textBetween(Token open, Token close) {
    return trim(open.getStopIndex() + 1, close.getStartIndex());
  }

  private String trim(int start, int end) {
    int first = start;
    int last = end;
    while (first < last && isBlank(text.charAt(first))) {
      first++;
    }
    while (last > first && isBlank(text.charAt(last - 1))) {
      last--;
    }
    return text.substring(first, last);
  }

  private static boolean isBlank(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
  }

  Name name(Token token) {
    String written = text(token);
    Name.Quote quote =
        switch (token.getType()) {
          case SqliteLexer.STRING -> Name.Quote.SINGLE;
          case SqliteLexer.QUOTED ->
              switch (written.charAt(0)) {
                case '"' -> Name.Quote.DOUBLE;
                case '[' -> Name.Quote.BRACKET;
                default -> Name.Quote.BACKTICK;
              };
          default -> Name.Quote.NONE;
        };
    return new Name(quote == Name.Quote.NONE ? written : unquote(written), quote, span(token));
  }

  /** The text between the first character and its partner, doubled quotes made single. */
  static String unquote(String written) {
    char open = written.charAt(0);
    if (open == '[') {
      return written.substring(1, written.indexOf(']'));
    }
    StringBuilder unquoted = new StringBuilder(written.length());
    for (int i = 1; i < written.length(); i++) {
      char c = written.charAt(i);
      if (c == open) {
        i++;
        if (i == written.length() || written.charAt(i) != open) {
          break;
        }
      }
      unquoted.append(c);
    }
    return unquoted.toString();
  }

  static boolean isQuote(char c) {
    return c == '\'' || c == '"' || c == '`' || c == '[';
  }

  /** Where SQLite takes a name for a keyword, it finds fault with what follows. */
  private void checkKeyword(ParserRuleContext name) {
    if (OptionalKeywords.isMisread(name, tokens.LA(-2))) {
      throw SqlSyntaxException.at(Objects.requireNonNull(tokens.LT(1)), text);
    }
  }

  List<Name> popNames(@Nullable Object part) {
    return part == null ? List.of() : stack.pop(NameList.class).names();
  }

  /** Several names, as one thing on the stack. */
  record NameList(List<Name> names) {}

  @Override
  public void exitName(SqliteParser.NameContext context) {
    checkKeyword(context);
    stack.push(name(context.getStart()));
  }

  @Override
  public void exitExpressionName(SqliteParser.ExpressionNameContext context) {
    checkKeyword(context);
    stack.push(name(context.getStart()));
  }

  @Override
  public void exitBareName(SqliteParser.BareNameContext context) {
    stack.push(name(context.getStart()));
  }

  @Override
  public void exitResultAlias(SqliteParser.ResultAliasContext context) {
    stack.push(name(context.getStart()));
  }

  @Override
  public void exitStorageName(SqliteParser.StorageNameContext context) {
    stack.push(name(context.getStart()));
  }

  @Override
  public void exitWindowName(SqliteParser.WindowNameContext context) {
    stack.push(name(context.getStart()));
  }

  @Override
  public void exitQualifiedName(SqliteParser.QualifiedNameContext context) {
    Name second = stack.popIf(context.second, Name.class);
    Name first = stack.pop(Name.class);
    stack.push(second == null ? new QualifiedName(null, first) : new QualifiedName(first, second));
  }

  @Override
  public void exitNameList(SqliteParser.NameListContext context) {
    stack.push(new NameList(stack.popList(context.items.size(), Name.class)));
  }

  @Override
  public void exitIndexedNames(SqliteParser.IndexedNamesContext context) {
    stack.push(new NameList(stack.popList(context.items.size(), Name.class)));
  }

  @Override
  public void exitIndexedName(SqliteParser.IndexedNameContext context) {
    if (context.decoration == null) {
      return;
    }
    stack.popIf(context.decoration.collate, Name.class);
    if (!allowsDecoratedNames) {
      stack.fail(
          "syntax error after column name \"" + text(context.getStart()) + "\"", start(context));
    }
  }

  @Override
  public void exitTypeName(SqliteParser.TypeNameContext context) {
    for (int words = context.words.size(); words > 0; words--) {
      stack.pop();
    }
    String type = text(context);
    stack.push(isQuote(type.charAt(0)) ? unquote(type) : type);
  }
}
