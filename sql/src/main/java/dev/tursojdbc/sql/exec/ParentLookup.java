package dev.tursojdbc.sql.exec;

import dev.tursojdbc.sql.plan.ForeignKeyPlan;
import dev.tursojdbc.sql.schema.Index;
import dev.tursojdbc.sql.schema.ParentKey;
import dev.tursojdbc.sql.schema.Table;
import dev.tursojdbc.sql.value.Affinity;
import dev.tursojdbc.storage.btree.IndexTree;
import dev.tursojdbc.storage.btree.TableTree;
import dev.tursojdbc.storage.page.PageWriter;
import dev.tursojdbc.storage.record.Collation;
import dev.tursojdbc.storage.record.KeyOrder;
import dev.tursojdbc.storage.record.Register;
import dev.tursojdbc.storage.record.StorageClass;
import dev.tursojdbc.storage.record.ValueOrder;
import org.jspecify.annotations.Nullable;

/**
 * Looks for the parent of a child row: in the tree of the parent's rows, or in the index of its
 * key.
 *
 * <p>The child's values are compared as the parent's columns would store them. A row that may be
 * its own parent is not there yet when it is looked at, so its values are compared with each other,
 * by SQLite's rule without collation or conversion.
 */
final class ParentLookup {
  private final ForeignKeyPlan.ParentSearch search;
  private final int[] childColumns;
  private final int[] parentColumns;
  private final @Nullable Affinity[] affinities;
  private final Register[] key;
  private final @Nullable IndexTree index;
  private final @Nullable TableTree rows;

  ParentLookup(ForeignKeyPlan.ParentSearch search, PageWriter writer) {
    this.search = search;
    ParentKey parentKey = search.key();
    this.childColumns = parentKey.childColumns().stream().mapToInt(Integer::intValue).toArray();
    this.parentColumns = parentKey.parentColumns().stream().mapToInt(Integer::intValue).toArray();
    this.key = Registers.of(childColumns.length);
    this.affinities = new Affinity[childColumns.length];
    Table parent = search.parent();
    for (int i = 0; parent != null && i < childColumns.length; i++) {
      affinities[i] = parent.column(parentColumns[i]).affinity();
    }
    Index found = parentKey.index();
    KeyOrder order = search.order();
    this.index =
        found == null || order == null
            ? null
            : new IndexTree(writer, found.rootPage(), order, key.length);
    this.rows = parent == null || found != null ? null : new TableTree(writer, parent.rootPage());
  }

  boolean isDeferred() {
    return search.deferred();
  }

  /** Whether a row has a parent or needs none, as part of its key is NULL. */
  boolean isSatisfied(ChangedRow child, boolean mayBeItself) {
    for (int i = 0; i < childColumns.length; i++) {
      Register value = child.column(childColumns[i]);
      if (value.isNull()) {
        return true;
      }
      key[i].set(value);
    }
    TableTree parentRows = rows;
    if (parentRows != null) {
      Affinity.INTEGER.apply(key[0]);
      return key[0].type == StorageClass.INTEGER
          && (isItself(child, mayBeItself) || parentRows.contains(key[0].integer));
    }
    IndexTree parentKeys = index;
    if (parentKeys == null) {
      return false;
    }
    if (isItself(child, mayBeItself)) {
      return true;
    }
    for (int i = 0; i < key.length; i++) {
      Affinity affinity = affinities[i];
      if (affinity != null) {
        affinity.apply(key[i]);
      }
    }
    return parentKeys.find(key, key.length) != null;
  }

  private boolean isItself(ChangedRow child, boolean mayBeItself) {
    if (!mayBeItself || !search.self()) {
      return false;
    }
    for (int i = 0; i < key.length; i++) {
      if (ValueOrder.compare(key[i], child.column(parentColumns[i]), Collation.BINARY) != 0) {
        return false;
      }
    }
    return true;
  }
}
