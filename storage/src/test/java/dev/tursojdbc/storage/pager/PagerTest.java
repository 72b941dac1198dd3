package dev.tursojdbc.storage.pager;

import static dev.tursojdbc.storage.page.PageBytes.getInt;
import static dev.tursojdbc.storage.page.PageBytes.putInt;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tursojdbc.storage.error.CorruptDatabaseException;
import dev.tursojdbc.storage.error.ErrorCode;
import dev.tursojdbc.storage.error.TursoException;
import dev.tursojdbc.storage.file.MemoryFileSystem;
import dev.tursojdbc.storage.page.DatabaseHeader;
import dev.tursojdbc.storage.wal.CheckpointMode;
import dev.tursojdbc.storage.wal.CheckpointResult;
import dev.tursojdbc.storage.wal.WalAutoActions;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Transactions of one and several connections, over a real log in memory. */
class PagerTest {
  private static final int OFFSET = 200;

  private final MemoryFileSystem fileSystem = new MemoryFileSystem();
  private final Pager pager = connect();

  @AfterEach
  void close() {
    pager.close();
  }

  private Pager connect() {
    return DatabaseFile.connect(fileSystem, "test.db", OpenOptions.DEFAULT);
  }

  private static int append(Pager writer, int value) {
    int pageNumber = writer.allocate(0);
    putInt(writer.writable(pageNumber), OFFSET, value);
    return pageNumber;
  }

  private static int value(Pager reader, int pageNumber) {
    return getInt(reader.page(pageNumber), OFFSET);
  }

  private static void begin(Pager writer) {
    writer.beginRead();
    writer.beginWrite();
  }

  private static void set(Pager writer, int pageNumber, int value) {
    putInt(writer.writable(pageNumber), OFFSET, value);
  }

  private static void commit(Pager writer) {
    writer.commit();
    writer.endRead();
  }

  private int committedPage(int value) {
    begin(pager);
    int pageNumber = append(pager, value);
    commit(pager);
    return pageNumber;
  }

  @Test
  void anEmptyDatabaseHasNoPagesButAFirstOneToRead() {
    pager.beginRead();

    assertThat(pager.pageCount()).isZero();
    assertThat(DatabaseHeader.decode(pager.page(1)).pageSize()).isEqualTo(4096);
    assertThat(fileSystem.size("test.db")).isZero();
    pager.endRead();
  }

  @Test
  void aCommitIsSeenByTheNextReaderAndNotByAnEarlierOne() {
    int pageNumber = committedPage(1);
    try (Pager early = connect();
        Pager late = connect()) {
      early.beginRead();

      begin(pager);
      set(pager, pageNumber, 2);
      commit(pager);
      late.beginRead();

      assertThat(value(early, pageNumber)).isEqualTo(1);
      assertThat(value(late, pageNumber)).isEqualTo(2);
      assertThat(early.snapshotId()).isNotEqualTo(late.snapshotId());
    }
  }

  @Test
  void aRollbackLeavesNoTrace() {
    int pageNumber = committedPage(1);
    begin(pager);
    set(pager, pageNumber, 2);
    append(pager, 3);

    pager.rollback();

    assertThat(value(pager, pageNumber)).isEqualTo(1);
    assertThat(pager.pageCount()).isEqualTo(2);
    assertThat(pager.isWriting()).isFalse();
    pager.endRead();
  }

  @Test
  void whatWasCommittedIsThereAfterTheLastCloseAndNoLogRemains() {
    int pageNumber = committedPage(7);
    pager.close();

    assertThat(fileSystem.paths()).containsExactly("test.db");
    try (Pager again = connect()) {
      again.beginRead();
      assertThat(value(again, pageNumber)).isEqualTo(7);
    }
  }

