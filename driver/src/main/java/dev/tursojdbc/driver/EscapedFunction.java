package dev.tursojdbc.driver;

import java.sql.SQLException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The functions of {@code {fn …}} and the SQL that stands for them.
 *
 * <p>A template has letters in braces for the arguments: <code>{a}</code> the first and so on. An
 * argument with a parameter must stand once, and in its place among the others: a template that
 * repeats or moves one is then put around a subquery that names them.
 *
 * @param templates by number of arguments
 */
record EscapedFunction(String name, Family family, Map<Integer, String> templates) {
  /** The lists in which {@link java.sql.DatabaseMetaData} names the functions. */
  enum Family {
    NUMERIC,
    STRING,
    SYSTEM,
    TIME
  }

  private static final Map<String, EscapedFunction> FUNCTIONS = new LinkedHashMap<>();
  private static final String NOW = "strftime('%Y-%m-%d %H:%M:%f', 'now', 'localtime')";

  static {
    for (String same :
        List.of(
            "ABS", "ACOS", "ASIN", "ATAN", "COS", "DEGREES", "EXP", "FLOOR", "LOG10", "RADIANS",
            "ROUND", "SIGN", "SIN", "SQRT", "TAN")) {
      add(Family.NUMERIC, same, 1, same.toLowerCase(Locale.ROOT) + "({a})");
    }
    add(Family.NUMERIC, "ROUND", 2, "round({a}, {b})");
    add(Family.NUMERIC, "ATAN2", 2, "atan2({a}, {b})");
    add(Family.NUMERIC, "CEILING", 1, "ceil({a})");
    add(Family.NUMERIC, "COT", 1, "(1.0 / tan({a}))");
    add(Family.NUMERIC, "LOG", 1, "ln({a})");
    add(Family.NUMERIC, "MOD", 2, "(({a}) % ({b}))");
    add(Family.NUMERIC, "PI", 0, "pi()");
    add(Family.NUMERIC, "POWER", 2, "pow({a}, {b})");
    add(Family.NUMERIC, "RAND", 0, "(random() / 18446744073709551616.0 + 0.5)");
    add(Family.NUMERIC, "TRUNCATE", 2, "(trunc(({a}) * pow(10, {b})) / pow(10, {b}))");

    add(Family.STRING, "ASCII", 1, "unicode({a})");
    add(Family.STRING, "CHAR", 1, "char({a})");
    add(Family.STRING, "CHAR_LENGTH", 1, "length({a})");
    add(Family.STRING, "CHARACTER_LENGTH", 1, "length({a})");
    add(Family.STRING, "CONCAT", 2, "(({a}) || ({b}))");
    add(
        Family.STRING,
        "INSERT",
        4,
        "(substr({a}, 1, ({b}) - 1) || ({d}) || substr({a}, ({b}) + ({c})))");
    add(Family.STRING, "LCASE", 1, "lower({a})");
    add(Family.STRING, "LEFT", 2, "substr({a}, 1, {b})");
    add(Family.STRING, "LENGTH", 1, "length(rtrim({a}))");
    add(Family.STRING, "LOCATE", 2, "instr({b}, {a})");
    add(
        Family.STRING,
        "LOCATE",
        3,
        "ifnull(nullif(instr(substr({b}, {c}), {a}), 0) + ({c}) - 1, 0)");
    add(Family.STRING, "LTRIM", 1, "ltrim({a})");
    add(Family.STRING, "OCTET_LENGTH", 1, "octet_length({a})");
    add(Family.STRING, "REPEAT", 2, "replace(hex(zeroblob({b})), '00', {a})");
    add(Family.STRING, "REPLACE", 3, "replace({a}, {b}, {c})");
    add(
        Family.STRING,
        "RIGHT",
        2,
        "CASE WHEN ({b}) <= 0 THEN '' ELSE substr({a}, -min({b}, length({a}))) END");
    add(Family.STRING, "RTRIM", 1, "rtrim({a})");
    add(Family.STRING, "SPACE", 1, "replace(hex(zeroblob({a})), '00', ' ')");
    add(Family.STRING, "SUBSTRING", 2, "substr({a}, {b})");
    add(Family.STRING, "SUBSTRING", 3, "substr({a}, {b}, {c})");
    add(Family.STRING, "UCASE", 1, "upper({a})");

    add(Family.SYSTEM, "DATABASE", 0, "'main'");
    add(Family.SYSTEM, "IFNULL", 2, "ifnull({a}, {b})");

    add(Family.TIME, "CURDATE", 0, "date('now', 'localtime')");
    add(Family.TIME, "CURRENT_DATE", 0, "date('now', 'localtime')");
    add(Family.TIME, "CURRENT_TIME", 0, "time('now', 'localtime')");
    add(Family.TIME, "CURRENT_TIMESTAMP", 0, NOW);
    add(Family.TIME, "CURTIME", 0, "time('now', 'localtime')");
    add(
        Family.TIME,
        "DAYNAME",
        1,
        oneOf("%w", 0, "Sunday,Monday,Tuesday,Wednesday,Thursday,Friday,Saturday"));
    add(Family.TIME, "DAYOFMONTH", 1, field("%d"));
    add(Family.TIME, "DAYOFWEEK", 1, "(" + field("%w") + " + 1)");
    add(Family.TIME, "DAYOFYEAR", 1, field("%j"));
    add(Family.TIME, "HOUR", 1, field("%H"));
    add(Family.TIME, "MINUTE", 1, field("%M"));
    add(Family.TIME, "MONTH", 1, field("%m"));
    add(
        Family.TIME,
        "MONTHNAME",
        1,
        oneOf(
            "%m",
            1,
            "January,February,March,April,May,June,July,August,September,October,November,December"));
    add(Family.TIME, "NOW", 0, NOW);
    add(Family.TIME, "QUARTER", 1, "((" + field("%m") + " + 2) / 3)");
    add(Family.TIME, "SECOND", 1, field("%S"));
    add(Family.TIME, "WEEK", 1, field("%V"));
    add(Family.TIME, "YEAR", 1, field("%Y"));
  }

