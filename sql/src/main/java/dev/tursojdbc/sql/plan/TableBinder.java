package dev.tursojdbc.sql.plan;

import dev.tursojdbc.sql.ast.Expression;
import dev.tursojdbc.sql.bind.Binder;
import dev.tursojdbc.sql.bind.BoundExpression;
import dev.tursojdbc.sql.bind.CollationLookup;
import dev.tursojdbc.sql.bind.References;
import dev.tursojdbc.sql.bind.Restriction;
import dev.tursojdbc.sql.bind.Scope;
import dev.tursojdbc.sql.bind.Source;
import dev.tursojdbc.sql.schema.CheckConstraint;
import dev.tursojdbc.sql.schema.Column;
import dev.tursojdbc.sql.schema.Index;
import dev.tursojdbc.sql.schema.IndexColumn;
import dev.tursojdbc.sql.schema.Table;
import dev.tursojdbc.storage.error.ErrorCode;
import dev.tursojdbc.storage.error.TursoException;
import dev.tursojdbc.storage.record.Collation;
import dev.tursojdbc.storage.record.KeyOrder;
import dev.tursojdbc.storage.record.TextEncoding;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** Binds what a table's definition says about its rows; also finds what is wrong with it. */
public final class TableBinder {
  private final Binder binder;
  private final CollationLookup collations;
  private final Table table;
  private final Source.OfRow row;

  private TableBinder(Binder binder, CollationLookup collations, Table table, Source.OfRow row) {
    this.binder = binder;
    this.collations = collations;
    this.table = table;
    this.row = row;
  }

  /**
   * Binds a table's expressions to a row of its own; not the DEFAULTs, which are bound where a row
   * needs them: see {@link #defaults}.
   *
   * @throws TursoException if the definition names what does not exist
   */
  public static BoundTable bind(
      Binder binder,
      CollationLookup collations,
      int database,
      String databaseName,
      Table table,
      TextEncoding encoding) {
    Source.OfRow row = binder.row(table, databaseName, table.name());
    TableBinder tables = new TableBinder(binder, collations, table, row);
    // What is wrong in a CHECK is told before what is wrong in a generated column.
    List<BoundTable.BoundCheck> checks = tables.checks();
    return new BoundTable(
        database,
        databaseName,
        table,
        encoding,
        false,
        row,
        tables.missing(),
        Collections.nCopies(table.columnCount(), null),
        tables.generated(),
        checks,
        tables.indexes(encoding));
  }

  private Scope scope(Restriction restriction) {
    return Scope.of(List.of(row)).restrictedTo(restriction);
  }

  private List<@Nullable BoundExpression> missing() {
    List<@Nullable BoundExpression> bound = new ArrayList<>(table.columnCount());
    for (Column column : table.columns()) {
      bound.add(column.defaultValue() == null ? null : binder.storedDefault(column));
    }
    return bound;
  }

  /**
   * Binds the DEFAULTs of the columns whose defaults the rows of a statement may need; null for the
   * others and those without.
   *
   * @throws TursoException if one of them cannot be computed
   */
  static List<@Nullable BoundExpression> defaults(
      Binder binder, Table table, IntPredicate isNeeded) {
    List<@Nullable BoundExpression> bound = new ArrayList<>(table.columnCount());
    for (int i = 0; i < table.columnCount(); i++) {
      Expression expression = isNeeded.test(i) ? table.column(i).defaultValue() : null;
      bound.add(expression == null ? null : binder.defaultValue(expression));
    }
    return bound;
  }

  private List<BoundTable.BoundCheck> checks() {
    List<BoundTable.BoundCheck> bound = new ArrayList<>(table.checks().size());
    for (CheckConstraint check : table.checks()) {
      bound.add(
          new BoundTable.BoundCheck(
              binder.expression(check.condition(), scope(Restriction.CHECK).inTrigger()),
              check.label()));
    }
    return bound;
  }

  /** In an order in which each column's inputs come before it. */
  private List<BoundTable.GeneratedColumn> generated() {
    List<BoundTable.GeneratedColumn> open = new ArrayList<>();
    for (int i = 0; i < table.columnCount(); i++) {
      Expression expression = table.column(i).generated();
      if (expression != null) {
        open.add(
            new BoundTable.GeneratedColumn(
                i, binder.expression(expression, scope(Restriction.GENERATED_COLUMN))));
      }
    }
    List<BoundTable.GeneratedColumn> ordered = new ArrayList<>(open.size());
    while (!open.isEmpty()) {
      Set<Integer> missing = new HashSet<>();
      open.forEach(column -> missing.add(column.column()));
      BoundTable.GeneratedColumn next = null;
      for (BoundTable.GeneratedColumn candidate : open) {
        if (!readsAny(candidate.expression(), missing)) {
          next = candidate;
          break;
        }
      }
      if (next == null) {
        throw new TursoException(
            ErrorCode.ERROR,
            "generated column loop on \""
                + table.column(open.get(open.size() - 1).column()).name()
                + "\"");
      }
      open.remove(next);
      ordered.add(next);
    }
    return ordered;
  }

  private boolean readsAny(BoundExpression expression, Set<Integer> columns) {
    boolean[] found = {false};
    References.walk(
        expression,
        e -> {
          if (e instanceof BoundExpression.Column column
              && column.source() == row.id()
              && columns.contains(column.column())) {
            found[0] = true;
          }
        });
    return found[0];
  }

  private List<BoundTable.BoundIndex> indexes(TextEncoding encoding) {
    List<BoundTable.BoundIndex> bound = new ArrayList<>(table.indexes().size());
    for (Index index : table.indexes()) {
      bound.add(index(index, encoding));
    }
    return bound;
  }

  private BoundTable.BoundIndex index(Index index, TextEncoding encoding) {
    List<@Nullable BoundExpression> expressions = new ArrayList<>(index.columns().size());
    for (IndexColumn column : index.columns()) {
      Expression expression = column.expression();
      expressions.add(
          expression == null
              ? null
              : binder.expression(expression, scope(Restriction.INDEX_EXPRESSION)));
    }
    Expression predicate = index.predicate();
    return new BoundTable.BoundIndex(
        index,
        expressions,
        predicate == null ? null : binder.expression(predicate, scope(Restriction.PARTIAL_INDEX)),
        keyOrder(index, collations, encoding));
  }

  /** The order of an index's entries. */
  public static KeyOrder keyOrder(Index index, CollationLookup collations, TextEncoding encoding) {
    List<KeyOrder.Column> columns = new ArrayList<>(index.columns().size());
    for (IndexColumn column : index.columns()) {
      Collation collation = collations.find(column.collation());
      if (collation == null) {
        throw new TursoException(
            ErrorCode.ERROR_MISSING_COLLSEQ, "no such collation sequence: " + column.collation());
      }
      columns.add(new KeyOrder.Column(collation, column.descending(), false));
    }
    return new KeyOrder(columns, encoding);
  }
}
