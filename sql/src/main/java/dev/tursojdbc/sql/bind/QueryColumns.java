package dev.tursojdbc.sql.bind;

import dev.tursojdbc.sql.schema.Names;
import dev.tursojdbc.sql.value.Affinity;
import dev.tursojdbc.storage.record.StorageClass;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The columns that a query offers when it stands in a FROM clause.
 *
 * <p>Names are made unique with {@code :1}, {@code :2} … A column of a compound loses its affinity
 * if another of its queries gives values that the affinity would convert.
 */
final class QueryColumns {
  private static final int NUMBER = 1;
  private static final int TEXT = 2;
  private static final int BLOB = 4;

  private QueryColumns() {}

  /**
   * @param names given to the columns, empty if none
   */
  static List<SourceColumn> of(BoundQuery query, List<String> names) {
    List<SourceColumn> columns = new ArrayList<>();
    Set<String> used = new HashSet<>();
    for (int i = 0; i < query.columns().size(); i++) {
      ResultColumn column = query.columns().get(i);
      String name = names.isEmpty() ? unique(column.name(), used) : names.get(i);
      columns.add(
          new SourceColumn(
              name,
              null,
              SourceColumn.Role.ORDINARY,
              affinity(query, i),
              Comparisons.collation(column.expression()),
              column.declaredType(),
              column.origin(),
              false,
              false));
    }
    return columns;
  }

  private static String unique(String name, Set<String> used) {
    String candidate = name;
    int count = 0;
    while (!used.add(Names.key(candidate))) {
      count++;
      candidate = name + ":" + count;
    }
    return candidate;
  }

  private static Affinity affinity(BoundQuery query, int column) {
    Affinity affinity = query.columns().get(column).expression().affinity();
    if (!(query instanceof BoundQuery.Compound compound) || affinity.compareTo(Affinity.TEXT) < 0) {
      return affinity;
    }
    int types = 0;
    for (BoundQuery.Term term : compound.terms()) {
      types |= types(term.query().columns().get(column).expression());
    }
    int converted = affinity == Affinity.TEXT ? NUMBER : TEXT;
    return (types & converted) != 0 ? Affinity.BLOB : affinity;
  }

  /** Storage classes that values of the expression may have. */
  private static int types(BoundExpression expression) {
    if (expression instanceof Constant constant) {
      return switch (constant.type()) {
        case StorageClass.INTEGER, StorageClass.REAL -> NUMBER;
        case StorageClass.TEXT -> TEXT;
        case StorageClass.BLOB -> BLOB;
        default -> 0;
      };
    }
    if (expression instanceof BoundExpression.Arithmetic arithmetic) {
      return arithmetic.operator() == ArithmeticOperator.CONCATENATE ? TEXT | BLOB : NUMBER;
    }
    Affinity affinity = expression.affinity();
    if (affinity.isNumeric()) {
      return NUMBER | BLOB;
    }
    return affinity == Affinity.TEXT ? TEXT | BLOB : NUMBER | TEXT | BLOB;
  }
}
