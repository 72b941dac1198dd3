package dev.tursojdbc.tck.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;

/**
 * Random expressions over the tables of {@link NearlyValidStatements}, most of them right, some
 * with a mistake: names that mean nothing or two things, calls with too many arguments, aggregates
 * and window functions where none may stand, row values of the wrong size.
 */
class NearlyValidExpressions {
  static final List<String> TABLES = List.of("t1", "t2", "t3", "g1", "w1", "s1", "v1");

  private static final Map<String, List<String>> COLUMNS =
      Map.of(
          "t1", List.of("a", "b", "c"),
          "t2", List.of("a", "x", "y"),
          "t3", List.of("b", "d"),
          "g1", List.of("n", "p", "q"),
          "w1", List.of("k", "n", "d"),
          "s1", List.of("a", "b", "c"),
          "v1", List.of("a", "x", "n"));
  private static final List<String> NAMES =
      List.of("a", "b", "c", "d", "x", "y", "k", "n", "p", "q");
  private static final List<String> QUALIFIERS =
      List.of("t1", "t2", "t3", "g1", "w1", "s1", "v1", "r", "s", "z", "main", "new", "excluded");
  private static final List<String> LITERALS =
      List.of("0", "1", "2", "3", "-1", "2.5", "NULL", "'a'", "'B'", "''", "x'61'", "TRUE", "'2'");
  private static final List<String> ALIASES = List.of("a", "b", "m1", "m2", "m3", "c");
  private static final List<String> SCALARS =
      List.of("abs", "length", "upper", "typeof", "coalesce", "ifnull", "nullif", "max", "min");
  private static final List<String> AGGREGATES =
      List.of("count", "sum", "max", "min", "total", "avg", "group_concat");
  private static final List<String> WINDOWS =
      List.of("row_number", "rank", "ntile", "lag", "first_value", "nth_value", "sum", "count");

  final Random random;

  /** What names of columns may be used here, some with the name of their table. */
  List<String> scope = new ArrayList<>();

  /** How likely a mistake is, in thousandths. */
  private final int mistakes;

  NearlyValidExpressions(long seed) {
    this.random = new Random(seed);
    this.mistakes = random.nextInt(25);
  }

  final boolean chance(int oneIn) {
    return random.nextInt(oneIn) == 0;
  }

  final boolean mistake() {
    return random.nextInt(1000) < mistakes;
  }

