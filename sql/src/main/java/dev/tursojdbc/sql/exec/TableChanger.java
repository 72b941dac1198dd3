package dev.tursojdbc.sql.exec;

import dev.tursojdbc.sql.ast.ConflictAction;
import dev.tursojdbc.sql.plan.BoundTable;
import dev.tursojdbc.sql.plan.ChangedColumns;
import dev.tursojdbc.sql.schema.Index;
import dev.tursojdbc.sql.schema.Table;
import dev.tursojdbc.storage.btree.IndexCursor;
import dev.tursojdbc.storage.btree.TreeCursor;
import dev.tursojdbc.storage.error.CorruptDatabaseException;
import dev.tursojdbc.storage.error.ErrorCode;
import dev.tursojdbc.storage.error.TursoException;
import dev.tursojdbc.storage.page.PageWriter;
import dev.tursojdbc.storage.record.RecordEncoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Inserts, updates and deletes single rows of one table, with its indexes, and sees to it that its
 * constraints hold.
 *
 * <p>All constraints are checked before the first page changes, so that one row that does not fit
 * needs no undoing. The exception is REPLACE, which deletes the rows in the way while the checks go
 * on. The order of the checks is SQLite's: NOT NULL, types, CHECK, rowid, then the unique indexes;
 * those that replace come last.
 *
 * <p>The new row is in {@link #newRow()}, the one it takes the place of in {@link #oldRow()}.
 */
final class TableChanger {
  private final BoundTable bound;
  private final Table table;
  private final Frame frame;
  private final ChangedRow newRow;
  private final ChangedRow oldRow;
  private final RowTree rows;
  private final boolean hasGeneratedColumns;
  private IndexChanger[] indexes;
  private final ReplacedRow replaced;

  /** The unique keys in the order in which they are checked; null is that of the row itself. */
  private @Nullable IndexChanger[] keys;

  private final RowConstraints constraints;
  private final ColumnConversions conversions;
  private final RecordEncoder encoder;
  private final EntryReader entryReader;
  private final @Nullable ConflictAction override;

  /** Whether trees of several indexes have the same root, which is damage. */
  private final boolean sharedRoots;

  private @Nullable ForeignKeyChecks foreignKeys;
  private @Nullable PinnedTables pins;

  private @Nullable ConflictHandler conflictHandler;

  /** What becomes of a row that is to be written. */
  public enum Outcome {
    WRITTEN,
    /** A constraint did not hold, and the row was left out. */
    IGNORED
  }

  /** Decides about conflicts in place of the table's and the statement's rules: an upsert. */
  interface ConflictHandler {
    /**
     * The order in which keys are checked.
     *
     * @param keys the table's unique keys; null is the rowid
     */
    List<@Nullable Index> order(List<@Nullable Index> keys);

    /**
     * A row is in the way.
     *
     * @param index null for the rowid
     * @param existing a cursor on the row in the way, good until a tree changes
     * @return whether the handler has dealt with it, so that nothing is inserted
     */
    boolean handle(@Nullable Index index, TreeCursor existing);
  }

  /**
   * @param override what the statement's OR clause says, or null
   * @param ignoreChecks whether CHECK constraints are not looked at
   */
  public TableChanger(
      BoundTable bound,
      EvaluatorBuilder builder,
      Frame frame,
      PageWriter writer,
      @Nullable ConflictAction override,
      boolean ignoreChecks) {
    this.bound = bound;
    this.table = bound.table();
    this.frame = frame;
    this.override = override;
    this.newRow = new ChangedRow(bound, builder);
    this.oldRow = new ChangedRow(bound, builder);
    ChangedRow replacedRow = new ChangedRow(bound, builder);
    this.rows = RowTree.of(bound, writer);
    this.hasGeneratedColumns = table.hasGeneratedColumns();
    List<IndexChanger> all = new ArrayList<>();
    List<IndexChanger> replacedIndexes = new ArrayList<>();
    for (BoundTable.BoundIndex index : bound.indexes()) {
      if (!isRowTree(index.index())) {
        all.add(new IndexChanger(index, writer, oldRow, newRow));
        replacedIndexes.add(new IndexChanger(index, writer, replacedRow, newRow));
      }
    }
    this.indexes = all.toArray(IndexChanger[]::new);
    this.replaced = new ReplacedRow(bound, rows, replacedRow, replacedIndexes);
    this.sharedRoots = hasSharedRoots();
    this.keys = sequence(keyOrder());
    this.constraints = new RowConstraints(bound, newRow, override, ignoreChecks);
    this.conversions = new ColumnConversions(table);
    this.encoder = new RecordEncoder(bound.encoding());
    this.entryReader = new EntryReader(bound.encoding());
  }

  /**
   * Says that rows are updated in these columns only: what depends on others alone is neither
   * checked nor changed.
   */
  void changeOnly(ChangedColumns columns) {
    indexes =
        Arrays.stream(indexes)
            .filter(index -> columns.affects(index.bound()))
            .toArray(IndexChanger[]::new);
    List<@Nullable Index> order = new ArrayList<>();
    for (Index key : keyOrder()) {
      if (key == null || isRowTree(key) || changerOf(key) != null) {
        order.add(key);
      }
    }
    keys = sequence(order);
    constraints.changeOnly(columns);
  }

  private boolean isRowTree(Index index) {
    return table.isWithoutRowid() && index.origin() == Index.Origin.PRIMARY_KEY;
  }

  /** What foreign keys ask for when a row is inserted, updated or deleted. */
  void setForeignKeys(ForeignKeyChecks checks) {
    foreignKeys = checks;
  }

  /** The tables that must not be written now. */
  void setPins(PinnedTables tables) {
    pins = tables;
  }

  private void requireUnpinned() {
    if (pins != null) {
      pins.requireFree(bound);
    }
  }

  void setConflictHandler(ConflictHandler handler) {
    conflictHandler = handler;
    keys = sequence(handler.order(keyOrder()));
  }

  /** The unique keys as SQLite checks them; null is the rowid. */
  private List<@Nullable Index> keyOrder() {
    List<@Nullable Index> order = new ArrayList<>();
    if (table.hasRowid()) {
      order.add(null);
    }
    for (Index index : table.indexes()) {
      if (index.isUnique()) {
        order.add(index);
      }
    }
    if (table.hasRowid() && rowidLast()) {
      order.remove(0);
      order.add(null);
    }
    return order;
  }

  /** A rowid that replaces is checked last, lest a row is deleted for one that is then refused. */
  private boolean rowidLast() {
    return indexes.length > 0
        && override == null
        && table.rowidConflict() == ConflictAction.REPLACE;
  }

  private @Nullable IndexChanger[] sequence(List<@Nullable Index> order) {
    IndexChanger[] sequence = new IndexChanger[order.size()];
    for (int i = 0; i < sequence.length; i++) {
      sequence[i] = changerOf(order.get(i));
    }
    return sequence;
  }

  /** Null stands for the tree of the rows itself. */
  private @Nullable IndexChanger changerOf(@Nullable Index index) {
    for (IndexChanger changer : indexes) {
      if (changer.index().equals(index)) {
        return changer;
      }
    }
    return null;
  }

  public Table table() {
    return table;
  }

  public BoundTable bound() {
    return bound;
  }

  public ChangedRow newRow() {
    return newRow;
  }

  public ChangedRow oldRow() {
    return oldRow;
  }

  /** The row that was in the way of the new one. */
  ReplacedRow replaced() {
    return replaced;
  }

  /** A rowid that is free. */
  public long newRowid() {
    return rows.newRowid();
  }

  /** The largest rowid, or 0 if the table is empty. */
  long lastRowid() {
    return rows.lastRowid();
  }

  /** Reads the row whose key {@link #oldRow()} has; false if it is not there any more. */
  public boolean readOld() {
    TreeCursor cursor = rows.find(oldRow);
    if (cursor == null) {
      return false;
    }
    oldRow.read(frame, cursor);
    return true;
  }

  /** Whether there is a row with the key of {@link #oldRow()}. */
  boolean hasOld() {
    return rows.find(oldRow) != null;
  }

  /** Whether there is a row with the key of {@link #oldRow()} where a search does not find it. */
  boolean hasOldOutOfOrder() {
    return rows.isOutOfOrder(oldRow);
  }

  /** Whether rows by rowid change one at a time, nothing else changing with them. */
  boolean isAlone() {
    return table.hasRowid() && foreignKeys == null;
  }

  /** Whether a row can be deleted without its values. */
  boolean deletesByRowid() {
    return table.hasRowid() && indexes.length == 0 && foreignKeys == null;
  }

  /** Reads the row under a cursor into {@link #oldRow()}. */
  void readOld(TreeCursor cursor) {
    oldRow.read(frame, cursor);
  }

  /** Inserts the new row, whose values and rowid are set. */
  public Outcome insert() {
    if (prepareNew() == Outcome.IGNORED || checkKeys(false) == Outcome.IGNORED) {
      return Outcome.IGNORED;
    }
    requireUnpinned();
    ForeignKeyChecks checks = foreignKeys;
    if (checks != null) {
      checks.arrives();
    }
    insertNew();
    return Outcome.WRITTEN;
  }

  private boolean hasSharedRoots() {
    for (int i = 0; i < indexes.length; i++) {
      for (int k = 0; k < i; k++) {
        if (indexes[i].index().rootPage() == indexes[k].index().rootPage()) {
          return true;
        }
      }
    }
    return false;
  }

  /**
   * SQLite notices shared roots when it inserts an entry at a place that it has found for it, and
   * the tree has changed meanwhile through another index; it inserts into the newest index first.
   */
  private void requireOwnPlaces() {
    for (int i = 0; i < indexes.length; i++) {
      for (int k = 0; k < i && indexes[i].wasSearched(); k++) {
        if (indexes[k].newHasEntry()
            && indexes[k].index().rootPage() == indexes[i].index().rootPage()) {
          throw CorruptDatabaseException.atPage(
              indexes[i].index().rootPage(), "the root of several indexes");
        }
      }
    }
  }

  private void insertNew() {
    if (sharedRoots && override != ConflictAction.REPLACE) {
      requireOwnPlaces();
    }
    for (int i = indexes.length - 1; i >= 0; i--) {
      indexes[i].insertNew(encoder);
    }
    rows.insert(newRow, encoder);
  }

  /** Puts the new row in the place of the old one. */
  public Outcome update() {
    if (prepareNew() == Outcome.IGNORED || checkKeys(true) == Outcome.IGNORED) {
      return Outcome.IGNORED;
    }
    if (replaced.othersMayHaveChanged() && rows.find(oldRow) == null) {
      // An action of the row that was replaced has deleted it.
      return Outcome.IGNORED;
    }
    requireUnpinned();
    ForeignKeyChecks checks = foreignKeys;
    if (checks != null) {
      checks.leaves();
      deleteOld();
      checks.arrives();
      insertNew();
      checks.act();
      return Outcome.WRITTEN;
    }
    boolean sameKey = rows.sameKey(oldRow, newRow);
    for (IndexChanger index : indexes) {
      index.replaceOld(frame, encoder);
    }
    if (sameKey) {
      rows.replace(newRow, encoder);
    } else {
      rows.delete(oldRow);
      rows.insert(newRow, encoder);
    }
    return Outcome.WRITTEN;
  }

  /** Deletes the old row. */
  public void delete() {
    requireUnpinned();
    ForeignKeyChecks checks = foreignKeys;
    if (checks == null) {
      deleteOld();
    } else {
      checks.leaves();
      deleteOld();
      checks.act();
    }
  }

  private void deleteOld() {
    for (IndexChanger index : indexes) {
      index.deleteOld(frame);
    }
    rows.delete(oldRow);
  }

  /** Converts the new row to what would be written, for BEFORE triggers to see. */
  void convertNew() {
    conversions.apply(newRow);
    if (hasGeneratedColumns) {
      newRow.computeGenerated(frame);
    }
  }

  /** Generated columns, then all constraints that one row alone can break. */
  private Outcome prepareNew() {
    if (hasGeneratedColumns) {
      conversions.apply(newRow);
      newRow.computeGenerated(frame);
    }
    if (!constraints.checkNotNull(frame, false)) {
      return Outcome.IGNORED;
    }
    if (hasGeneratedColumns) {
      if (constraints.hasPutDefaults()) {
        convertNew();
      }
      if (!constraints.checkNotNull(frame, true)) {
        return Outcome.IGNORED;
      }
    }
    conversions.apply(newRow);
    return constraints.checkConditions(frame) ? Outcome.WRITTEN : Outcome.IGNORED;
  }

  private Outcome checkKeys(boolean updating) {
    replaced.start();
    for (IndexChanger index : indexes) {
      index.computeNew(frame);
    }
    Outcome outcome = checkKeys(updating, false);
    return replaced.othersMayHaveChanged() && outcome == Outcome.WRITTEN
        ? checkKeys(updating, true)
        : outcome;
  }

  /**
   * @param again whether rows were deleted since the first time, and what that set off may have put
   *     others in their place; these are not replaced any more
   */
  private Outcome checkKeys(boolean updating, boolean again) {
    for (IndexChanger key : keys) {
      Outcome outcome =
          key == null ? checkRowKey(updating, again) : checkIndex(key, updating, again);
      if (outcome == Outcome.IGNORED) {
        return outcome;
      }
    }
    return Outcome.WRITTEN;
  }

  private ConflictAction rowKeyAction() {
    ConflictAction declared;
    if (table.isWithoutRowid()) {
      Index primaryKey = table.primaryKey();
      declared = primaryKey == null ? null : primaryKey.onConflict();
    } else {
      declared = table.rowidConflict();
    }
    if (override != null) {
      return override;
    }
    return declared == null ? ConflictAction.ABORT : declared;
  }

  private Outcome checkRowKey(boolean updating, boolean again) {
    if (updating && rows.sameKey(oldRow, newRow)) {
      return Outcome.WRITTEN;
    }
    TreeCursor existing = rows.find(newRow);
    if (existing == null) {
      return Outcome.WRITTEN;
    }
    Index key = table.isWithoutRowid() ? table.primaryKey() : null;
    return resolve(key, existing, again ? ConflictAction.ABORT : rowKeyAction(), updating);
  }

  private Outcome checkIndex(IndexChanger changer, boolean updating, boolean again) {
    Index index = changer.index();
    IndexCursor entry = changer.findConflict();
    if (entry == null) {
      return Outcome.WRITTEN;
    }
    TreeCursor existing = rows.findByEntry(index, entry, entryReader);
    if (existing == null) {
      throw conflictHandler != null && table.isWithoutRowid()
          ? new TursoException(ErrorCode.CORRUPT, "corrupt database")
          : new TursoException(ErrorCode.CORRUPT_INDEX);
    }
    if (updating) {
      replaced.read(frame, existing);
      if (rows.sameKey(replaced.row(), oldRow)) {
        return Outcome.WRITTEN;
      }
    }
    ConflictAction declared = index.onConflict();
    ConflictAction action = override == null ? Objects.requireNonNull(declared) : override;
    return resolve(index, existing, again ? ConflictAction.ABORT : action, updating);
  }

  private Outcome resolve(
      @Nullable Index index, TreeCursor existing, ConflictAction action, boolean updating) {
    ConflictHandler handler = conflictHandler;
    if (handler != null && handler.handle(index, existing)) {
      return Outcome.IGNORED;
    }
    switch (action) {
      case IGNORE -> {
        return Outcome.IGNORED;
      }
      case REPLACE -> {
        replaced.read(frame, existing);
        requireUnpinned();
        replaced.delete(frame, updating ? pins : null);
        return Outcome.WRITTEN;
      }
      case ABORT, FAIL, ROLLBACK -> {
        throw index == null
            ? ConstraintErrors.rowid(table, action)
            : ConstraintErrors.unique(table, index, action);
      }
    }
    throw new IllegalStateException("no such action: " + action);
  }
}