  @Test
  void aSecondWriterIsRefusedAndAnOldSnapshotCannotWrite() {
    committedPage(1);
    try (Pager other = connect()) {
      other.beginRead();
      begin(pager);
      assertThatThrownBy(other::beginWrite)
          .isInstanceOfSatisfying(
              TursoException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BUSY));

      append(pager, 2);
      commit(pager);

      assertThatThrownBy(other::beginWrite)
          .isInstanceOfSatisfying(
              TursoException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BUSY_SNAPSHOT));
      other.endRead();
      begin(other);
      append(other, 3);
      commit(other);
    }
  }

  @Test
  void theHeaderCountsChangesOfPage1AndThePages() {
    int pageNumber = committedPage(1);
    pager.beginRead();
    int counter = pager.headerValue(DatabaseHeader.CHANGE_COUNTER_OFFSET);
    assertThat(pager.headerValue(DatabaseHeader.PAGE_COUNT_OFFSET)).isEqualTo(2);
    assertThat(pager.headerValue(DatabaseHeader.VERSION_VALID_FOR_OFFSET)).isEqualTo(counter);
    assertThat(pager.headerValue(DatabaseHeader.LIBRARY_VERSION_OFFSET)).isEqualTo(3054001);
    pager.beginWrite();
    set(pager, pageNumber, 2);
    commit(pager);

    pager.beginRead();
    assertThat(pager.headerValue(DatabaseHeader.CHANGE_COUNTER_OFFSET)).isEqualTo(counter);
    pager.beginWrite();
    append(pager, 3);
    commit(pager);

    pager.beginRead();
    assertThat(pager.headerValue(DatabaseHeader.CHANGE_COUNTER_OFFSET)).isEqualTo(counter + 1);
    pager.endRead();
  }

  @Test
  void dataVersionCountsWhatOthersCommittedOnly() {
    committedPage(1);
    pager.beginRead();
    int before = pager.dataVersion();
    pager.endRead();
    committedPage(2);
    pager.beginRead();
    assertThat(pager.dataVersion()).isEqualTo(before);
    pager.endRead();

    try (Pager other = connect()) {
      begin(other);
      append(other, 3);
      commit(other);
    }

    assertThat(pager.beginRead()).isTrue();
    assertThat(pager.dataVersion()).isEqualTo(before + 1);
    pager.endRead();
    assertThat(pager.beginRead()).isFalse();
    pager.endRead();
  }

  @Test
  void aCommitIsCachedAndSurvivesCheckpointAndRestartThere() {
    int pageNumber = committedPage(1);
    pager.checkpoint(CheckpointMode.PASSIVE);
    begin(pager);
    set(pager, pageNumber, 2);
    commit(pager);

    pager.beginRead();

    byte[] first = pager.page(pageNumber);
    pager.endRead();
    pager.checkpoint(CheckpointMode.TRUNCATE);
    pager.beginRead();
    assertThat(pager.page(pageNumber)).isSameAs(first);
    pager.endRead();
  }

  @Test
  void aFullLogIsCheckpointedWhenTheTransactionEnds() {
    pager.settings().setAutoActions(new WalAutoActions(3, true, -1));
    int pageNumber = committedPage(1);
    assertThat(pager.database().walStatistics().backfilledFrames()).isZero();

    begin(pager);
    set(pager, pageNumber, 2);
    commit(pager);

    assertThat(pager.database().walStatistics().backfilledFrames()).isEqualTo(3);
  }

  @Test
  void checkpointAnswersAsTheLogDoesAndNotInATransaction() {
    assertThat(pager.checkpoint(CheckpointMode.FULL))
        .isEqualTo(new CheckpointResult(false, -1, -1));
    committedPage(1);
    assertThat(pager.checkpoint(CheckpointMode.FULL)).isEqualTo(new CheckpointResult(false, 2, 2));
    pager.beginRead();
    assertThatThrownBy(() -> pager.checkpoint(CheckpointMode.FULL))
        .isInstanceOfSatisfying(
            TursoException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.LOCKED));
    pager.endRead();
  }

  @Test
  void aSavepointComesBackToContentSizeAndFreelist() {
    int pageNumber = committedPage(1);
    int outer = pager.openSavepoint();
    begin(pager);
    set(pager, pageNumber, 2);
    int inner = pager.openSavepoint();
    set(pager, pageNumber, 3);
    append(pager, 4);
    pager.free(pageNumber);

    pager.rollbackTo(inner);

    assertThat(value(pager, pageNumber)).isEqualTo(2);
    assertThat(pager.pageCount()).isEqualTo(2);
    assertThat(pager.headerValue(DatabaseHeader.FREELIST_COUNT_OFFSET)).isZero();
    set(pager, pageNumber, 5);
    pager.release(inner);
    assertThat(value(pager, pageNumber)).isEqualTo(5);
    pager.rollbackTo(outer);
    assertThat(value(pager, pageNumber)).isEqualTo(1);
    commit(pager);
  }

  @Test
  void aTrunkPageThatIsWantedItselfLeavesItsPlaceAndAllLeavesToItsFirstLeaf() {
    begin(pager);
    while (pager.pageCount() < 12) {
      pager.allocate(0);
    }
    for (int page = 5; page <= 9; page++) {
      pager.free(page);
    }

    assertThat(pager.allocateExactly(5)).isTrue();

    List<Integer> rest = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      rest.add(pager.allocate(0));
    }
    assertThat(rest).containsExactlyInAnyOrder(6, 7, 8, 9);
    assertThat(pager.allocate(0)).isEqualTo(13);
    commit(pager);
  }

  /** All that the savepoint needs is behind it in the log and goes there again, batch by batch. */
  @Test
  void manyImagesThatWereSpilledAfterTheSavepointComeBack() {
    int count = 900;
    begin(pager);
    for (int i = 2; i <= count; i++) {
      assertThat(append(pager, i)).isEqualTo(i);
    }
    int savepoint = pager.openSavepoint();
    pager.database().setCacheBudget(0);
    for (int i = 2; i <= count; i++) {
      set(pager, i, -i);
      pager.spillPoint();
    }

    pager.rollbackTo(savepoint);

    for (int round = 0; round < 2; round++) {
      for (int i = 2; i <= count; i++) {
        assertThat(value(pager, i)).isEqualTo(i);
        pager.spillPoint();
      }
    }
    set(pager, 2, 2000);
    commit(pager);
    try (Pager reader = connect()) {
      reader.beginRead();
      assertThat(value(reader, 2)).isEqualTo(2000);
      for (int i = 3; i <= count; i++) {
        assertThat(value(reader, i)).isEqualTo(i);
      }
      reader.endRead();
    }
  }

  @Test
  void aSavepointOpenedBeforeTheDatabaseHadAPageKeepsTheFirstOne() {
    pager.beginRead();
    int savepoint = pager.openSavepoint();
    pager.beginWrite();
    append(pager, 1);

    pager.rollbackTo(savepoint);

    assertThat(pager.pageCount()).isEqualTo(1);
    commit(pager);
  }

  @Test
  void aViewSeesNothingOfWhatComesLater() {
    int pageNumber = committedPage(1);
    begin(pager);
    set(pager, pageNumber, 2);
    try (Pager.PageView view = pager.freeze()) {
      set(pager, pageNumber, 3);
      int added = append(pager, 9);
      assertThat(getInt(view.page(pageNumber), OFFSET)).isEqualTo(2);
      assertThatThrownBy(() -> view.page(added)).isInstanceOf(CorruptDatabaseException.class);

      pager.commit();

      assertThat(getInt(view.page(pageNumber), OFFSET)).isEqualTo(2);
      pager.beginWrite();
      set(pager, pageNumber, 4);
      assertThat(getInt(view.page(pageNumber), OFFSET)).isEqualTo(2);
      pager.rollback();
      assertThat(getInt(view.page(pageNumber), OFFSET)).isEqualTo(2);
    }
    assertThat(value(pager, pageNumber)).isEqualTo(3);
    pager.endRead();
  }

  @Test
  void withoutSavepointsAPageIsCopiedOnce() {
    int pageNumber = committedPage(1);
    begin(pager);
    byte[] image = pager.writable(pageNumber);
    assertThat(pager.writable(pageNumber)).isSameAs(image);
    pager.freeze().close();
    assertThat(pager.writable(pageNumber)).isSameAs(image);
    int savepoint = pager.openSavepoint();
    assertThat(pager.writable(pageNumber)).isNotSameAs(image);
    pager.release(savepoint);
    pager.rollback();
    pager.endRead();
  }

  @Test
  void settingsOfANewDatabaseChangeUntilItHasAPage() {
    assertThat(pager.settings().setPageSize(1024)).isTrue();
    assertThat(pager.settings().setPageSize(1000)).isFalse();
    assertThat(pager.settings().setAutoVacuum(2)).isTrue();
    assertThat(pager.settings().setTextEncoding(DatabaseHeader.UTF_16BE)).isTrue();
    assertThat(pager.settings().autoVacuum()).isEqualTo(2);

    committedPage(1);

    assertThat(pager.settings().setPageSize(4096)).isFalse();
    assertThat(pager.pageSize()).isEqualTo(1024);
    assertThat(pager.settings().autoVacuum()).isEqualTo(2);
    assertThat(pager.settings().textEncoding()).isEqualTo(DatabaseHeader.UTF_16BE);
    assertThat(pager.settings().setAutoVacuum(0)).isFalse();
    pager.beginRead();
    assertThat(pager.page(1)).hasSize(1024);
    pager.endRead();
  }

  @Test
  void theLogOfATransactionThatSpillsIsNotMuchLongerThanItsPages() {
    begin(pager);
    for (int i = 0; i < 400; i++) {
      append(pager, 0);
    }
    commit(pager);
    pager.checkpoint(CheckpointMode.TRUNCATE);
    pager.database().setCacheBudget(0);
    begin(pager);

    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 20_000; i++) {
      set(pager, 2 + random.nextInt(400), i);
      pager.spillPoint();
    }
    int[] last = new int[402];
    for (int page = 2; page < 402; page++) {
      last[page] = value(pager, page);
    }
    commit(pager);

    assertThat(fileSystem.size("test.db-wal")).isLessThan(401 * 4120L * 3 / 2);
    pager.close();
    try (Pager again = connect()) {
      again.beginRead();
      for (int page = 2; page < 402; page++) {
        assertThat(value(again, page)).isEqualTo(last[page]);
      }
    }
  }
}
