package dev.tursojdbc.sql.function;

import dev.tursojdbc.sql.value.WildcardPattern;
import dev.tursojdbc.storage.record.Register;
import dev.tursojdbc.storage.record.Utf8;
import java.util.Set;

/**
 * LIKE and GLOB as functions, the pattern first: {@code like(pattern, text, escape)} is what {@code
 * text LIKE pattern ESCAPE escape} calls.
 */
final class PatternFunctions {
  private PatternFunctions() {}

  static void register(FunctionRegistry registry) {
    registry.pure("like", 2, 3, (c, arguments, result) -> like(c, arguments, result, false));
    registry.pure("glob", 2, 2, PatternFunctions::glob);
    registry.scalar("match", 2, 2, Set.of(), PatternFunctions::refuseMatch);
  }

  /** MATCH means something to virtual tables only; it fails once a row is asked for it. */
  private static void refuseMatch(FunctionContext context, Register[] arguments, Register result) {
    throw Arguments.error("unable to use function MATCH in the requested context");
  }

  /** The LIKE of PRAGMA case_sensitive_like. */
  static void registerCaseSensitive(FunctionRegistry registry) {
    registry.pure("like", 2, 3, (c, arguments, result) -> like(c, arguments, result, true));
  }

  private static void like(
      FunctionContext context, Register[] arguments, Register result, boolean matchesCase) {
    WildcardPattern wildcards =
        matchesCase ? WildcardPattern.CASE_SENSITIVE_LIKE : WildcardPattern.LIKE;
    checkLength(arguments[0], context);
    if (arguments.length == 3) {
      if (arguments[2].isNull()) {
        result.setNull();
        return;
      }
      wildcards = WildcardPattern.like(escape(context, arguments[2]), matchesCase);
    }
    match(context, wildcards, arguments, result);
  }

  private static int escape(FunctionContext context, Register value) {
    Register text = Arguments.text(context, value);
    int end = Arguments.end(text);
    if (Utf8.count(text.bytes, text.offset, end - text.offset) != 1) {
      throw Arguments.error("ESCAPE expression must be a single character");
    }
    return Utf8.codePoint(text.bytes, text.offset, end);
  }

  private static void glob(FunctionContext context, Register[] arguments, Register result) {
    checkLength(arguments[0], context);
    match(context, WildcardPattern.GLOB, arguments, result);
  }

  private static void checkLength(Register pattern, FunctionContext context) {
    if (!pattern.isNull() && Arguments.text(pattern).length > context.likePatternLimit()) {
      throw Arguments.error("LIKE or GLOB pattern too complex");
    }
  }

  private static void match(
      FunctionContext context, WildcardPattern wildcards, Register[] arguments, Register result) {
    if (arguments[0].isNull() || arguments[1].isNull()) {
      result.setNull();
      return;
    }
    Register pattern = Arguments.text(context, arguments[0]);
    Register text = Arguments.text(context, arguments[1]);
    boolean matches =
        wildcards.matches(
            pattern.bytes, pattern.offset, pattern.length, text.bytes, text.offset, text.length);
    result.setInteger(matches ? 1 : 0);
  }
}
