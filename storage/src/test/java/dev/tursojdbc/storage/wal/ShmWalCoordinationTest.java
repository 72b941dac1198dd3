package dev.tursojdbc.storage.wal;

import static dev.tursojdbc.storage.wal.WalFixture.LOG;
import static dev.tursojdbc.storage.wal.WalFixture.PAGE_SIZE;
import static dev.tursojdbc.storage.wal.WalFixture.pages;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tursojdbc.storage.error.ErrorCode;
import dev.tursojdbc.storage.error.TursoException;
import dev.tursojdbc.storage.file.CrashError;
import dev.tursojdbc.storage.file.FileSystem.OpenMode;
import dev.tursojdbc.storage.file.SharedDisk;
import dev.tursojdbc.storage.file.SharedDisk.DiskProcess;
import dev.tursojdbc.storage.file.SharedMemoryFile;
import dev.tursojdbc.storage.file.StorageFile;
import java.nio.ByteBuffer;
import java.util.SortedMap;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two processes that share a log by its wal-index, one step after the other. */
class ShmWalCoordinationTest {
  private static final String INDEX = "/test.db-shm";
  private static final long WRITE = 120;
  private static final long RECOVER = 122;

  private final SharedDisk disk = new SharedDisk(4 << 20);
  private Member first;
  private Member second;

  private final class Member {
    final DiskProcess files = disk.process();
    final StorageFile database = files.open(WalFixture.DATABASE, OpenMode.CREATE);
    WalFileShared shared;

    Member() {
      if (database.size() == 0) {
        for (int page = 1; page <= 3; page++) {
          database.write((page - 1L) * PAGE_SIZE, ByteBuffer.wrap(WalFixture.image(0)));
        }
      }
      shared = WalFileShared.openShared(files, database, LOG, INDEX, PAGE_SIZE);
    }

    void commit(SortedMap<Integer, Integer> pages) {
      try (Wal wal = shared.connect()) {
        wal.beginRead();
        wal.beginWrite();
        WalFixture.commit(wal, pages, SyncMode.FULL);
      }
    }

    int read(int page) {
      try (Wal wal = shared.connect()) {
        wal.beginRead();
        return WalFixture.read(wal, database, page);
      }
    }

    CheckpointResult checkpoint(CheckpointMode mode) {
      return checkpoint(mode, BusyHandler.NONE);
    }

    CheckpointResult checkpoint(CheckpointMode mode, BusyHandler busy) {
      return shared.connect().checkpoint(mode, busy, SyncMode.FULL);
    }
  }

  @BeforeEach
  void openTwice() {
    first = new Member();
    second = new Member();
  }

