package dev.tursojdbc.storage.btree;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tursojdbc.storage.page.DatabaseHeader;
import dev.tursojdbc.storage.record.Register;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AutoVacuumTest {

  private static TestDatabase database(int vacuum, Random random) {
    TestDatabase database = new TestDatabase(512, 0, vacuum);
    String[] names = {"a", "b", "c"};
    List<TableTree> trees = new ArrayList<>();
    for (String name : names) {
      trees.add(fill(database, name, random));
    }
    for (TableTree tree : trees) {
      for (int i = 0; i < 300; i++) {
        if (random.nextInt(3) > 0) {
          tree.delete(i);
        }
      }
    }
    return database;
  }

  private static TableTree fill(TestDatabase database, String name, Random random) {
    String sql = "CREATE TABLE " + name + "(a INTEGER PRIMARY KEY, b)";
    TableTree tree = new TableTree(database.pages, database.create("table", name, name, sql));
    for (int i = 0; i < 300; i++) {
      byte[] record =
          TestDatabase.record(new Register(), TestDatabase.blob(new byte[random.nextInt(2000)]));
      tree.insert(i, record, record.length);
    }
    return tree;
  }

  private static List<String> content(TestDatabase database) {
    return database.query(
        "SELECT a || hex(b) FROM a UNION ALL SELECT a || hex(b) FROM b"
            + " UNION ALL SELECT a || hex(b) FROM c");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void aFullVacuumLeavesNoFreePage(long seed) {
    TestDatabase database = database(1, new Random(seed));
    List<String> before = content(database);
    database.assertIntact();
    int pages = database.pages.pageCount();
    assertThat(new AutoVacuum(database.pages).isFull()).isTrue();

    new AutoVacuum(database.pages).vacuumAll();

    assertThat(database.pages.headerValue(DatabaseHeader.FREELIST_COUNT_OFFSET)).isZero();
    assertThat(database.pages.pageCount()).isLessThan(pages * 2 / 3);
    database.assertIntact();
    assertThat(content(database)).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void anIncrementalVacuumGivesBackSoManyPages(long seed) {
    TestDatabase database = database(2, new Random(seed));
    List<String> before = content(database);
    int pages = database.pages.pageCount();
    int free = database.pages.headerValue(DatabaseHeader.FREELIST_COUNT_OFFSET);

    int removed = new AutoVacuum(database.pages).vacuum(20);

    assertThat(removed).isBetween(20, 22);
    assertThat(database.pages.pageCount()).isEqualTo(pages - removed);
    assertThat(database.pages.headerValue(DatabaseHeader.FREELIST_COUNT_OFFSET))
        .isEqualTo(free - 20);
    database.assertIntact();
    new AutoVacuum(database.pages).vacuum(Integer.MAX_VALUE);
    assertThat(database.pages.headerValue(DatabaseHeader.FREELIST_COUNT_OFFSET)).isZero();
    database.assertIntact();
    assertThat(content(database)).isEqualTo(before);
  }

  @Test
  void rootsStayTogetherAtTheStart() {
    TestDatabase database = new TestDatabase(512, 0, 1);
    TreeRoots roots = new TreeRoots(database.pages);
    List<String> before;
    Random random = new Random(7);
    fill(database, "a", random);
    fill(database, "b", random);
    fill(database, "c", random);
    before = content(database);
    database.assertIntact();
    assertThat(database.query("SELECT rootpage FROM sqlite_schema")).containsExactly("3", "4", "5");

    int extra = roots.createIndex();
    assertThat(extra).isEqualTo(6);
    assertThat(roots.drop(extra)).isZero();
    database.assertIntact();

    assertThat(roots.drop(4)).isEqualTo(5);
    assertThat(database.pages.headerValue(DatabaseHeader.LARGEST_ROOT_PAGE_OFFSET)).isEqualTo(4);
    TableTree schema = new TableTree(database.pages, 1);
    schema.delete(2);
    schema.cursor().seek(3);
    byte[] row = schema.cursor().payload();
    row[row.length - "CREATE TABLE c(a INTEGER PRIMARY KEY, b)".length() - 1] = 4;
    schema.put(3, row, row.length);
    database.assertIntact();
    assertThat(database.query("SELECT a || hex(b) FROM c")).isEqualTo(before.subList(600, 900));
  }

  @Test
  void clearCountsTheRows() {
    Random random = new Random(3);
    TestDatabase database = new TestDatabase(512, 0, 0);
    TableTree tree = fill(database, "a", random);

    assertThat(new TreeRoots(database.pages).clear(tree.root())).isEqualTo(300);

    assertThat(tree.count()).isZero();
    database.assertIntact();
  }
}
