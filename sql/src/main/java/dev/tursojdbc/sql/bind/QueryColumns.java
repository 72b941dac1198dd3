package dev.tursojdbc.sql.bind;

import dev.tursojdbc.sql.schema.Names;
import dev.tursojdbc.sql.value.Affinity;
import dev.tursojdbc.storage.record.StorageClass;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The columns that a query offers when it stands in a FROM clause.
 *
 * <p>Names are made unique with {@code :1}, {@code :2} … in the place of such an ending; {@code
 * true} and {@code false} are no names, the column is then {@code column1} and so on. A column of a
 * compound has the affinity of the first of its queries that gives it one, and loses it if another
 * one gives values that the affinity would convert. Numbers of a CAST are integers and reals alike.
 */
final class QueryColumns {
  private static final int NUMBER = 1;
  private static final int TEXT = 2;
  private static final int BLOB = 4;

  private QueryColumns() {}

  /**
   * The columns of a query that stands in the FROM clause itself, or in a WITH.
   *
   * @param names given to the columns, empty if none
   */
  static List<SourceColumn> ofQuery(BoundQuery query, List<String> names) {
    return of(query, names.isEmpty() ? names(query, ResultColumn::written) : names);
  }

  /**
   * The columns of a view or a new table.
   *
   * @param names given to the columns, empty if none
   */
  static List<SourceColumn> ofView(BoundQuery query, List<String> names) {
    return of(query, names.isEmpty() ? names(query, ResultColumn::offered) : names);
  }

  private static List<String> names(BoundQuery query, Function<ResultColumn, String> name) {
    return query.columns().stream().map(name).toList();
  }

  private static List<SourceColumn> of(BoundQuery query, List<String> names) {
    List<SourceColumn> columns = new ArrayList<>();
    List<String> unique = unique(names);
    for (int i = 0; i < query.columns().size(); i++) {
      ResultColumn column = query.columns().get(i);
      columns.add(
          new SourceColumn(
              unique.get(i),
              affinity(query, i),
              UnknownCollation.required(Comparisons.collation(column.expression())),
              column.declaredType(),
              column.origin(),
              false,
              false));
    }
    return columns;
  }

  /** The names as SQLite makes them unique. */
  static List<String> unique(List<String> names) {
    List<String> unique = new ArrayList<>(names.size());
    Set<String> used = new HashSet<>();
    for (String name : names) {
      boolean truth = Names.same(name, "true") || Names.same(name, "false");
      unique.add(unique(truth ? "column" + (unique.size() + 1) : name, used));
    }
    return unique;
  }

  /** A name with a number behind it if it is used already; adds it to the used ones. */
  static String unique(String name, Set<String> used) {
    String candidate = name;
    for (int number = 1; !used.add(Names.key(candidate)); number++) {
      candidate = withoutNumber(candidate) + ":" + number;
    }
    return candidate;
  }

  private static String withoutNumber(String name) {
    int colon = name.length() - 1;
    while (colon > 0 && name.charAt(colon) >= '0' && name.charAt(colon) <= '9') {
      colon--;
    }
    return colon >= 0 && name.charAt(colon) == ':' ? name.substring(0, colon) : name;
  }

  /**
   * The type that a view or CREATE TABLE AS gives to a column: the declared type of the table's
   * column that it is, if that has the affinity, else a name for the affinity; null without one.
   */
  static @Nullable String typeName(BoundQuery query, int column) {
    Affinity affinity = affinity(query, column);
    String declared = query.columns().get(column).declaredType();
    return declared != null && Affinity.ofType(declared) == affinity ? declared : nameOf(affinity);
  }

  private static @Nullable String nameOf(Affinity affinity) {
    return switch (affinity) {
      case TEXT -> "TEXT";
      case NUMERIC -> "NUM";
      case INTEGER -> "INT";
      case REAL -> "REAL";
      case BLOB -> "BLOB";
      case NONE -> null;
    };
  }

  /** The affinity that values of a column of the query have for who uses it. */
  static Affinity affinity(BoundQuery query, int column) {
    List<BoundExpression> values = new ArrayList<>();
    collect(query, column, values);
    int types = 0;
    Affinity affinity = Affinity.NONE;
    for (BoundExpression value : values) {
      if (affinity == Affinity.NONE) {
        affinity = value.affinity();
      }
      types |= types(value);
    }
    boolean converts =
        affinity == Affinity.TEXT
            ? (types & NUMBER) != 0
            : affinity.isNumeric() && (types & TEXT) != 0;
    if (values.size() == 1) {
      return affinity;
    }
    if (converts) {
      return Affinity.BLOB;
    }
    return affinity.isNumeric() && values.get(0) instanceof BoundValue.Cast
        ? Affinity.NUMERIC
        : affinity;
  }

  /** The expressions of a column in all queries of a compound, from left to right. */
  private static void collect(BoundQuery query, int column, List<BoundExpression> values) {
    if (query instanceof BoundQuery.Compound compound) {
      collect(compound.first(), column, values);
      compound.terms().forEach(term -> collect(term.query(), column, values));
    } else if (query instanceof BoundQuery.Recursive recursive) {
      collect(recursive.initial(), column, values);
      recursive.recursive().forEach(part -> collect(part, column, values));
    } else if (query instanceof BoundQuery.Values rows) {
      rows.rows().forEach(row -> values.add(row.get(column)));
    } else {
      values.add(query.columns().get(column).expression());
    }
  }

  /** Storage classes that values of the expression may have. */
  private static int types(BoundExpression expression) {
    if (expression instanceof BoundValue.Collate collate) {
      return types(collate.operand());
    }
    if (expression instanceof BoundValue.NullIfUnmatched unmatched) {
      return types(unmatched.operand());
    }
    if (expression instanceof BoundValue.Unary unary && unary.operator() == UnaryOperator.PLUS) {
      return types(unary.operand());
    }
    if (expression instanceof Constant constant) {
      return switch (constant.type()) {
        case StorageClass.INTEGER, StorageClass.REAL -> NUMBER;
        case StorageClass.TEXT -> TEXT;
        case StorageClass.BLOB -> BLOB;
        default -> 0;
      };
    }
    if (expression instanceof BoundValue.Arithmetic arithmetic) {
      return arithmetic.operator() == ArithmeticOperator.CONCATENATE ? TEXT | BLOB : NUMBER;
    }
    if (expression instanceof BoundCall.Case choice) {
      int types = choice.otherwise() == null ? 0 : types(choice.otherwise());
      for (BoundCall.Branch branch : choice.branches()) {
        types |= types(branch.result());
      }
      return types;
    }
    return ofAffinity(expression);
  }

  private static int ofAffinity(BoundExpression expression) {
    boolean isStored =
        expression instanceof BoundExpression.Column
            || expression instanceof BoundValue.SubqueryColumn
            || expression instanceof BoundValue.Cast;
    if (isStored && expression.affinity().isNumeric()) {
      return NUMBER | BLOB;
    }
    if (isStored && expression.affinity() == Affinity.TEXT) {
      return TEXT | BLOB;
    }
    boolean isAnything =
        isStored
            || expression instanceof BoundCall.Function
            || expression instanceof BoundCall.Coalesce
            || expression instanceof BoundExpression.Computed
            || expression instanceof BoundExpression.Parameter;
    // All that is left are conditions and operators on numbers.
    return isAnything ? NUMBER | TEXT | BLOB : NUMBER;
  }
}
