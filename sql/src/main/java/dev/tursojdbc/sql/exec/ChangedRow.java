package dev.tursojdbc.sql.exec;

import dev.tursojdbc.sql.bind.BoundExpression;
import dev.tursojdbc.sql.plan.BoundTable;
import dev.tursojdbc.sql.schema.Index;
import dev.tursojdbc.sql.schema.IndexColumn;
import dev.tursojdbc.sql.schema.Table;
import dev.tursojdbc.sql.value.Affinity;
import dev.tursojdbc.storage.btree.TableCursor;
import dev.tursojdbc.storage.btree.TreeCursor;
import dev.tursojdbc.storage.record.RecordEncoder;
import dev.tursojdbc.storage.record.RecordReader;
import dev.tursojdbc.storage.record.Register;
import dev.tursojdbc.storage.record.StorageClass;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One row of a table in registers, on its way into a record or out of one.
 *
 * <p>What is read from a tree is copied first: the page images under a write transaction change in
 * place, and a row must outlive the change that it takes part in.
 */
final class ChangedRow {
  private final Table table;
  private final RegisterRow registers;
  private final EvaluatorBuilder builder;
  private final int[] generatedColumns;
  private final Evaluator[] generated;
  private final @Nullable Evaluator[] missing;
  private final @Nullable Evaluator[] defaults;

  /** The row's values in the order of its record. */
  private final Register[] stored;

  private final boolean[] storedReal;

  /** For each value of the record its column in the table. */
  private final int[] storedColumns;

  private final RecordReader reader;
  private byte[] payload = {};

  /**
   * @param builder compiles expressions for the statement; the row's own bindings are added here
   */
  public ChangedRow(BoundTable bound, EvaluatorBuilder builder) {
    this.table = bound.table();
    this.registers = new RegisterRow(table.columnCount());
    this.builder = builder.over(builder.bindings().with(bound.row().id(), registers));
    this.reader = new RecordReader(bound.encoding());
    this.generatedColumns =
        bound.generated().stream().mapToInt(BoundTable.GeneratedColumn::column).toArray();
    this.generated =
        bound.generated().stream()
            .map(column -> this.builder.build(column.expression()))
            .toArray(Evaluator[]::new);
    this.missing = evaluators(bound.missing());
    this.defaults = evaluators(bound.defaults());
    this.storedColumns = storedColumns(table);
    this.stored = new Register[storedColumns.length];
    this.storedReal = new boolean[storedColumns.length];
    for (int i = 0; i < stored.length; i++) {
      int column = storedColumns[i];
      // The INTEGER PRIMARY KEY is the rowid; in the record it is NULL.
      stored[i] = column == table.rowidColumn() ? new Register() : registers.column(column);
      storedReal[i] = table.column(column).affinity() == Affinity.REAL;
    }
  }

  private @Nullable Evaluator[] evaluators(List<@Nullable BoundExpression> expressions) {
    @Nullable Evaluator[] evaluators = new Evaluator[expressions.size()];
    for (int i = 0; i < evaluators.length; i++) {
      BoundExpression expression = expressions.get(i);
      evaluators[i] = expression == null ? null : builder.build(expression);
    }
    return evaluators;
  }

  /** A key of a WITHOUT ROWID table may have a column twice, with different collations. */
  private static int[] storedColumns(Table table) {
    Index key = table.isWithoutRowid() ? table.primaryKey() : null;
    if (key != null) {
      return key.columns().stream().mapToInt(IndexColumn::column).toArray();
    }
    int[] columns = new int[table.storedColumnCount()];
    for (int i = 0; i < table.columnCount(); i++) {
      if (!table.column(i).isVirtual()) {
        columns[table.column(i).storageIndex()] = i;
      }
    }
    return columns;
  }

  public Table table() {
    return table;
  }

  public RegisterRow registers() {
    return registers;
  }

  /** Compiles expressions over this row. */
  public EvaluatorBuilder builder() {
    return builder;
  }

  public Register rowid() {
    return registers.rowid();
  }

  public Register column(int index) {
    return index == table.rowidColumn() ? registers.rowid() : registers.column(index);
  }

  /** Encodes the row as its table's record. */
  void encode(RecordEncoder encoder) {
    encoder.encode(stored, stored.length, storedReal);
  }

  /** The values in the order of the record; those of a WITHOUT ROWID table begin with its key. */
  Register[] stored() {
    return stored;
  }

  /** The column whose value is at a position of the record. */
  int storedColumn(int position) {
    return storedColumns[position];
  }

  /** Whether the value at a position of the record is a REAL, which may be kept as an integer. */
  boolean isStoredReal(int position) {
    return storedReal[position];
  }

  /** Sets a column to its default. */
  void setDefault(Frame frame, int column) {
    set(frame, column, defaults[column]);
  }

  private void set(Frame frame, int column, @Nullable Evaluator evaluator) {
    Register target = registers.column(column);
    if (evaluator == null) {
      target.setNull();
    } else {
      evaluator.into(frame, target);
    }
  }

  boolean hasDefault(int column) {
    return defaults[column] != null;
  }

  /** Computes all generated columns, with their affinities. */
  void computeGenerated(Frame frame) {
    for (int i = 0; i < generated.length; i++) {
      int column = generatedColumns[i];
      Register target = registers.column(column);
      generated[i].into(frame, target);
      table.column(column).affinity().apply(target);
    }
  }

  /** Takes over the row under a cursor. */
  void read(Frame frame, TreeCursor cursor) {
    int size = cursor.payloadSize();
    if (payload.length < size) {
      cursor.requirePlausibleSize();
      payload = new byte[Math.max(size, 2 * payload.length)];
    }
    cursor.copyPayload(0, payload, 0, size);
    reader.attach(payload, 0, size, size, cursor.pageNumber());
    for (int i = 0; i < stored.length; i++) {
      Register target = stored[i];
      int column = storedColumns[i];
      if (reader.read(i, target) == RecordReader.ABSENT) {
        set(frame, column, missing[column]);
        table.column(column).affinity().apply(registers.column(column));
      } else if (storedReal[i] && target.type == StorageClass.INTEGER) {
        target.setReal((double) target.integer);
      }
    }
    if (cursor instanceof TableCursor rows) {
      registers.rowid().setInteger(rows.rowid());
    }
    if (table.rowidColumn() >= 0) {
      registers.column(table.rowidColumn()).set(registers.rowid());
    }
    computeVirtual(frame);
  }

  private void computeVirtual(Frame frame) {
    for (int i = 0; i < generated.length; i++) {
      int column = generatedColumns[i];
      if (table.column(column).isVirtual()) {
        Register target = registers.column(column);
        generated[i].into(frame, target);
        table.column(column).affinity().apply(target);
      }
    }
  }

  /** Takes over all values of another row of the same table; bytes are shared. */
  void copyFrom(ChangedRow other) {
    for (int i = 0; i < table.columnCount(); i++) {
      registers.column(i).set(other.registers.column(i));
    }
    registers.rowid().set(other.registers.rowid());
  }
}