  private static void add(Family family, String name, int arguments, String template) {
    FUNCTIONS
        .computeIfAbsent(name, key -> new EscapedFunction(key, family, new LinkedHashMap<>()))
        .templates
        .put(arguments, template);
  }

  private static String field(String format) {
    return "CAST(strftime('" + format + "', {a}) AS INTEGER)";
  }

  private static String oneOf(String format, int first, String names) {
    StringBuilder text = new StringBuilder("CASE " + field(format));
    int number = first;
    for (String name : names.split(",")) {
      text.append(" WHEN ").append(number++).append(" THEN '").append(name).append('\'');
    }
    return text.append(" END").toString();
  }

  /** The names of a family, with commas between. */
  static String names(Family family) {
    return FUNCTIONS.values().stream()
        .filter(function -> function.family == family)
        .map(EscapedFunction::name)
        .collect(Collectors.joining(","));
  }

  /** The SQL for a call. */
  static String call(String name, List<String> arguments) throws SQLException {
    EscapedFunction function = FUNCTIONS.get(name.toUpperCase(Locale.ROOT));
    String template = function == null ? null : function.templates.get(arguments.size());
    if (template == null) {
      throw SqlErrors.notSupported(
          "the JDBC function " + name + " with " + arguments.size() + " arguments");
    }
    boolean parameters = arguments.stream().anyMatch(argument -> argument.contains("?"));
    if (!parameters || inOrder(template, arguments.size())) {
      return fill(template, arguments);
    }
    String[] letters = {"fn_a", "fn_b", "fn_c", "fn_d"};
    StringBuilder source = new StringBuilder();
    for (int i = 0; i < arguments.size(); i++) {
      source.append(i == 0 ? "SELECT " : ", ").append(arguments.get(i));
      source.append(" AS ").append(letters[i]);
    }
    return "(SELECT " + fill(template, Arrays.asList(letters)) + " FROM (" + source + "))";
  }

  /** Whether each argument stands once and all stand in their order. */
  private static boolean inOrder(String template, int count) {
    StringBuilder seen = new StringBuilder();
    for (int at = template.indexOf('{'); at >= 0; at = template.indexOf('{', at + 1)) {
      seen.append(template.charAt(at + 1));
    }
    return seen.toString().equals("abcd".substring(0, count));
  }

  private static String fill(String template, List<String> arguments) {
    StringBuilder text = new StringBuilder();
    int from = 0;
    for (int at = template.indexOf('{'); at >= 0; at = template.indexOf('{', from)) {
      text.append(template, from, at).append(arguments.get(template.charAt(at + 1) - 'a'));
      from = at + 3;
    }
    return text.append(template.substring(from)).toString();
  }
}
