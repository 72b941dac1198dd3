package dev.tursojdbc.storage.pager;

import static dev.tursojdbc.storage.page.PageBytes.getInt;
import static dev.tursojdbc.storage.page.PageBytes.putInt;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tursojdbc.storage.error.ErrorCode;
import dev.tursojdbc.storage.error.TursoException;
import dev.tursojdbc.storage.file.Fault;
import dev.tursojdbc.storage.file.FileOperation;
import dev.tursojdbc.storage.file.OtherProcess;
import dev.tursojdbc.storage.file.RecordingFileSystem;
import dev.tursojdbc.storage.journal.JournalMode;
import dev.tursojdbc.storage.page.LockBytePage;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a failed operation and a taken lock leave behind, with rollback journals. */
class JournalledFailureTest {
  private static final OpenOptions OPTIONS = new OpenOptions(false, true, false, 512);
  private static final int OFFSET = 128;
  private static final int PAGES = 20;
  private static final long PENDING = LockBytePage.PENDING_BYTE;

  private final RecordingFileSystem fileSystem = new RecordingFileSystem();

  private Pager connect(JournalMode mode) {
    Pager pager = DatabaseFile.connect(fileSystem, "test.db", OPTIONS);
    pager.settings().setJournalMode(mode);
    return pager;
  }

  private static void change(Pager pager, int value) {
    pager.beginRead();
    pager.beginWrite();
    while (pager.pageCount() < PAGES) {
      pager.allocate(0);
    }
    for (int i = 2; i <= PAGES; i++) {
      putInt(pager.writable(i), OFFSET, value);
      pager.spillPoint();
    }
  }

  private static void commit(Pager pager, int value) {
    change(pager, value);
    pager.commit();
    pager.endRead();
  }

  private static int read(Pager pager) {
    pager.beginRead();
    try {
      int found = getInt(pager.page(2), OFFSET);
      for (int i = 3; i <= PAGES; i++) {
        assertThat(getInt(pager.page(i), OFFSET)).isEqualTo(found);
      }
      return found;
    } finally {
      pager.endRead();
    }
  }

