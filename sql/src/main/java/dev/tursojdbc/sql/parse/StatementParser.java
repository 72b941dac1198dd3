package dev.tursojdbc.sql.parse;

import dev.tursojdbc.sql.grammar.SqliteParser;
import org.antlr.v4.runtime.BailErrorStrategy;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.atn.PredictionMode;

/**
 * The generated parser, set up for one statement: it stops at the first error, keeps no tree, and
 * tells the builder of each rule that has ended.
 *
 * <p>The generated code ends its rules in {@code finally} blocks, failed or not. A rule that failed
 * has not left its parts on the builder's stack, so from the first failure on nothing more is told.
 *
 * <p>It also counts how deep the rules that can contain themselves are nested, so that a hostile
 * text is refused before it exhausts the thread's stack.
 */
final class StatementParser extends SqliteParser {
  private final StatementBuilder builder;
  private final int nestingLimit;
  private int nesting;
  private boolean failed;

  StatementParser(TokenBuffer tokens, PredictionMode mode, int nestingLimit) {
    super(tokens);
    this.nestingLimit = nestingLimit;
    builder = new StatementBuilder(tokens);
    removeErrorListeners();
    setErrorHandler(new BailErrorStrategy());
    setBuildParseTree(false);
    getInterpreter().setPredictionMode(mode);
    addParseListener(builder);
  }

  StatementBuilder builder() {
    return builder;
  }

  @Override
  protected void triggerEnterRuleEvent() {
    if (containsItself(getContext()) && ++nesting > nestingLimit) {
      failed = true;
      throw new NestingException();
    }
  }

  @Override
  protected void triggerExitRuleEvent() {
    ParserRuleContext context = getContext();
    if (failed || context.exception != null) {
      return;
    }
    failed = true;
    context.exitRule(builder);
    failed = false;
    if (containsItself(context)) {
      nesting--;
    }
  }

  /** One rule of each cycle in the grammar. */
  private static boolean containsItself(ParserRuleContext context) {
    return switch (context.getRuleIndex()) {
      case RULE_comparison, RULE_select, RULE_sources, RULE_moduleParentheses -> true;
      default -> false;
    };
  }

  /** The text nests deeper than allowed. */
  static final class NestingException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NestingException() {
      super("nested too deeply", null, false, false);
    }
  }
}
