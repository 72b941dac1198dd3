package dev.tursojdbc.sql.exec;

import dev.tursojdbc.sql.bind.OrderTerm;
import dev.tursojdbc.storage.record.KeyOrder;
import dev.tursojdbc.storage.record.RecordReader;
import dev.tursojdbc.storage.record.Register;
import dev.tursojdbc.storage.record.TextEncoding;
import java.util.List;

/** The order of whole result rows by some of their columns. */
final class ResultOrder {
  private final int[] columns;
  private final List<KeyOrder.Column> terms;
  private final KeyOrder order;
  private final RecordReader reader = new RecordReader(TextEncoding.UTF8);
  private final Register left = new Register();
  private final Register right = new Register();

  ResultOrder(List<OrderTerm> terms, int columnCount) {
    columns = terms.stream().mapToInt(OrderTerm::resultColumn).toArray();
    this.terms = QueryBuilder.order(terms);
    order = new KeyOrder(this.terms, TextEncoding.UTF8);
    for (int column : columns) {
      if (column >= columnCount) {
        throw new IllegalArgumentException("no column " + column);
      }
    }
  }

  /** The order of the key's columns. */
  List<KeyOrder.Column> terms() {
    return terms;
  }

  /** Reads the values of a row by which it is sorted. */
  void readKey(byte[] row, Register[] key) {
    reader.attach(row, 0, row.length);
    for (int i = 0; i < columns.length; i++) {
      reader.read(columns[i], key[i]);
    }
  }

  int compare(byte[] first, byte[] second) {
    for (int i = 0; i < columns.length; i++) {
      reader.attach(first, 0, first.length);
      reader.read(columns[i], left);
      reader.attach(second, 0, second.length);
      reader.read(columns[i], right);
      int result = order.compareValues(i, left, right);
      if (result != 0) {
        return result;
      }
    }
    return 0;
  }
}
