package dev.tursojdbc.sql.exec;

import dev.tursojdbc.storage.btree.TreeCursor;
import dev.tursojdbc.storage.record.RecordReader;
import dev.tursojdbc.storage.record.Register;
import dev.tursojdbc.storage.record.TextEncoding;

/** Reads all values of one record after the other, from copies of them. */
final class EntryReader {
  private final RecordReader reader;
  private Register[] values = Registers.of(8);

  EntryReader(TextEncoding encoding) {
    reader = new RecordReader(encoding);
  }

  void read(TreeCursor cursor) {
    byte[] payload = cursor.payload();
    reader.attach(payload, 0, payload.length, payload.length, cursor.pageNumber());
    int count = reader.columnCount();
    if (values.length < count) {
      values = Registers.of(count);
    }
    for (int i = 0; i < count; i++) {
      reader.read(i, values[i]);
    }
  }

  Register value(int index) {
    return values[index];
  }

  Register[] values() {
    return values;
  }

  int count() {
    return reader.columnCount();
  }
}
