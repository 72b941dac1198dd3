package dev.tursojdbc.sql.alter;

import dev.tursojdbc.sql.ast.ColumnConstraint;
import dev.tursojdbc.sql.ast.ColumnDefinition;
import dev.tursojdbc.sql.ast.CreateTableStatement;
import dev.tursojdbc.sql.ast.Span;
import dev.tursojdbc.sql.ast.TableConstraint;
import dev.tursojdbc.sql.parse.SqlParser;
import dev.tursojdbc.sql.parse.TokenSpans;
import dev.tursojdbc.sql.schema.Names;
import dev.tursojdbc.storage.error.ErrorCode;
import dev.tursojdbc.storage.error.TursoException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The constraints of a CREATE TABLE as they are written, put in and cut out.
 *
 * <p>What is cut goes with the blanks and comments around it; one blank is left between what stood
 * on its sides, none before a comma or parenthesis, and a constraint that had its commas to itself
 * takes the first of them along.
 */
public final class ConstraintText {
  private final String text;
  private final CreateTableStatement statement;
  private final List<Span> tokens;

  public ConstraintText(String text) {
    this.text = text;
    this.statement = (CreateTableStatement) SqlParser.parse(text, 0).statement();
    this.tokens = TokenSpans.of(text);
  }

  /** The text with a constraint of the table behind all that is there. */
  public String withTableConstraint(String constraint) {
    int close = tokens.get(closingParenthesis()).start();
    return text.substring(0, close) + ", " + constraint.strip() + text.substring(close);
  }

  /** The text with NOT NULL at the end of a column, and not where it was before. */
  public String withNotNull(int column, String constraint) {
    ConstraintText without = new ConstraintText(withoutNotNull(column));
    int end = without.endOfColumn(column);
    return without.text.substring(0, end) + " " + constraint.strip() + without.text.substring(end);
  }

  /** The text without a column's NOT NULL; the same if it has none. */
  public String withoutNotNull(int column) {
    for (ColumnConstraint constraint : statement.columns().get(column).constraints()) {
      if (constraint instanceof ColumnConstraint.NotNull notNull) {
        int first = tokenAt(notNull.span().start());
        if (first >= 2 && isWord(first - 2, "CONSTRAINT")) {
          first -= 2;
        }
        return without(first, lastToken(notNull.span()));
      }
    }
    return text;
  }

  /** Whether something is called so. */
  public boolean isNamed(String name) {
    return find(name) >= 0;
  }

  /**
   * The text without what is called so. Of what is no constraint, such as a default, only the name
   * goes.
   *
   * @throws TursoException if there is no such constraint, or it has an index
   */
  public String without(String name) {
    int first = find(name);
    if (first < 0) {
      throw new TursoException(ErrorCode.ERROR, "no such constraint: " + name);
    }
    Span named = first + 2 < tokens.size() ? constraintAt(tokens.get(first + 2).start()) : null;
    if (named != null && isKept(named)) {
      throw new TursoException(ErrorCode.ERROR, "constraint may not be dropped: " + name);
    }
    return without(first, named == null ? first + 1 : lastToken(named));
  }

  /** The token CONSTRAINT before a name, or -1. */
  private int find(String name) {
    int depth = 0;
    for (int i = 0; i + 1 < tokens.size(); i++) {
      String token = tokens.get(i).in(text);
      if (token.equals("(")) {
        depth++;
      } else if (token.equals(")")) {
        depth--;
      } else if (depth == 1 && isWord(i, "CONSTRAINT") && Names.same(nameOf(i + 1), name)) {
        return i;
      }
    }
    return -1;
  }

  private String nameOf(int token) {
    String word = tokens.get(token).in(text);
    char first = word.charAt(0);
    if (first == '[') {
      return word.substring(1, word.length() - 1);
    }
    if (first == '"' || first == '`' || first == '\'') {
      String quote = String.valueOf(first);
      return word.substring(1, word.length() - 1).replace(quote + quote, quote);
    }
    return word;
  }

  private boolean isWord(int token, String word) {
    return Names.same(tokens.get(token).in(text), word);
  }

  /** The constraint that begins here and can be dropped or is an error to drop; null: none such. */
  private @Nullable Span constraintAt(int start) {
    for (ColumnDefinition column : statement.columns()) {
      for (ColumnConstraint constraint : column.constraints()) {
        if (constraint.span().start() == start
            && !(constraint instanceof ColumnConstraint.Default)
            && !(constraint instanceof ColumnConstraint.Collate)
            && !(constraint instanceof ColumnConstraint.Generated)) {
          return constraint.span();
        }
      }
    }
    for (TableConstraint constraint : statement.constraints()) {
      if (constraint.span().start() == start) {
        return constraint.span();
      }
    }
    return null;
  }

  /** Whether a constraint stays: those with an index, and NULL. */
  private boolean isKept(Span span) {
    int first = tokenAt(span.start());
    return isWord(first, "PRIMARY") || isWord(first, "UNIQUE") || isWord(first, "NULL");
  }

  /** Cuts out tokens, the last one included. */
  private String without(int first, int last) {
    Span before = tokens.get(first - 1);
    Span after = tokens.get(last + 1);
    boolean ends = after.in(text).equals(",") || after.in(text).equals(")");
    int from = ends && before.in(text).equals(",") ? before.start() : before.end();
    return text.substring(0, from) + (ends ? "" : " ") + text.substring(after.start());
  }

  private int tokenAt(int start) {
    for (int i = 0; i < tokens.size(); i++) {
      if (tokens.get(i).start() == start) {
        return i;
      }
    }
    throw new IllegalStateException("no token begins at " + start);
  }

  private int lastToken(Span span) {
    int last = tokenAt(span.start());
    while (last + 1 < tokens.size() && tokens.get(last + 1).start() < span.end()) {
      last++;
    }
    return last;
  }

  /** Where the comma or parenthesis behind a column stands. */
  private int endOfColumn(int column) {
    return tokens.get(lastToken(statement.columns().get(column).span()) + 1).start();
  }

  private int closingParenthesis() {
    int depth = 0;
    for (int i = 0; i < tokens.size(); i++) {
      String token = tokens.get(i).in(text);
      if (token.equals("(")) {
        depth++;
      } else if (token.equals(")") && --depth == 0) {
        return i;
      }
    }
    throw new IllegalStateException("a table without columns");
  }
}