  final <T> T pick(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  final String oneOf(String... choices) {
    return choices[random.nextInt(choices.length)];
  }

  final String list(int count, Supplier<String> item) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      text.append(i == 0 ? "" : ", ").append(item.get());
    }
    return text.toString();
  }

  final String alias() {
    return pick(ALIASES);
  }

  final String table() {
    return mistake() ? oneOf("nope", "main.t1", "temp.t1", "nope.t1", "\"t1\"", "z") : pick(TABLES);
  }

  final String name() {
    if (mistake()) {
      return oneOf("nope", "rowid", "oid", "\"a\"", "[b]", "`c`", "\"nope\"", "'a'", "m1", "abs");
    }
    if (scope.isEmpty()) {
      return pick(NAMES);
    }
    String column = pick(scope);
    return column.substring(column.indexOf('.') + 1);
  }

  final String column() {
    if (mistake()) {
      return switch (random.nextInt(5)) {
        case 0 -> pick(QUALIFIERS) + "." + name();
        case 1 -> oneOf("main.", "temp.", "nope.") + "t1." + name();
        case 2 -> pick(NAMES);
        case 3 -> alias();
        default -> name();
      };
    }
    return scope.isEmpty() ? literal() : pick(scope);
  }

  /** The columns of a source become usable under its name; those of equal names only with it. */
  final void offer(String source, List<String> columns) {
    for (String column : columns) {
      boolean taken = scope.stream().anyMatch(other -> other.endsWith(column));
      scope.remove(column);
      scope.add(taken || chance(2) ? source + "." + column : column);
    }
  }

  final void offerTable(String table, String name) {
    offer(name, COLUMNS.getOrDefault(table, List.of()));
  }

  /** Makes a part in which the columns of a source are usable besides those around it. */
  final String within(String table, Supplier<String> part) {
    List<String> around = scope;
    scope = new ArrayList<>(around);
    offerTable(table, table);
    String made = part.get();
    scope = around;
    return made;
  }

  final String literal() {
    return pick(LITERALS);
  }

  /** A query in parentheses belongs to subclasses. */
  String query(int columns, int depth) {
    return "SELECT " + list(columns, () -> expression(depth - 1));
  }

  final String expression(int depth) {
    if (depth <= 0 || chance(4)) {
      return chance(3) ? literal() : column();
    }
    int next = depth - 1;
    return switch (random.nextInt(26)) {
      case 0, 1, 2 -> expression(next) + operator() + expression(next);
      case 3 -> "(" + expression(next) + oneOf(" AND ", " OR ") + expression(next) + ")";
      case 4 -> oneOf("NOT ", "-", "+", "~") + expression(next);
      case 5 -> expression(next) + oneOf(" IS NULL", " NOTNULL", " ISNULL", " IS NOT NULL");
      case 6 -> expression(next) + oneOf(" IN (", " NOT IN (") + inList(next) + ")";
      case 7 -> expression(next) + " IN (" + query(mistake() ? 2 : 1, next) + ")";
      case 8 -> expression(next) + " BETWEEN " + expression(next) + " AND " + expression(next);
      case 9 -> like(next);
      case 10 -> "CASE " + (chance(2) ? expression(next) : "") + whens(next) + " END";
      case 11 -> "CAST(" + expression(next) + " AS " + oneOf("TEXT", "INT", "REAL", "q") + ")";
      case 12 -> expression(next) + " COLLATE " + (mistake() ? "nope" : oneOf("NOCASE", "RTRIM"));
      case 13, 14 -> scalar(next);
      case 15, 16 -> chance(3) || mistake() ? aggregate(next) : column();
      case 17 -> chance(6) || mistake() ? window(next) : column();
      case 18 -> "(" + query(mistake() ? 2 : 1, next) + ")";
      case 19 -> "EXISTS (" + query(1 + random.nextInt(2), next) + ")";
      case 20 -> rows(next);
      case 21 -> mistake() ? strange(next) : literal();
      case 22 -> expression(next) + " IS " + (chance(2) ? "NOT " : "") + expression(next);
      case 23 -> mistake() ? expression(next) + " IN " + table() : column();
      case 24 -> "(" + expression(next) + ")";
      default -> column();
    };
  }

  private String operator() {
    return oneOf(" = ", " < ", " >= ", " <> ", " + ", " - ", " * ", " || ", " & ", " / ", " == ");
  }

  private String inList(int depth) {
    return list(random.nextInt(4), () -> expression(depth));
  }

  private String like(int depth) {
    return expression(depth)
        + oneOf(" LIKE ", " GLOB ", " NOT LIKE ")
        + expression(depth)
        + (chance(6) ? " ESCAPE " + oneOf("'x'", "'xy'", "NULL", "a") : "");
  }

  private String whens(int depth) {
    return " WHEN "
        + expression(depth)
        + " THEN "
        + expression(depth)
        + (chance(2) ? " ELSE " + expression(depth) : "");
  }

  private String scalar(int depth) {
    String name = pick(SCALARS);
    boolean one = "abs length upper typeof".contains(name);
    int count = mistake() ? random.nextInt(4) : one ? 1 : 2;
    String call =
        (mistake() ? "nope" : name)
            + "("
            + (mistake() ? oneOf("DISTINCT ", "*") : "")
            + list(count, () -> expression(depth))
            + ")";
    return mistake() ? call + " FILTER (WHERE " + expression(depth) + ")" : call;
  }

  final String aggregate(int depth) {
    String name = pick(AGGREGATES);
    if (name.equals("count") && chance(2)) {
      return "count(*)";
    }
    int count = mistake() ? random.nextInt(4) : 1;
    String call =
        name
            + "("
            + (chance(6) ? "DISTINCT " : "")
            + list(count, () -> expression(depth))
            + (chance(20) ? " ORDER BY " + expression(depth) : "")
            + ")";
    return chance(8) ? call + " FILTER (WHERE " + expression(depth) + ")" : call;
  }

  final String window(int depth) {
    String name = pick(WINDOWS);
    int count =
        mistake()
            ? random.nextInt(4)
            : switch (name) {
              case "row_number", "rank" -> 0;
              case "nth_value" -> 2;
              default -> 1;
            };
    String arguments =
        name.equals("ntile") && !mistake() ? "2" : list(count, () -> expression(depth));
    return name
        + "("
        + (mistake() ? "DISTINCT " : "")
        + arguments
        + ")"
        + (mistake() ? " FILTER (WHERE " + expression(depth) + ")" : "")
        + (mistake() ? "" : " OVER " + (chance(8) ? "win" : "(" + windowDefinition(depth) + ")"));
  }

  final String windowDefinition(int depth) {
    return (mistake() ? oneOf("win ", "nope ") : "")
        + (chance(3) ? "PARTITION BY " + expression(depth) + " " : "")
        + (chance(2) ? "ORDER BY " + expression(depth) + " " : "")
        + (chance(4)
            ? oneOf("ROWS", "RANGE", "GROUPS")
                + " BETWEEN "
                + oneOf("UNBOUNDED PRECEDING", "CURRENT ROW", "1 PRECEDING", "a PRECEDING")
                + " AND "
                + oneOf("UNBOUNDED FOLLOWING", "CURRENT ROW", "1 FOLLOWING", "1 PRECEDING")
            : "");
  }

  private String rows(int depth) {
    int size = 2;
    String left =
        "(" + list(mistake() ? random.nextInt(3) + 1 : size, () -> expression(depth)) + ")";
    return switch (random.nextInt(4)) {
      case 0 -> left + operator() + "(" + list(size, () -> expression(depth)) + ")";
      case 1 -> left + " IN (" + query(mistake() ? 1 : size, depth) + ")";
      case 2 -> left + oneOf(" = ", " < ", " IS ") + "(" + query(mistake() ? 3 : size, depth) + ")";
      default -> left + " IN ((1, 2), (" + list(size, () -> expression(depth)) + "))";
    };
  }

  private String strange(int depth) {
    return switch (random.nextInt(8)) {
      case 0 -> "RAISE(" + oneOf("IGNORE", "ABORT, 'no'", "FAIL, a") + ")";
      case 1 -> "(" + list(2, () -> expression(depth)) + ")";
      case 2 -> "random() IS NULL";
      case 3 -> "likelihood(" + expression(depth) + ", " + oneOf("0.5", "2.0", "a") + ")";
      case 4 -> "iif(" + list(1 + random.nextInt(4), () -> expression(depth)) + ")";
      case 5 -> "0x" + oneOf("1f", "ffffffffffffffff", "11111111111111111");
      case 6 -> expression(depth) + " -> '$'";
      default -> "CURRENT_DATE IS NULL";
    };
  }
}
