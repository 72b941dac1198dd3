package dev.tursojdbc.sql.exec;

import dev.tursojdbc.sql.bind.BoundCall;
import dev.tursojdbc.sql.bind.BoundExpression;
import dev.tursojdbc.sql.bind.Constant;
import dev.tursojdbc.sql.function.FunctionRegistry;
import dev.tursojdbc.sql.function.SqlFunction;
import dev.tursojdbc.sql.value.LiteralPattern;
import dev.tursojdbc.sql.value.WildcardPattern;
import dev.tursojdbc.storage.record.Register;
import dev.tursojdbc.storage.record.StorageClass;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * LIKE and GLOB with a pattern that stays the same throughout a run: it is taken apart once if that
 * goes. All else, such as values that are no texts, is left to the function.
 */
final class PatternEvaluator extends Condition {
  private static final int PATTERN = 0;
  private static final int TEXT = 1;
  private static final int ESCAPE = 2;

  private final WildcardPattern wildcards;
  private final Evaluator pattern;
  private final Evaluator text;
  private final FunctionEvaluator call;
  private long preparedIn = -1;
  private @Nullable LiteralPattern prepared;

  /** The pattern that was taken apart last, and what came of it. */
  private byte @Nullable [] last;

  private @Nullable LiteralPattern lastLiteral;

  private PatternEvaluator(
      WildcardPattern wildcards, Evaluator pattern, Evaluator text, FunctionEvaluator call) {
    this.wildcards = wildcards;
    this.pattern = pattern;
    this.text = text;
    this.call = call;
  }

  /** The evaluator of a call, which is the call itself unless it is a LIKE or GLOB of this kind. */
  static Evaluator of(BoundCall.Function function, Evaluator[] arguments, FunctionEvaluator call) {
    if (arguments.length < 2
        || !(arguments[PATTERN] instanceof ConstantEvaluator
            || arguments[PATTERN] instanceof ParameterEvaluator)) {
      return call;
    }
    WildcardPattern wildcards = wildcards(function.function(), function.arguments());
    return wildcards == null
        ? call
        : new PatternEvaluator(wildcards, arguments[PATTERN], arguments[TEXT], call);
  }

  private static @Nullable WildcardPattern wildcards(
      SqlFunction function, List<BoundExpression> arguments) {
    if (function == FunctionRegistry.builtIns().find("glob", 2)) {
      return WildcardPattern.GLOB;
    }
    boolean matchesCase = function == FunctionRegistry.lookup(true).find("like", 2);
    if (!matchesCase && function != FunctionRegistry.builtIns().find("like", 2)) {
      return null;
    }
    if (arguments.size() == 2) {
      return matchesCase ? WildcardPattern.CASE_SENSITIVE_LIKE : WildcardPattern.LIKE;
    }
    // Whether another escape is allowed is for the function to say.
    return arguments.get(ESCAPE) instanceof Constant escape
            && escape.type() == StorageClass.TEXT
            && escape.text().length() == 1
            && escape.text().charAt(0) != 0
            && escape.text().charAt(0) < 0x80
        ? WildcardPattern.like(escape.text().charAt(0), matchesCase)
        : null;
  }

  @Override
  public int test(Frame frame) {
    if (preparedIn != frame.run()) {
      prepare(frame);
      preparedIn = frame.run();
    }
    LiteralPattern literal = prepared;
    if (text.evaluate(frame) == StorageClass.TEXT && literal != null) {
      return literal.matches(frame.bytes, frame.offset, frame.length) ? TRUE : FALSE;
    }
    return call.evaluateWith(frame, TEXT) == StorageClass.NULL
        ? UNKNOWN
        : frame.integer != 0 ? TRUE : FALSE;
  }

  private void prepare(Frame frame) {
    prepared = null;
    // A pattern that is too long is the function's to refuse; the limit may change between runs.
    if (pattern.evaluate(frame) == StorageClass.TEXT
        && frame.length <= frame.call().likePatternLimit()) {
      prepared = literal(frame);
    }
  }

  private @Nullable LiteralPattern literal(Register value) {
    byte[] known = last;
    int end = value.offset + value.length;
    if (known == null || !Arrays.equals(known, 0, known.length, value.bytes, value.offset, end)) {
      last = Arrays.copyOfRange(value.bytes, value.offset, end);
      lastLiteral = wildcards.literal(value.bytes, value.offset, value.length);
    }
    return lastLiteral;
  }
}
