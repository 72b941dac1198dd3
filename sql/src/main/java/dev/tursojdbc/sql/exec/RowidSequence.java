package dev.tursojdbc.sql.exec;

import dev.tursojdbc.sql.value.Affinity;
import dev.tursojdbc.sql.value.Cast;
import dev.tursojdbc.storage.btree.TableCursor;
import dev.tursojdbc.storage.btree.TableTree;
import dev.tursojdbc.storage.error.ErrorCode;
import dev.tursojdbc.storage.error.TursoException;
import dev.tursojdbc.storage.page.PageWriter;
import dev.tursojdbc.storage.record.RecordEncoder;
import dev.tursojdbc.storage.record.RecordReader;
import dev.tursojdbc.storage.record.Register;
import dev.tursojdbc.storage.record.StorageClass;
import dev.tursojdbc.storage.record.TextEncoding;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The rowids of a table with AUTOINCREMENT: larger than all that were ever used, which
 * sqlite_sequence remembers.
 *
 * <p>Its row (table name, largest rowid) is read when a statement begins to insert into the table,
 * and written when the outermost statement ends.
 */
final class RowidSequence {
  private final TableTree sequences;
  private final TableChanger table;
  private final byte[] tableName;
  private final TextEncoding encoding;
  private final RecordReader reader;
  private final RecordEncoder encoder;
  private final Register[] values = Registers.of(2);
  private long largest;
  private long storedLargest;

  /** The row in sqlite_sequence, 0 if there is none yet. */
  private long row;

  private boolean begun;

  /**
   * @param root root page of sqlite_sequence
   */
  RowidSequence(PageWriter writer, int root, TableChanger table, TextEncoding encoding) {
    this.sequences = new TableTree(writer, root);
    this.table = table;
    this.tableName = table.table().name().getBytes(StandardCharsets.UTF_8);
    this.encoding = encoding;
    this.reader = new RecordReader(encoding);
    this.encoder = new RecordEncoder(encoding);
  }

  /** Another statement begins. */
  void forget() {
    begun = false;
  }

  /** Reads the row, unless the statement has done so already. */
  void begin() {
    if (begun) {
      return;
    }
    begun = true;
    row = 0;
    largest = 0;
    TableCursor cursor = sequences.cursor();
    for (boolean more = cursor.first(); more; more = cursor.next()) {
      byte[] payload = cursor.payload();
      reader.attach(payload, 0, payload.length);
      reader.read(0, values[0]);
      if (isOurs(values[0])) {
        row = cursor.rowid();
        reader.read(1, values[1]);
        largest = toInteger(values[1]);
        break;
      }
    }
    storedLargest = row == 0 ? Long.MIN_VALUE : largest;
    // The table may have rowids that somebody inserted before the column counted.
    largest = Math.max(largest, 0);
  }

  /** What somebody else may have written there counts as what CAST makes of it. */
  private long toInteger(Register value) {
    if (value.isNull()) {
      return 0;
    }
    Cast.cast(value, Affinity.INTEGER, encoding, value);
    return value.integer;
  }

  private boolean isOurs(Register name) {
    return name.type == StorageClass.TEXT
        && Arrays.equals(
            name.bytes, name.offset, name.offset + name.length, tableName, 0, tableName.length);
  }

  /** Takes the rowid of a row into account, or gives it one if it is NULL. */
  void assign(Register rowid) {
    if (rowid.isNull()) {
      long last = Math.max(largest, table.lastRowid());
      if (last == Long.MAX_VALUE) {
        throw new TursoException(ErrorCode.FULL);
      }
      rowid.setInteger(last + 1);
    }
    largest = Math.max(largest, rowid.integer);
  }

  void end() {
    if (!begun || largest == storedLargest) {
      return;
    }
    if (row == 0) {
      row = sequences.newRowid();
    }
    values[0].setText(tableName);
    values[1].setInteger(largest);
    encoder.encode(values, 2);
    sequences.put(row, encoder.buffer(), encoder.size());
  }
}