  private static void assertBusy(Runnable action) {
    assertThatThrownBy(action::run)
        .isInstanceOfSatisfying(
            TursoException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BUSY));
  }

  @ParameterizedTest
  @EnumSource(
      value = JournalMode.class,
      names = {"DELETE", "TRUNCATE", "PERSIST", "MEMORY"})
  void aCommitThatFailsIsUndone(JournalMode mode) {
    int failures = 0;
    for (FileOperation operation : FileOperation.values()) {
      for (int n = 1; n < 12 && operation != FileOperation.LOCK; n++) {
        try (Pager pager = connect(mode)) {
          pager.database().setCacheBudget(n % 2 == 0 ? 0 : 1 << 20);
          commit(pager, 1);
          change(pager, 2);
          fileSystem.fail(operation, Fault.EIO, n, false);
          boolean failed = false;
          boolean syncFailed = false;
          try {
            pager.commit();
          } catch (TursoException e) {
            failed = true;
            syncFailed = e.code() == ErrorCode.IOERR_FSYNC;
            failures++;
            pager.rollback();
          }
          pager.endRead();
          fileSystem.heal();
          int found = read(pager);
          // An empty journal cannot undo anything, though it is not known to be empty on the disk.
          boolean isOpen = mode == JournalMode.TRUNCATE && syncFailed;
          assertThat(found)
              .as("%s %d", operation, n)
              .isIn(!failed ? List.of(2) : isOpen ? List.of(1, 2) : List.of(1));
          commit(pager, 3);
          assertThat(read(pager)).isEqualTo(3);
        }
      }
    }
    assertThat(failures).isGreaterThan(7);
  }

  @ParameterizedTest
  @EnumSource(
      value = FileOperation.class,
      names = {"READ", "WRITE", "SYNC"})
  void aRollbackThatFailsIsDoneByWhoReadsNext(FileOperation operation) {
    try (Pager pager = connect(JournalMode.DELETE)) {
      commit(pager, 1);
      change(pager, 2);
      fileSystem.fail(FileOperation.DELETE, Fault.EIO, 1, true);
      fileSystem.onReached(
          "journal.commit.undo",
          () ->
              fileSystem.fail(operation, Fault.EIO, operation == FileOperation.SYNC ? 1 : 2, true));

      assertThatThrownBy(pager::commit).isInstanceOf(TursoException.class);
      assertThatThrownBy(pager::rollback).isInstanceOf(TursoException.class);

      fileSystem.heal();
      pager.endRead();
      assertThat(fileSystem.exists("test.db-journal")).isTrue();
      assertThat(read(pager)).isEqualTo(1);
      commit(pager, 3);
      assertThat(read(pager)).isEqualTo(3);
    }
  }

  @Test
  void aCommitWaitsForReadersAndCanBeTriedAgain() {
    try (Pager writer = connect(JournalMode.DELETE);
        Pager reader = connect(JournalMode.DELETE);
        Pager late = connect(JournalMode.DELETE)) {
      commit(writer, 1);
      reader.beginRead();
      change(writer, 2);

      assertBusy(writer::commit);

      assertThat(writer.isWriting()).isTrue();
      assertThat(getInt(reader.page(2), OFFSET)).isEqualTo(1);
      assertBusy(late::beginRead);
      reader.endRead();
      writer.commit();
      writer.endRead();
      assertThat(read(late)).isEqualTo(2);
    }
  }

  @Test
  void aSecondWriterIsBusyAndAReaderCannotBecomeOne() {
    try (Pager writer = connect(JournalMode.DELETE);
        Pager second = connect(JournalMode.DELETE)) {
      commit(writer, 1);
      second.beginRead();
      change(writer, 2);

      assertBusy(second::beginWrite);
      second.endRead();
      second.beginRead();
      assertBusy(second::beginWrite);
      second.endRead();
      writer.rollback();
      writer.endRead();
      commit(second, 3);
      assertThat(read(writer)).isEqualTo(3);
    }
  }

  @Test
  void exclusiveLockingKeepsTheLockFromOneTransactionToTheNext() {
    OtherProcess other = fileSystem.otherProcess();
    try (Pager pager = connect(JournalMode.DELETE);
        Pager second = connect(JournalMode.DELETE)) {
      commit(pager, 1);
      pager.settings().setExclusiveLocking(true);
      read(pager);
      assertThat(read(second)).isEqualTo(1);
      commit(pager, 2);

      assertBusy(second::beginRead);
      assertThat(other.tryLock("test.db", PENDING + 2, 510, true)).isFalse();
      commit(pager, 3);

      pager.settings().setExclusiveLocking(false);
      assertThat(read(pager)).isEqualTo(3);
      assertThat(read(second)).isEqualTo(3);
    }
  }

  @Test
  void betweenTransactionsOtherProcessesGetIn() {
    OtherProcess other = fileSystem.otherProcess();
    try (Pager pager = connect(JournalMode.DELETE)) {
      commit(pager, 1);
      read(pager);
      assertThat(other.tryLock("test.db", PENDING, 512, false)).isTrue();
      assertBusy(pager::beginRead);
      other.unlock("test.db", PENDING, 512);

      pager.beginRead();
      assertThat(other.tryLock("test.db", PENDING + 2, 510, true)).isTrue();
      assertThat(other.tryLock("test.db", PENDING + 1, 1, false)).isTrue();
      assertBusy(pager::beginWrite);
      other.unlock("test.db", PENDING + 1, 1);
      pager.beginWrite();
      putInt(pager.writable(2), OFFSET, 2);
      assertBusy(pager::commit);
      other.unlock("test.db", PENDING + 2, 510);
      pager.rollback();
      pager.endRead();
      assertThat(read(pager)).isEqualTo(1);
    }
  }
}
