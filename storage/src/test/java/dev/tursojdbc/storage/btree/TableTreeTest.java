package dev.tursojdbc.storage.btree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tursojdbc.storage.page.PageSource;
import org.junit.jupiter.api.Test;

class TableTreeTest {
  private final TestDatabase database = new TestDatabase(4096, 0, 0);
  private final int root =
      database.create("table", "t", "t", "CREATE TABLE t(a INTEGER PRIMARY KEY, b)");
  private final TableTree tree = new TableTree(database.pages, root);

  private void insert(long rowid, int size) {
    byte[] record = new byte[size];
    record[0] = (byte) 2;
    tree.insert(rowid, record, size);
  }

  @Test
  void ascendingRowidsFillTheLeaves() {
    for (int i = 1; i <= 10_000; i++) {
      insert(i, 97);
    }

    TableCursor cursor = new TableCursor(database.pages, root);
    cursor.first();
    int full = (4096 - 8) / (100 + 2);
    do {
      boolean last = cursor.pageNumber() == lastLeaf();
      assertThat(cursor.leafCellCount()).isBetween(last ? 1 : full, full + 1);
    } while (cursor.nextLeaf());
  }

  private int lastLeaf() {
    TableCursor cursor = new TableCursor(database.pages, root);
    cursor.last();
    return cursor.pageNumber();
  }

  @Test
  void deletingAllRowsLeavesTheRootAlone() {
    for (int i = 1; i <= 3000; i++) {
      insert(i, 150);
    }
    for (int i = 1; i <= 3000; i++) {
      assertThat(tree.delete(i * 1999 % 3001)).isTrue();
    }

    assertThat(tree.count()).isZero();
    assertThat(new TableCursor(database.pages, root).first()).isFalse();
    database.assertIntact();
    assertThat(database.pages.headerValue(36)).isEqualTo(database.pages.pageCount() - 2);
  }

  @Test
  void anEarlierStateKeepsItsRows() {
    for (int i = 1; i <= 500; i++) {
      insert(i, 50);
    }
    PageSource frozen = database.pages.freeze();
    TableCursor scan = new TableCursor(frozen, root);
    scan.first();

    long rows = 0;
    do {
      tree.delete(scan.rowid());
      insert(scan.rowid() + 1000, 3000);
      rows++;
    } while (scan.next());

    assertThat(rows).isEqualTo(500);
    assertThat(tree.count()).isEqualTo(500);
    assertThat(tree.lastRowid()).isEqualTo(1500);
  }

  @Test
  void aCursorOverTheNewestPagesGoesOnBehindItsRow() {
    for (int i = 1; i <= 500; i++) {
      insert(i, 50);
    }
    TableCursor cursor = new TableCursor(database.pages, root);

    cursor.seek(100);
    tree.delete(100);
    tree.delete(101);
    assertThat(cursor.next()).isTrue();
    assertThat(cursor.rowid()).isEqualTo(102);

    tree.delete(99);
    assertThat(cursor.previous()).isTrue();
    assertThat(cursor.rowid()).isEqualTo(98);
  }

  @Test
  void aLeafScanOfPagesThatChangeIsMisuse() {
    for (int i = 1; i <= 500; i++) {
      insert(i, 50);
    }
    TableCursor cursor = new TableCursor(database.pages, root);
    cursor.first();
    tree.delete(3);

    assertThatThrownBy(cursor::nextLeaf).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void behindTheLargestRowidNewOnesAreGuessed() {
    insert(Long.MAX_VALUE, 10);

    for (int i = 0; i < 100; i++) {
      long rowid = tree.newRowid();
      assertThat(rowid).isPositive();
      assertThat(tree.contains(rowid)).isFalse();
      insert(rowid, 10);
    }
  }

  @Test
  void aRowOfTheSameSizeIsWrittenInPlace() {
    byte[] record = new byte[10_000];
    record[0] = 2;
    tree.insert(5, record, record.length);
    int pages = database.pages.pageCount();
    record[9_000] = 77;

    assertThat(tree.put(5, record, record.length)).isTrue();

    TableCursor cursor = new TableCursor(database.pages, root);
    assertThat(cursor.seek(5)).isTrue();
    assertThat(cursor.payload()).isEqualTo(record);
    assertThat(database.pages.pageCount()).isEqualTo(pages);
    byte[] part = new byte[3];
    cursor.copyPayload(8_999, part, 0, 3);
    assertThat(part).containsExactly(0, 77, 0);
  }
}
