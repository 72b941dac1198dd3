package dev.tursojdbc.storage.pager;

import static dev.tursojdbc.storage.page.PageBytes.getInt;
import static dev.tursojdbc.storage.page.PageBytes.putInt;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tursojdbc.storage.error.ErrorCode;
import dev.tursojdbc.storage.error.TursoException;
import dev.tursojdbc.storage.file.Fault;
import dev.tursojdbc.storage.file.FileOperation;
import dev.tursojdbc.storage.file.RecordingFileSystem;
import dev.tursojdbc.storage.wal.SyncMode;
import dev.tursojdbc.storage.wal.WalAutoActions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Disks that are full or broken. */
class PagerFailureTest {
  private static final int OFFSET = 128;

  private RecordingFileSystem fileSystem = new RecordingFileSystem();

  private Pager connect() {
    return DatabaseFile.connect(fileSystem, "test.db", new OpenOptions(false, true, false, 512));
  }

  private static void assertFails(ErrorCode code, ThrowingCallable action) {
    assertThatThrownBy(action)
        .isInstanceOfSatisfying(TursoException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  private static void begin(Pager pager) {
    pager.beginRead();
    pager.beginWrite();
  }

  private static int append(Pager pager, int value) {
    int pageNumber = pager.allocate(0);
    putInt(pager.writable(pageNumber), OFFSET, value);
    return pageNumber;
  }

  private static int commitPage(Pager pager, int value) {
    begin(pager);
    int pageNumber = append(pager, value);
    pager.commit();
    pager.endRead();
    return pageNumber;
  }

  private static int read(Pager pager, int pageNumber) {
    pager.beginRead();
    int value = getInt(pager.page(pageNumber), OFFSET);
    pager.endRead();
    return value;
  }

  @Test
  void afterAFailedCommitOnlyARollbackHelpsAndNothingIsLost() {
    try (Pager pager = connect()) {
      int pageNumber = commitPage(pager, 1);
      begin(pager);
      putInt(pager.writable(pageNumber), OFFSET, 2);
      fileSystem.fail(Fault.ENOSPC, 1, true);

      assertFails(ErrorCode.FULL, pager::commit);

      assertFails(ErrorCode.FULL, () -> pager.writable(pageNumber));
      assertFails(ErrorCode.FULL, () -> pager.allocate(0));
      assertFails(ErrorCode.FULL, pager::commit);
      pager.rollback();
      assertThat(getInt(pager.page(pageNumber), OFFSET)).isEqualTo(1);
      pager.endRead();
      fileSystem.heal();
      int next = commitPage(pager, 3);
      assertThat(read(pager, next)).isEqualTo(3);
    }
  }

  @Test
  void aSpillThatFailsIsRolledBack() {
    try (Pager pager = connect()) {
      pager.database().setCacheBudget(0);
      int pageNumber = commitPage(pager, 1);
      begin(pager);
      fileSystem.fail(Fault.SHORT_WRITE, 1, true);
      assertFails(
          ErrorCode.FULL,
          () -> {
            for (int i = 0; i < 1000; i++) {
              append(pager, i);
              pager.spillPoint();
            }
          });
      pager.rollback();
      assertThat(pager.pageCount()).isEqualTo(2);
      pager.endRead();
      fileSystem.heal();
      assertThat(read(pager, pageNumber)).isEqualTo(1);
      assertThat(commitPage(pager, 2)).isEqualTo(3);
    }
  }

  @Test
  void afterAFailedSyncNothingIsWrittenUntilTheDatabaseIsReopened() {
    int pageNumber;
    try (Pager pager = connect()) {
      pageNumber = commitPage(pager, 1);
      begin(pager);
      putInt(pager.writable(pageNumber), OFFSET, 2);
      fileSystem.fail(FileOperation.SYNC, Fault.EIO, 1, false);
      assertFails(ErrorCode.IOERR_FSYNC, pager::commit);
      pager.rollback();
      pager.endRead();

      assertThat(read(pager, pageNumber)).isEqualTo(1);
      pager.beginRead();
      assertFails(ErrorCode.IOERR_FSYNC, pager::beginWrite);
      pager.endRead();
    }
    try (Pager again = connect()) {
      assertThat(read(again, pageNumber)).isEqualTo(1);
      commitPage(again, 3);
    }
  }

  @Test
  void aCheckpointThatFailsAfterACommitDoesNotMakeItFail() {
    try (Pager pager = connect()) {
      pager.settings().setSyncMode(SyncMode.NORMAL);
      int pageNumber = commitPage(pager, 1);
      pager.settings().setAutoActions(new WalAutoActions(1, true, -1));
      begin(pager);
      putInt(pager.writable(pageNumber), OFFSET, 2);
      pager.commit();
      fileSystem.fail(Fault.ENOSPC, 1, true);

      pager.endRead();

      assertThat(fileSystem.faultCount()).isPositive();
      assertThat(read(pager, pageNumber)).isEqualTo(2);
      fileSystem.heal();
    }
    assertThat(fileSystem.exists("test.db-wal")).isFalse();
  }

  @Test
  void aLogThatCannotBeCopiedAtTheLastCloseStaysAndIsRecovered() {
    int pageNumber;
    try (Pager pager = connect()) {
      pageNumber = commitPage(pager, 1);
      fileSystem.fail(Fault.ENOSPC, 1, true);
    }
    fileSystem.heal();
    assertThat(fileSystem.size("test.db-wal")).isPositive();
    try (Pager again = connect()) {
      assertThat(read(again, pageNumber)).isEqualTo(1);
    }
  }

  @Test
  void aReadThatFailsLeavesTheTransactionAsItIs() {
    int pageNumber;
    try (Pager pager = connect()) {
      pageNumber = commitPage(pager, 1);
    }
    try (Pager pager = connect()) {
      begin(pager);
      append(pager, 5);
      fileSystem.fail(FileOperation.READ, Fault.EIO, 1, false);
      assertFails(ErrorCode.IOERR_READ, () -> pager.page(pageNumber));
      assertThat(getInt(pager.page(pageNumber), OFFSET)).isEqualTo(1);
      pager.commit();
      pager.endRead();
    }
  }

  @Test
  void aSnapshotThatCannotBeReadIsGivenBack() {
    try (Pager pager = connect()) {
      commitPage(pager, 1);
    }
    try (Pager pager = connect()) {
      // The look at the journal mode, the header, then the page.
      fileSystem.fail(FileOperation.READ, Fault.EIO, 3, false);
      assertFails(ErrorCode.IOERR_READ, pager::beginRead);
      assertThat(pager.isReading()).isFalse();
      assertThat(pager.database().walStatistics().heldMarks()).isEmpty();
      pager.beginRead();
      assertThat(pager.pageCount()).isEqualTo(2);
    }
  }

  @Test
  void aTransactionFarLargerThanTheBudgetCommitsAndRollsBack() {
    int count = 6_000;
    try (Pager pager = connect()) {
      pager.database().setCacheBudget(100 * 512);
      begin(pager);
      for (int i = 0; i < count; i++) {
        append(pager, i);
        pager.spillPoint();
      }
      int savepoint = pager.openSavepoint();
      for (int i = 0; i < 500; i++) {
        putInt(pager.writable(2 + i * 7), OFFSET, -1);
        pager.spillPoint();
      }
      pager.rollbackTo(savepoint);
      pager.commit();
      for (int i = 0; i < count; i++) {
        assertThat(getInt(pager.page(2 + i), OFFSET)).isEqualTo(i);
      }

      pager.beginWrite();
      for (int i = 0; i < count; i++) {
        putInt(pager.writable(2 + i), OFFSET, -1);
        pager.spillPoint();
      }
      pager.rollback();
      pager.endRead();
      assertThat(read(pager, 2 + count / 2)).isEqualTo(count / 2);
      assertThat(pager.database().cachedPageCount()).isLessThanOrEqualTo(100);
    }
  }
}