  private static void assertFails(ErrorCode code, ThrowingCallable action) {
    assertThatThrownBy(action)
        .isInstanceOfSatisfying(TursoException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  @Test
  void commitsOfOneAreSeenByTheOther() {
    first.commit(pages(2, 10));
    assertThat(second.read(2)).isEqualTo(10);
    second.commit(pages(2, 11, 3, 12));
    assertThat(first.read(2)).isEqualTo(11);
    first.commit(pages(3, 13));
    assertThat(second.read(3)).isEqualTo(13);
    assertThat(second.read(2)).isEqualTo(11);
  }

  @Test
  void aWriterThatDiesBetweenTheTwoCopiesOfTheHeaderIsRecoveredFrom() {
    first.commit(pages(2, 10));
    first.commit(pages(2, 11));
    disk.damage(INDEX, 16, new byte[] {99});

    assertThat(second.read(2)).isEqualTo(11);
    second.commit(pages(2, 12));
    assertThat(first.read(2)).isEqualTo(12);
  }

  @Test
  void whoFindsTheHeaderTornWhileSomebodyWritesItWaits() {
    first.commit(pages(2, 10));
    SharedMemoryFile writer = disk.process().openSharedMemory(INDEX);
    assertThat(writer.tryLock(WRITE, 1, false)).isTrue();
    byte[] right = new byte[] {writer.map(0, 32768).get(16)};
    disk.damage(INDEX, 16, new byte[] {99});
    Thread healer =
        new Thread(
            () -> {
              sleep();
              disk.damage(INDEX, 16, right);
              writer.unlock(WRITE, 1);
            });
    healer.start();

    assertThat(second.read(2)).isEqualTo(10);
  }

  @Test
  void whileAnotherProcessRecoversTheAnswerIsBusyRecovery() {
    first.commit(pages(2, 10));
    SharedMemoryFile recovering = disk.process().openSharedMemory(INDEX);
    assertThat(recovering.tryLock(WRITE, 1, false)).isTrue();
    assertThat(recovering.tryLock(RECOVER, 1, false)).isTrue();
    disk.damage(INDEX, 16, new byte[] {99});

    assertFails(ErrorCode.BUSY_RECOVERY, () -> second.read(2));
    recovering.close();
    assertThat(second.read(2)).isEqualTo(10);
  }

  @Test
  void whatADeadWriterLeftInTheIndexIsRemoved() {
    first.commit(pages(2, 10));
    Wal wal = first.shared.connect();
    wal.beginRead();
    wal.beginWrite();
    WalFixture.append(wal, pages(1, 20, 2, 21, 3, 22));
    first.files.kill();

    assertThat(second.read(2)).isEqualTo(10);
    second.commit(pages(3, 11));
    assertThat(second.read(2)).isEqualTo(10);
    Member third = new Member();
    assertThat(third.read(3)).isEqualTo(11);
    assertThat(third.read(1)).isZero();
  }

  @Test
  void aWriterThatDiesBeforeItPublishesHasNotCommitted() {
    first.commit(pages(2, 10));
    first.files.at("wal.commit.before-publish", first.files::kill);
    assertThatThrownBy(() -> first.commit(pages(2, 11))).isInstanceOf(CrashError.class);

    assertThat(second.read(2)).isEqualTo(10);
    second.commit(pages(3, 12));
    assertThat(second.read(2)).isEqualTo(10);
  }

  @Test
  void aCheckpointThatTheLogWasRestartedUnderCopiesNothing() {
    first.commit(pages(2, 10));
    first.commit(pages(3, 11));
    sleepUntilNothingIsKept();
    // The race that SQLite had up to 3.51.2: between the look at the marks and mark 0.
    first.files.at(
        "wal.checkpoint.marks-read",
        () -> {
          // As a checkpoint that crashed: it let its lock go.
          SharedMemoryFile locks = first.files.openSharedMemory(INDEX);
          locks.unlock(121, 1);
          assertThat(second.checkpoint(CheckpointMode.PASSIVE).checkpointedFrames()).isEqualTo(2);
          second.commit(pages(2, 12));
          sleepUntilNothingIsKept();
          assertThat(locks.tryLock(121, 1, false)).isTrue();
        });

    CheckpointResult result = first.checkpoint(CheckpointMode.PASSIVE);

    assertThat(result).isEqualTo(new CheckpointResult(false, 1, 0));
    assertThat(second.read(2)).isEqualTo(12);
    assertThat(first.checkpoint(CheckpointMode.TRUNCATE, waiting()).busy()).isFalse();
    assertThat(second.read(2)).isEqualTo(12);
    assertThat(second.read(3)).isEqualTo(11);
  }

  private static BusyHandler waiting() {
    return attempt -> {
      sleep();
      return attempt < 40;
    };
  }

  private static void sleep() {
    try {
      Thread.sleep(10);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void sleepUntilNothingIsKept() {
    for (int i = 0; i < 10; i++) {
      sleep();
    }
  }

  @Test
  void theMarkOfAnIdleProcessIsGivenBackByItself() {
    first.commit(pages(2, 10));
    first.read(2);
    // It is still kept now, and soon it is not.
    assertThat(second.checkpoint(CheckpointMode.TRUNCATE, waiting()))
        .isEqualTo(new CheckpointResult(false, 0, 0));
    assertThat(first.read(2)).isEqualTo(10);
  }

  @Test
  void aReaderOfTheOtherProcessHoldsTheCheckpointBack() {
    first.commit(pages(2, 10));
    try (Wal reader = second.shared.connect()) {
      reader.beginRead();
      first.commit(pages(2, 11));
      assertThat(first.checkpoint(CheckpointMode.PASSIVE))
          .isEqualTo(new CheckpointResult(false, 2, 1));
      assertThat(first.checkpoint(CheckpointMode.RESTART).busy()).isTrue();
      assertThat(WalFixture.read(reader, second.database, 2)).isEqualTo(10);
    }
    assertThat(first.checkpoint(CheckpointMode.RESTART, waiting()))
        .isEqualTo(new CheckpointResult(false, 2, 2));
  }

  @Test
  void theWriterOfTheOtherProcessKeepsUsOut() {
    try (Wal writer = first.shared.connect();
        Wal other = second.shared.connect()) {
      writer.beginRead();
      writer.beginWrite();
      other.beginRead();
      assertFails(ErrorCode.BUSY, other::beginWrite);
      WalFixture.commit(writer, pages(2, 10), SyncMode.OFF);
      writer.endWrite();
      assertFails(ErrorCode.BUSY_SNAPSHOT, other::beginWrite);
    }
  }

  @Test
  void aWalIndexThatSpeaksOfFramesThatAreNotInTheLogIsNotBelieved() {
    first.commit(pages(2, 10));
    first.commit(pages(2, 11));
    // As after a loss of power: the last frame did not reach the disk, the wal-index is still here.
    disk.damage(LOG, (int) WalFrame.position(2, PAGE_SIZE), new byte[WalFrame.HEADER_SIZE]);

    Member third = new Member();

    assertThat(third.read(2)).isEqualTo(10);
    third.commit(pages(3, 12));
    assertThat(third.read(3)).isEqualTo(12);
  }

  @Test
  void whoComesFirstEmptiesTheWalIndex() {
    first.commit(pages(2, 10));
    first.files.kill();
    second.files.kill();
    disk.damage(INDEX, 100, new byte[] {1, 2, 3, 4, 5, 6, 7, 8});

    Member third = new Member();

    assertThat(third.read(2)).isEqualTo(10);
    assertThat(third.shared.statistics().marks())
        .extracting(WalStatistics.Mark::frame)
        .containsExactly(0, 1, -1, -1, -1);
  }

  @Test
  void whoDiesWhileHeEmptiesTheWalIndexIsInNobodysWay() {
    first.commit(pages(2, 10));
    first.files.kill();
    second.files.kill();
    DiskProcess dying = disk.process();
    dying.at("wal.attach.emptied", dying::kill);
    assertThatThrownBy(
            () ->
                WalFileShared.openShared(
                    dying,
                    dying.open(WalFixture.DATABASE, OpenMode.READ_WRITE),
                    LOG,
                    INDEX,
                    PAGE_SIZE))
        .isInstanceOf(CrashError.class);

    assertThat(new Member().read(2)).isEqualTo(10);
  }

  @Test
  void aLogOfSeveralRegionsIsReadByTheOtherAndRecovered() {
    first.commit(pages(2, 10));
    for (int i = 0; i < 1500; i++) {
      first.commit(pages(1, i, 3, i));
    }
    assertThat(second.read(2)).isEqualTo(10);
    second.commit(pages(2, 11));
    first.files.kill();
    second.files.kill();

    Member third = new Member();

    assertThat(third.read(2)).isEqualTo(11);
    assertThat(third.read(3)).isEqualTo(1499);
    assertThat(third.read(1)).isEqualTo(1499);
  }
}
