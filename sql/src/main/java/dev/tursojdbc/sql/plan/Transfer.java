package dev.tursojdbc.sql.plan;

import dev.tursojdbc.sql.ast.ConflictAction;
import dev.tursojdbc.sql.ast.InsertStatement;
import dev.tursojdbc.sql.ast.ResultColumn;
import dev.tursojdbc.sql.ast.SelectCore;
import dev.tursojdbc.sql.ast.SelectStatement;
import dev.tursojdbc.sql.ast.TableReference;
import dev.tursojdbc.sql.schema.Catalog;
import dev.tursojdbc.sql.schema.Column;
import dev.tursojdbc.sql.schema.Index;
import dev.tursojdbc.sql.schema.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * {@code INSERT INTO target SELECT * FROM source} between tables that are alike: into an empty
 * target the records go as they are, and the entries of its indexes in their order. This is
 * SQLite's transfer optimization, with its conditions; the rows keep their rowids if an index or a
 * column has them.
 *
 * @param database where the source is
 * @param indexes for each index of the target, in order, that of the source which has its entries
 */
public record Transfer(int database, Table source, List<Index> indexes) {
  public Transfer {
    indexes = List.copyOf(indexes);
  }

  /** The transfer that a statement comes to if its target is empty; null if it is none. */
  static @Nullable Transfer of(InsertStatement statement, BoundTable target, Catalog catalog) {
    TableReference.Table reference = wholeTable(statement);
    if (reference == null || target.view()) {
      return null;
    }
    String schema = reference.name().schema() == null ? null : reference.name().schema().text();
    Catalog.Located found = catalog.find(schema, reference.name().name().text());
    if (found == null || !(found.relation() instanceof Table source)) {
      return null;
    }
    Table table = target.table();
    if ((found.database() == target.database() && source.rootPage() == table.rootPage())
        || catalog.schema(found.database()).encoding() != target.encoding()
        || !areAlike(source, table)) {
      return null;
    }
    List<Index> indexes = new ArrayList<>();
    for (Index index : table.indexes()) {
      Index same = table.isStoredIn(index) ? source.primaryKey() : sameEntries(source, index);
      if (same == null) {
        return null;
      }
      indexes.add(same);
    }
    return new Transfer(found.database(), source, indexes);
  }

  /** The table that the statement takes all rows and columns from; null if it is no such. */
  private static TableReference.@Nullable Table wholeTable(InsertStatement statement) {
    SelectStatement query = statement.source();
    if (query == null
        || statement.with() != null
        || !statement.columns().isEmpty()
        || !statement.upserts().isEmpty()
        || !statement.returning().isEmpty()
        || query.with() != null
        || query.isCompound()
        || !query.orderBy().isEmpty()
        || query.limit() != null) {
      return null;
    }
    return query.core() instanceof SelectCore.Select select
            && !select.distinct()
            && select.columns().size() == 1
            && select.columns().get(0) instanceof ResultColumn.All
            && select.where() == null
            && select.groupBy().isEmpty()
            && select.having() == null
            && select.from() != null
            && select.from().joins().isEmpty()
            && select.from().first() instanceof TableReference.Table table
        ? table
        : null;
  }

  /** Whether each record of the source could be one of the target. */
  private static boolean areAlike(Table source, Table target) {
    if (source.isSystem()
        || target.isSystem()
        || target.isAutoincrement()
        || source.hasRowid() != target.hasRowid()
        || source.rowidColumn() != target.rowidColumn()
        || source.isStrict() != target.isStrict()
        || source.columnCount() != target.columnCount()
        || source.hasGeneratedColumns()
        || target.hasGeneratedColumns()
        || !(target.checks().isEmpty() || target.checks().equals(source.checks()))) {
      return false;
    }
    for (int i = 0; i < target.columnCount(); i++) {
      // Records may end before columns that were added later. The first is in each of them.
      if (!areAlike(source.column(i), target.column(i), i > 0)) {
        return false;
      }
    }
    return target.hasRowid() || sameKey(source.primaryKey(), target.primaryKey());
  }

  private static boolean areAlike(Column source, Column target, boolean mayBeMissing) {
    return source.affinity() == target.affinity()
        && source.collation().equalsIgnoreCase(target.collation())
        && source.storageIndex() == target.storageIndex()
        && (target.notNull() == null || source.notNull() != null)
        && source.isAny() == target.isAny()
        && (!mayBeMissing || Objects.equals(source.defaultText(), target.defaultText()));
  }

  private static boolean sameKey(@Nullable Index source, @Nullable Index target) {
    return source != null
        && target != null
        && source.columns().equals(target.columns())
        && source.keyColumnCount() == target.keyColumnCount();
  }

  private static @Nullable Index sameEntries(Table source, Index index) {
    for (Index candidate : source.indexes()) {
      if (candidate.onConflict() == index.onConflict()
          && candidate.keyColumnCount() == index.keyColumnCount()
          && candidate.columns().equals(index.columns())
          && Objects.equals(candidate.predicate(), index.predicate())) {
        return candidate;
      }
    }
    return null;
  }

  /** Whether SQLite keeps the ordinary way ready, too, for a target that has rows already. */
  boolean hasAlternative(Table target, @Nullable ConflictAction action) {
    ConflictAction onRowid = action == null ? target.rowidConflict() : action;
    boolean stops =
        onRowid == null || onRowid == ConflictAction.ABORT || onRowid == ConflictAction.ROLLBACK;
    return (target.rowidColumn() < 0 && !target.indexes().isEmpty())
        || target.indexes().stream().anyMatch(Index::isUnique)
        || !stops;
  }
}
