package dev.tursojdbc.storage.btree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tursojdbc.storage.record.Register;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class IndexTreeTest {
  private final TestDatabase database = new TestDatabase(512, 0, 0);
  private final int root =
      database.create("table", "t", "t", "CREATE TABLE t(a PRIMARY KEY) WITHOUT ROWID");
  private final IndexTree tree = new IndexTree(database.pages, root, TestDatabase.BINARY, 1);

  private boolean insert(long value) {
    Register[] key = {TestDatabase.integer(value)};
    byte[] record = TestDatabase.record(key);
    return tree.insert(key, record, record.length);
  }

  private boolean delete(long value) {
    return tree.delete(new Register[] {TestDatabase.integer(value)});
  }

  /**
   * The records of 0 and 1 have two bytes; in a leaf their cells are padded to four bytes, as
   * dividers they are not.
   */
  @Test
  void tinyCellsBecomeDividersAndLeafCellsAgain() {
    Random random = new Random(1);
    List<Integer> roots = List.of(1, root);
    int dividers = 0;
    for (int i = 0; i < 20_000; i++) {
      int value = random.nextInt(200) - 100;
      boolean grows = i / 400 % 2 == 0;
      if (grows ? random.nextInt(5) > 0 : random.nextInt(5) == 0) {
        insert(value);
      } else {
        delete(value);
      }
      tree.find(new Register[] {TestDatabase.integer(random.nextInt(2))}, 1);
      dividers += tree.cursor().isPositioned() && !tree.cursor().leaf ? 1 : 0;
      if (i % 20 == 0) {
        assertThat(IntegrityCheck.checkAll(database.pages, roots, 100).findings()).isEmpty();
      }
    }

    assertThat(dividers).isPositive();
    database.assertIntact();
  }

  @Test
  void ascendingEntriesFillThePages() {
    tree.setAscending(true);
    for (int i = 1000; i < 20_000; i++) {
      assertThat(insert(i)).isTrue();
    }

    int perPage = (512 - 8) / (5 + 2);
    assertThat(database.pages.pageCount()).isLessThan(19_000 / perPage * 21 / 20);
    database.assertIntact();
  }

  @Test
  void entriesInAnyOrderComeOutInOrder() {
    List<Integer> values = new ArrayList<>();
    for (int i = 0; i < 3000; i++) {
      values.add(i);
    }
    Collections.shuffle(values, new Random(1));
    values.forEach(this::insert);
    Collections.shuffle(values, new Random(2));
    values.subList(0, 1500).forEach(value -> assertThat(delete(value)).isTrue());

    List<String> rest = values.subList(1500, 3000).stream().sorted().map(String::valueOf).toList();
    assertThat(database.query("SELECT a FROM t ORDER BY a")).isEqualTo(rest);
    assertThat(insert(values.get(2000))).isFalse();
  }

  @Test
  void aCursorOverPagesThatChangedIsMisuse() {
    for (int i = 0; i < 500; i++) {
      insert(i);
    }
    IndexCursor cursor = new IndexCursor(database.pages, root, TestDatabase.BINARY);
    cursor.first();
    delete(300);

    assertThatThrownBy(cursor::next).isInstanceOf(IllegalStateException.class);
    assertThat(cursor.first()).isTrue();
    assertThat(cursor.next()).isTrue();
  }
}
