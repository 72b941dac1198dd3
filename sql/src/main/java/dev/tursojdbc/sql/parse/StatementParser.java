package dev.tursojdbc.sql.parse;

import dev.tursojdbc.sql.grammar.SqliteParser;
import org.antlr.v4.runtime.BailErrorStrategy;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.atn.ATN;
import org.antlr.v4.runtime.atn.ATNConfigSet;
import org.antlr.v4.runtime.atn.ParserATNSimulator;
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
    addParseListener(builder);
    setInterpreter(new Prediction(this, mode));
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

  /**
   * A token is accepted: now the faults found before it count. ANTLR's own method would make a node
   * of a tree of it, as there is a listener.
   */
  @Override
  public Token consume() {
    SqlSyntaxException failure = builder.stack.failure();
    if (failure != null) {
      failed = true;
      throw failure;
    }
    Token token = getCurrentToken();
    if (token.getType() != Token.EOF) {
      getInputStream().consume();
    }
    return token;
  }

  /**
   * Prediction that fails at the token where no alternative is left. ANTLR's would rather leave the
   * rule, and have the error at an earlier token.
   */
  private static final class Prediction extends ParserATNSimulator {
    Prediction(StatementParser parser, PredictionMode mode) {
      super(parser, _ATN, _decisionToDFA, _sharedContextCache);
      setPredictionMode(mode);
    }

    @Override
    protected int getSynValidOrSemInvalidAltThatFinishedDecisionEntryRule(
        ATNConfigSet configs, ParserRuleContext outerContext) {
      return ATN.INVALID_ALT_NUMBER;
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
