package dev.tursojdbc.storage.pager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tursojdbc.storage.error.ErrorCode;
import dev.tursojdbc.storage.error.TursoException;
import dev.tursojdbc.storage.file.CrashError;
import dev.tursojdbc.storage.file.SharedDisk;
import dev.tursojdbc.storage.file.SharedDisk.DiskProcess;
import dev.tursojdbc.storage.journal.JournalMode;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Two processes that open, share and close a database. */
class SharedOpeningTest {
  private static final String PATH = "/app.db";

  private final SharedDisk disk = new SharedDisk();
  private final DiskProcess first = disk.process();
  private final DiskProcess second = disk.process();

  private static Pager connect(DiskProcess process) {
    return DatabaseFile.connect(process, PATH, OpenOptions.DEFAULT);
  }

  private static int pageCount(Pager pager) {
    pager.beginRead();
    try {
      return pager.pageCount();
    } finally {
      pager.endRead();
    }
  }

  private static void grow(Pager pager) {
    pager.beginRead();
    try {
      pager.beginWrite();
      pager.allocate(0);
      pager.commit();
    } finally {
      pager.rollback();
      pager.endRead();
    }
  }

  private static void assertFails(ErrorCode code, ThrowingCallable action) {
    assertThatThrownBy(action)
        .isInstanceOfSatisfying(TursoException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  @Test
  void theLastOfAllProcessesRemovesTheLog() {
    try (Pager ours = connect(first)) {
      grow(ours);
      try (Pager theirs = connect(second)) {
        assertThat(pageCount(theirs)).isEqualTo(2);
        grow(theirs);
        assertThat(pageCount(ours)).isEqualTo(3);
      }
      assertThat(disk.exists(PATH + "-wal")).isTrue();
      assertThat(disk.exists(PATH + "-shm")).isTrue();
      assertThat(pageCount(ours)).isEqualTo(3);
      grow(ours);
    }
    assertThat(disk.exists(PATH + "-wal")).isFalse();
    assertThat(disk.exists(PATH + "-shm")).isFalse();
    assertThat(disk.size(PATH)).isEqualTo(4 * 4096);
  }

  @Test
  void anEmptyDatabaseIsMadeByWhoWritesFirst() {
    try (Pager ours = connect(first);
        Pager theirs = connect(second)) {
      assertThat(pageCount(ours)).isZero();
      assertThat(pageCount(theirs)).isZero();
      ours.beginRead();
      grow(theirs);
      assertThat(ours.pageCount()).isZero();
      assertFails(ErrorCode.BUSY_SNAPSHOT, ours::beginWrite);
      ours.endRead();

      grow(ours);
      assertThat(pageCount(theirs)).isEqualTo(3);
    }
  }

  @Test
  void twoThatMakeADatabaseAtOnceGetOneDatabase() {
    try (Pager ours = connect(first);
        Pager theirs = connect(second)) {
      first.at("pager.database.made", () -> assertFails(ErrorCode.BUSY, () -> grow(theirs)));
      grow(ours);
      grow(theirs);
      assertThat(pageCount(ours)).isEqualTo(3);
    }
  }

  @Test
  void whoLeavesWalModeHasToBeAlone() {
    try (Pager ours = connect(first)) {
      grow(ours);
      try (Pager theirs = connect(second)) {
        assertThat(pageCount(theirs)).isEqualTo(2);
        assertFails(ErrorCode.BUSY, () -> ours.settings().setJournalMode(JournalMode.DELETE));
        grow(theirs);
        assertThat(pageCount(ours)).isEqualTo(3);
      }
      assertThat(ours.settings().setJournalMode(JournalMode.DELETE)).isEqualTo(JournalMode.DELETE);
      assertThat(disk.exists(PATH + "-shm")).isFalse();
      try (Pager theirs = connect(second)) {
        grow(theirs);
        assertThat(theirs.settings().setJournalMode(JournalMode.WAL)).isEqualTo(JournalMode.WAL);
        grow(theirs);
        assertThat(pageCount(ours)).isEqualTo(5);
        grow(ours);
        assertThat(pageCount(theirs)).isEqualTo(6);
      }
    }
  }

  @Test
  void exclusiveLockingKeepsOthersOutFromTheNextTransactionOn() {
    try (Pager ours = connect(first)) {
      grow(ours);
      try (Pager theirs = connect(second)) {
        assertThat(pageCount(theirs)).isEqualTo(2);
        ours.settings().setExclusiveLocking(true);
        assertFails(ErrorCode.BUSY, () -> grow(ours));
        grow(theirs);
      }
      grow(ours);
      assertThat(disk.exists(PATH + "-shm")).isFalse();
      try (Pager theirs = connect(second)) {
        assertFails(ErrorCode.BUSY, theirs::beginRead);
      }
      assertThat(pageCount(ours)).isEqualTo(4);
    }
    try (Pager theirs = connect(second)) {
      assertThat(pageCount(theirs)).isEqualTo(4);
    }
  }

  @Test
  void exclusiveLockingBesideAnotherConnectionOfTheProcessIsBusy() {
    try (Pager ours = connect(first);
        Pager other = connect(first)) {
      grow(other);
      ours.settings().setExclusiveLocking(true);
      assertFails(ErrorCode.BUSY, () -> grow(ours));
      grow(other);
      ours.settings().setExclusiveLocking(false);
      grow(ours);
      assertThat(pageCount(other)).isEqualTo(4);
    }
  }

  @Test
  void whatAKilledProcessLeftIsThereForTheOthersAndForTheNext() {
    Pager theirs = connect(second);
    try (Pager ours = connect(first)) {
      grow(theirs);
      assertThat(pageCount(ours)).isEqualTo(2);
      theirs.beginRead();
      theirs.beginWrite();
      theirs.allocate(0);
      assertFails(ErrorCode.BUSY, () -> grow(ours));
      second.kill();

      grow(ours);
      assertThat(pageCount(ours)).isEqualTo(3);
      first.kill();
    } catch (CrashError e) {
      // A dead process cannot even close.
    }
    try (Pager next = connect(disk.process())) {
      assertThat(pageCount(next)).isEqualTo(3);
    }
    assertThat(disk.exists(PATH + "-wal")).isFalse();
  }
}
