package dev.tursojdbc.sql.parse;

import dev.tursojdbc.sql.ast.CreateTriggerStatement;
import dev.tursojdbc.sql.ast.CreateViewStatement;
import dev.tursojdbc.sql.ast.Expression;
import dev.tursojdbc.sql.ast.Statement;
import dev.tursojdbc.sql.grammar.SqliteParser;
import dev.tursojdbc.sql.parse.StatementParser.NestingException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.function.Supplier;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.atn.PredictionMode;
import org.antlr.v4.runtime.misc.ParseCancellationException;
import org.jspecify.annotations.Nullable;

/**
 * Reads SQL text, one statement at a time. May be used by many threads at once.
 *
 * <p>Prediction is SLL, for which the grammar is written. Text that it refuses is read once more
 * with full LL, which finds the token where the text stops being SQL. That LL accepts such a text
 * is a fault of the grammar, which tests look for with {@link #fullPredictions}; the statement is
 * good nevertheless.
 *
 * <p>The statements read last are remembered: definitions in a schema are read whenever the
 * database is opened, BEGIN and COMMIT all the time.
 *
 * <p>Text that nests unusually deep is read by a thread with a stack of its own.
 */
public final class SqlParser {
  /** Within what 512 KB bear, the smallest stack that is usual. */
  private static final int NESTING_ON_CALLERS_STACK = 50;

  /** SQLite's parser stack has 2500 entries, of which some stand open in any statement. */
  private static final int MAXIMUM_NESTING = 2480;

  private static final long DEEP_STACK_BYTES = 64L << 20;

  private static final int CACHED_STATEMENTS = 256;

  /** Longer texts are seldom read twice. */
  private static final int MAX_CACHED_LENGTH = 2000;

  /** The statements of whole texts; they are immutable. */
  private static final RecentlyUsed<String, ParsedStatement> CACHE =
      new RecentlyUsed<>(CACHED_STATEMENTS);

  private static final LongAdder FULL_PREDICTIONS = new LongAdder();

  private SqlParser() {}

  /**
   * Parses the statement that begins at {@code from}.
   *
   * @throws SqlSyntaxException in SQLite's words if it is none
   */
  public static ParsedStatement parse(String sql, int from) {
    if (from != 0 || sql.length() > MAX_CACHED_LENGTH) {
      return parseAnew(sql, from);
    }
    ParsedStatement known = CACHE.get(sql);
    if (known == null) {
      known = parseAnew(sql, 0);
      CACHE.put(sql, known);
    }
    return known;
  }

  /**
   * Parses a definition of the schema, which an older version may have written: names of columns in
   * a FOREIGN KEY may have a collation or an order, which mean nothing.
   *
   * @throws SqlSyntaxException in SQLite's words if it is no statement
   */
  public static ParsedStatement parseDefinition(String sql) {
    try {
      return parse(sql, 0);
    } catch (SqlSyntaxException refused) {
      return parseAnew(
          sql,
          0,
          parser -> {
            ((StatementParser) parser).builder().allowDecoratedNames();
            return parser.entry();
          });
    }
  }

  private static ParsedStatement parseAnew(String sql, int from) {
    return parseAnew(sql, from, SqliteParser::entry);
  }

  private static ParsedStatement parseAnew(
      String sql, int from, Function<SqliteParser, ParserRuleContext> entry) {
    Parse parse = read(sql, from, entry);
    int end = parse.last().getType() == Token.EOF ? sql.length() : from + parse.endOffset();
    return new ParsedStatement(
        (Statement) parse.result(),
        sql.substring(from, end),
        end,
        parse.parameterNames(),
        parse.queryCount(),
        parse.sourceDatabases(),
        parse.size());
  }

  /** Parses one expression, all of the text. */
  public static Expression parseExpression(String text) {
    return (Expression)
        Objects.requireNonNull(read(text, 0, SqliteParser::expressionEntry).result());
  }

  /** How many statements needed more than SLL since the process began. */
  static long fullPredictions() {
    return FULL_PREDICTIONS.sum();
  }

  /** What a parse has found. */
  private record Parse(
      @Nullable Object result,
      Token last,
      List<@Nullable String> parameterNames,
      int queryCount,
      List<String> sourceDatabases,
      StatementSize size) {
    int endOffset() {
      return last.getStopIndex() + 1;
    }
  }

  private static Parse read(String sql, int from, Function<SqliteParser, ParserRuleContext> entry) {
    try {
      return read(sql, from, entry, NESTING_ON_CALLERS_STACK);
    } catch (NestingException e) {
      return readOnDeepStack(() -> read(sql, from, entry, MAXIMUM_NESTING));
    }
  }

  private static Parse read(
      String sql, int from, Function<SqliteParser, ParserRuleContext> entry, int nestingLimit) {
    try {
      return read(sql, from, entry, nestingLimit, PredictionMode.SLL);
    } catch (ParseCancellationException refused) {
      return readFully(sql, from, entry, nestingLimit);
    }
  }

  private static Parse readFully(
      String sql, int from, Function<SqliteParser, ParserRuleContext> entry, int nestingLimit) {
    try {
      Parse parse = read(sql, from, entry, nestingLimit, PredictionMode.LL);
      FULL_PREDICTIONS.increment();
      return parse;
    } catch (ParseCancellationException refused) {
      RecognitionException cause = (RecognitionException) refused.getCause();
      throw SqlSyntaxException.at(cause.getOffendingToken(), new SqlText(sql, from));
    }
  }

  private static Parse read(
      String sql,
      int from,
      Function<SqliteParser, ParserRuleContext> entry,
      int nestingLimit,
      PredictionMode mode) {
    TokenBuffer tokens = new TokenBuffer(new SqlText(sql, from));
    StatementParser parser = new StatementParser(tokens, mode, nestingLimit);
    Token last = entry.apply(parser).getStop();
    StatementBuilder builder = parser.builder();
    Object result = builder.result();
    // What only stands in the schema is resolved later.
    boolean resolved =
        !(result instanceof CreateViewStatement || result instanceof CreateTriggerStatement);
    if (resolved && builder.stack.isTooDeep()) {
      throw AstStack.tooDeep();
    }
    return new Parse(
        result,
        last,
        builder.parameters.names(),
        builder.queries,
        builder.sourceDatabases,
        builder.size(resolved));
  }

  private static Parse readOnDeepStack(Supplier<Parse> reading) {
    FutureTask<Parse> task = new FutureTask<>(reading::get);
    Thread thread = new Thread(null, task, "turso-deep-parse", DEEP_STACK_BYTES);
    thread.setDaemon(true);
    thread.start();
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return task.get();
        } catch (InterruptedException e) {
          interrupted = true;
        } catch (ExecutionException e) {
          throw failure(e.getCause());
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static RuntimeException failure(@Nullable Throwable cause) {
    if (cause instanceof NestingException) {
      return new SqlSyntaxException("Recursion limit", -1);
    }
    if (cause instanceof Error error) {
      throw error;
    }
    return (RuntimeException) Objects.requireNonNull(cause);
  }
}
