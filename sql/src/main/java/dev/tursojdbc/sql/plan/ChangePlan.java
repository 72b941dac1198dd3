package dev.tursojdbc.sql.plan;

import dev.tursojdbc.sql.ast.ConflictAction;
import dev.tursojdbc.sql.bind.BoundExpression;
import dev.tursojdbc.sql.bind.BoundQuery;
import dev.tursojdbc.sql.bind.ResultColumn;
import dev.tursojdbc.sql.schema.Index;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a statement does that changes rows of one table; names resolved, nothing run yet. */
public sealed interface ChangePlan {
  BoundTable target();

  /** The statement's OR clause. */
  @Nullable ConflictAction action();

  @Nullable Returning returning();

  /** Whether a conflict may delete other rows. */
  default boolean mayReplace() {
    if (action() != null) {
      return action() == ConflictAction.REPLACE;
    }
    return target().table().rowidConflict() == ConflictAction.REPLACE
        || target().indexes().stream()
            .anyMatch(index -> index.index().onConflict() == ConflictAction.REPLACE);
  }

  /**
   * RETURNING.
   *
   * @param row source number of the row that it reads
   * @param anew positions of the columns whose subqueries are computed for each row, all of them
   */
  record Returning(int row, List<ResultColumn> columns, Set<Integer> anew) {
    public Returning {
      columns = List.copyOf(columns);
      anew = Set.copyOf(anew);
    }
  }

  /**
   * INSERT.
   *
   * @param rows rows of values; empty if a query gives them
   * @param query gives the rows, or null
   * @param columns for each column of the table the position of its value in a row, or {@link
   *     #DEFAULT}
   * @param rowid position of the rowid's value, or {@link #DEFAULT}
   * @param transfer what it comes to if the table is empty, or null
   */
  record Insert(
      BoundTable target,
      @Nullable ConflictAction action,
      List<List<BoundExpression>> rows,
      @Nullable BoundQuery query,
      List<Integer> columns,
      int rowid,
      List<UpsertClause> upserts,
      @Nullable Returning returning,
      @Nullable Transfer transfer)
      implements ChangePlan {
    /** Stands for the position of a value that is not given. */
    public static final int DEFAULT = -1;

    public Insert {
      rows = rows.stream().map(List::copyOf).toList();
      columns = List.copyOf(columns);
      upserts = List.copyOf(upserts);
    }
  }

  /**
   * ON CONFLICT … DO ….
   *
   * @param target which key it is about
   * @param index the key's index, if the target is one
   * @param existingRow source number of the row in the way
   * @param excludedRow source number of the row that was to be inserted
   * @param assignments empty for DO NOTHING
   */
  record UpsertClause(
      UpsertTarget target,
      @Nullable Index index,
      int existingRow,
      int excludedRow,
      List<ColumnAssignment> assignments,
      @Nullable BoundExpression where) {
    public UpsertClause {
      assignments = List.copyOf(assignments);
    }

    public boolean isDoNothing() {
      return assignments.isEmpty();
    }
  }

  /** What kind of key an ON CONFLICT clause is about. */
  enum UpsertTarget {
    ANY,
    ROWID,
    INDEX
  }

  /**
   * A column and its new value.
   *
   * @param column position in the table, or {@link #ROWID}
   * @param name the column as it was written
   */
  record ColumnAssignment(int column, String name, BoundExpression value) {
    public static final int ROWID = -1;
  }

  /**
   * UPDATE.
   *
   * @param scan yields the keys of the rows to change: the rowid, the columns of the primary key,
   *     or all columns of a view; with FROM the new values follow
   * @param row source number of the row as it was
   * @param assignments read that row; with FROM their values are constants that the scan's rows
   *     replace, in the same order
   * @param joined whether there is a FROM clause
   */
  record Update(
      BoundTable target,
      @Nullable ConflictAction action,
      BoundQuery scan,
      int row,
      List<ColumnAssignment> assignments,
      boolean joined,
      @Nullable Returning returning)
      implements ChangePlan {
    public Update {
      assignments = List.copyOf(assignments);
    }

    /** As for every change, but keys that are not assigned to cannot conflict. */
    @Override
    public boolean mayReplace() {
      return ChangePlan.super.mayReplace()
          && ChangedColumns.of(target, assignments).affectsUniqueKey();
    }
  }

  /**
   * DELETE.
   *
   * @param scan yields the keys of the rows to delete; null: all of them
   */
  record Delete(BoundTable target, @Nullable BoundQuery scan, @Nullable Returning returning)
      implements ChangePlan {
    @Override
    public @Nullable ConflictAction action() {
      return null;
    }
  }
}
