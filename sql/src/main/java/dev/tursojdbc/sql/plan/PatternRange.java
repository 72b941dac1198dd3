package dev.tursojdbc.sql.plan;

import dev.tursojdbc.sql.bind.BoundCall;
import dev.tursojdbc.sql.bind.BoundCondition;
import dev.tursojdbc.sql.bind.BoundExpression;
import dev.tursojdbc.sql.bind.ComparisonOperator;
import dev.tursojdbc.sql.bind.Constant;
import dev.tursojdbc.sql.function.FunctionRegistry;
import dev.tursojdbc.sql.function.SqlFunction;
import dev.tursojdbc.sql.value.Affinity;
import dev.tursojdbc.storage.record.Collation;
import dev.tursojdbc.storage.record.StorageClass;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The range of texts that can match a LIKE or GLOB whose pattern begins with ordinary characters.
 *
 * <pre>
 *   a LIKE 'ab%c'    a &gt;= 'ab' AND a &lt; 'ac'    by NOCASE
 *   a GLOB 'ab*'     a &gt;= 'ab' AND a &lt; 'ac'    by BINARY
 * </pre>
 *
 * <p>Blobs match patterns too but sort behind all texts, so the same range has to be searched once
 * more among them. Where values may be numbers, neither end of the range may look like one.
 *
 * @param operand what is matched
 * @param low the least text that can match
 * @param high greater than all texts that can match
 */
record PatternRange(BoundExpression operand, Constant low, Constant high, Collation collation) {
  private static final char LAST_ASCII = 0x7e;

  /** The range of an expression; null if it is no such LIKE or GLOB. */
  static @Nullable PatternRange of(BoundExpression expression) {
    if (!(expression instanceof BoundCall.Function function)
        || function.arguments().size() < 2
        || !(function.arguments().get(0) instanceof Constant pattern)
        || pattern.type() != StorageClass.TEXT) {
      return null;
    }
    SqlFunction called = function.function();
    boolean like = called == FunctionRegistry.builtIns().find("like", 2);
    boolean matchesCase =
        called == FunctionRegistry.builtIns().find("glob", 2)
            || called == FunctionRegistry.lookup(true).find("like", 2);
    if (!like && !matchesCase) {
      return null;
    }
    boolean glob = function.function().name().equals("glob");
    String escape = escape(function.arguments());
    if (escape == null) {
      return null;
    }
    String prefix = prefix(pattern.text(), glob ? "*?[" : "%_", escape);
    if (prefix.isEmpty()) {
      return null;
    }
    BoundExpression operand = function.arguments().get(1);
    // As blobs, which know no NOCASE, all spellings lie between capitals and small letters.
    String low = like ? ofCase(prefix, 'a', 'z') : prefix;
    String next = next(like ? ofCase(prefix, 'A', 'Z') : prefix);
    if (operand.affinity() != Affinity.TEXT && (mayBeNumber(prefix) || mayBeNumber(next))) {
      return null;
    }
    return new PatternRange(
        operand,
        Constant.ofText(low),
        Constant.ofText(next),
        like ? Collation.NOCASE : Collation.BINARY);
  }

  /** The ordinary characters at the beginning, up to the last whose successor is one character. */
  private static String prefix(String pattern, String wildcards, String escape) {
    StringBuilder prefix = new StringBuilder();
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      if (escape.indexOf(c) >= 0 && i + 1 < pattern.length()) {
        i++;
        c = pattern.charAt(i);
      } else if (escape.indexOf(c) >= 0 || wildcards.indexOf(c) >= 0) {
        break;
      }
      prefix.append(c);
    }
    while (prefix.length() > 0 && prefix.charAt(prefix.length() - 1) > LAST_ASCII) {
      prefix.setLength(prefix.length() - 1);
    }
    return prefix.toString();
  }

  /** The escape character, empty if there is none; null if it is not known or no plain one. */
  private static @Nullable String escape(List<BoundExpression> arguments) {
    if (arguments.size() < 3) {
      return "";
    }
    if (!(arguments.get(2) instanceof Constant constant) || constant.type() != StorageClass.TEXT) {
      return null;
    }
    String text = constant.text();
    boolean isPlain = text.length() == 1 && text.charAt(0) <= LAST_ASCII && !"%_".contains(text);
    return isPlain ? text : null;
  }

  /** The text with all letters of one case in the other. */
  private static String ofCase(String text, char first, char last) {
    StringBuilder changed = new StringBuilder(text);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= first && c <= last) {
        changed.setCharAt(i, (char) (c ^ 0x20));
      }
    }
    return changed.toString();
  }

  /** The prefix with its last character replaced by the next one. */
  private static String next(String prefix) {
    int last = prefix.length() - 1;
    return prefix.substring(0, last) + (char) (prefix.charAt(last) + 1);
  }

  private static boolean mayBeNumber(String text) {
    String digits = text.strip();
    if (digits.startsWith("-") || digits.startsWith("+")) {
      digits = digits.substring(1);
    }
    return digits.isEmpty()
        || digits.charAt(0) == '.'
        || (digits.charAt(0) >= '0' && digits.charAt(0) <= '9');
  }

  BoundCondition.Comparison lowComparison() {
    return comparison(ComparisonOperator.GREATER_OR_EQUAL, low);
  }

  BoundCondition.Comparison highComparison() {
    return comparison(ComparisonOperator.LESS, high);
  }

  private BoundCondition.Comparison comparison(ComparisonOperator operator, Constant bound) {
    return new BoundCondition.Comparison(operator, operand, bound, Affinity.NONE, collation);
  }
}
