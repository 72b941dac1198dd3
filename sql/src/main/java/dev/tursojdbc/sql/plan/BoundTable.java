package dev.tursojdbc.sql.plan;

import dev.tursojdbc.sql.bind.BoundCall;
import dev.tursojdbc.sql.bind.BoundExpression;
import dev.tursojdbc.sql.bind.References;
import dev.tursojdbc.sql.bind.Source;
import dev.tursojdbc.sql.schema.Index;
import dev.tursojdbc.sql.schema.Table;
import dev.tursojdbc.storage.record.KeyOrder;
import dev.tursojdbc.storage.record.TextEncoding;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A table with everything its definition says about a row, bound to a row in registers: what a
 * change needs to know, whichever statement makes it.
 *
 * @param view whether it is a view, whose rows only INSTEAD OF triggers can change
 * @param row the source that the expressions read; who runs them says where that row is
 * @param missing by column what records have that were written before it was added; null where it
 *     is NULL
 * @param defaults by column what a new row gets that is given no value, if the statement may make
 *     such rows; null where it is NULL
 * @param generated the generated columns, each after those that it reads
 * @param checks the CHECK constraints in order
 * @param indexes in the order in which a change visits them
 */
public record BoundTable(
    int database,
    String databaseName,
    Table table,
    TextEncoding encoding,
    boolean view,
    Source.OfRow row,
    List<@Nullable BoundExpression> missing,
    List<@Nullable BoundExpression> defaults,
    List<GeneratedColumn> generated,
    List<BoundCheck> checks,
    List<BoundIndex> indexes) {

  /** The table for a statement whose rows may need these defaults. */
  BoundTable withDefaults(List<@Nullable BoundExpression> needed) {
    return new BoundTable(
        database,
        databaseName,
        table,
        encoding,
        view,
        row,
        missing,
        needed,
        generated,
        checks,
        indexes);
  }

  /**
   * Refuses CHECK constraints with RAISE: they may be defined, but only what a trigger changes may
   * look at them.
   */
  public void refuseRaise(Predicate<BoundExpression> isLookedAt) {
    for (BoundCheck check : checks) {
      References.walk(
          check.condition(),
          e -> {
            if (e instanceof BoundCall.Raise && isLookedAt.test(check.condition())) {
              throw ChangeErrors.error("RAISE() may only be used within a trigger-program");
            }
          });
    }
  }

  /** An index of the table, with what its definition says. */
  public BoundIndex index(Index index) {
    for (BoundIndex bound : indexes) {
      if (bound.index().name().equals(index.name())) {
        return bound;
      }
    }
    throw new IllegalArgumentException("not an index of " + table.name() + ": " + index.name());
  }

  /** A column that is computed. */
  public record GeneratedColumn(int column, BoundExpression expression) {}

  /** A CHECK constraint. */
  public record BoundCheck(BoundExpression condition, String label) {}

  /**
   * An index.
   *
   * @param expressions by position in the entry; null where it is a column
   * @param predicate of a partial index
   * @param order of its entries
   */
  public record BoundIndex(
      Index index,
      List<@Nullable BoundExpression> expressions,
      @Nullable BoundExpression predicate,
      KeyOrder order) {}
}
