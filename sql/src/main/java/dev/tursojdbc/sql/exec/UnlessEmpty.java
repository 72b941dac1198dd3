package dev.tursojdbc.sql.exec;

import dev.tursojdbc.sql.bind.Source;
import dev.tursojdbc.storage.btree.TableCursor;
import java.util.List;

/**
 * A join that ends at once if a table that is scanned innermost has no rows at all: the loops
 * around it would run in vain, and they may be long.
 */
final class UnlessEmpty extends Operator {
  private final Operator join;
  private final List<Source.OfTable> tables;
  private boolean empty;

  UnlessEmpty(Operator join, List<Source.OfTable> tables) {
    this.join = join;
    this.tables = List.copyOf(tables);
  }

  @Override
  public void open(Frame frame) {
    empty = hasEmptyTable(frame);
    if (!empty) {
      join.open(frame);
    }
  }

  private boolean hasEmptyTable(Frame frame) {
    for (Source.OfTable table : tables) {
      TableCursor cursor = new TableCursor(frame.pages(table.database()), table.table().rootPage());
      if (!cursor.first()) {
        return true;
      }
    }
    return false;
  }

  @Override
  public boolean next(Frame frame) {
    return !empty && join.next(frame);
  }

  @Override
  public void forEach(Frame frame, RowSink sink) {
    if (!hasEmptyTable(frame)) {
      join.forEach(frame, sink);
    }
  }
}
