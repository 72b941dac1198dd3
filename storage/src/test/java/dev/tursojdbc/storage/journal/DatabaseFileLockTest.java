package dev.tursojdbc.storage.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tursojdbc.storage.file.FileSystem.OpenMode;
import dev.tursojdbc.storage.file.OtherProcess;
import dev.tursojdbc.storage.file.RecordingFileSystem;
import dev.tursojdbc.storage.file.StorageFile;
import dev.tursojdbc.storage.journal.DatabaseFileLock.Level;
import dev.tursojdbc.storage.page.LockBytePage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DatabaseFileLockTest {
  private static final String PATH = "test.db";
  private static final long PENDING = LockBytePage.PENDING_BYTE;

  private final RecordingFileSystem fileSystem = new RecordingFileSystem();
  private final StorageFile first = fileSystem.openShared(PATH, OpenMode.CREATE);
  private final StorageFile second = fileSystem.openShared(PATH, OpenMode.READ_WRITE);
  private final DatabaseFileLock writer = new DatabaseFileLock(first);
  private final DatabaseFileLock reader = new DatabaseFileLock(second);
  private final OtherProcess other = fileSystem.otherProcess();

  @AfterEach
  void close() {
    writer.close();
    reader.close();
    first.close();
    second.close();
  }

  @Test
  void readersAndOneWriterShareTheFile() {
    assertThat(reader.tryShared()).isTrue();
    assertThat(writer.tryShared()).isTrue();
    assertThat(writer.tryReserved()).isTrue();
    assertThat(reader.tryReserved()).isFalse();
    assertThat(reader.level()).isEqualTo(Level.SHARED);
    assertThat(other.tryLock(PATH, PENDING + 2, 510, true)).isTrue();
    assertThat(other.tryLock(PATH, PENDING + 1, 1, false)).isFalse();
  }

  @Test
  void aWriterThatWaitsForReadersLetsNobodyNewIn() {
    assertThat(reader.tryShared()).isTrue();
    assertThat(writer.tryShared() && writer.tryReserved()).isTrue();

    assertThat(writer.tryExclusive()).isFalse();

    assertThat(writer.level()).isEqualTo(Level.PENDING);
    assertThat(other.tryLock(PATH, PENDING, 1, true)).isFalse();
    reader.close();
    assertThat(reader.tryShared()).isFalse();
    assertThat(writer.tryExclusive()).isTrue();
    assertThat(other.tryLock(PATH, PENDING + 2, 510, true)).isFalse();
  }

  @Test
  void whoDidNotReserveKeepsSharedWhenExclusiveIsNotToBeHad() {
    assertThat(reader.tryShared()).isTrue();
    assertThat(writer.tryShared()).isTrue();

    assertThat(writer.tryExclusive()).isFalse();

    assertThat(writer.level()).isEqualTo(Level.SHARED);
    assertThat(other.tryLock(PATH, PENDING, 2, false)).isTrue();
  }

  @Test
  void whoGotExclusiveWithoutReservingKeepsEverybodyOut() {
    assertThat(writer.tryShared()).isTrue();

    assertThat(writer.tryExclusive()).isTrue();

    assertThat(other.tryLock(PATH, PENDING, 1, true)).isFalse();
    assertThat(other.tryLock(PATH, PENDING + 2, 510, true)).isFalse();
    assertThat(reader.tryShared()).isFalse();
    writer.downgrade();
    assertThat(writer.level()).isEqualTo(Level.SHARED);
    assertThat(other.tryLock(PATH, PENDING + 2, 510, false)).isFalse();
    assertThat(reader.tryShared()).isTrue();
  }

  @Test
  void whoIsOvertakenWhileHeTakesExclusiveHasNothing() {
    assertThat(writer.tryShared()).isTrue();
    assertThat(writer.tryReserved()).isTrue();
    // As newer versions of SQLite do to roll a hot journal back: no PENDING, no RESERVED.
    assertThat(other.tryLock(PATH, PENDING + 2, 510, true)).isTrue();
    assertThat(writer.tryExclusive()).isFalse();
    assertThat(writer.level()).isEqualTo(Level.PENDING);
    assertThat(reader.tryShared()).isFalse();

    writer.downgrade();

    assertThat(reader.tryShared()).isTrue();
    assertThat(reader.tryReserved()).isTrue();
  }

  @Test
  void aStepThatIsNotTheNextOneIsRefused() {
    assertThatThrownBy(writer::tryReserved).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(writer::downgrade).isInstanceOf(IllegalStateException.class);
    assertThat(writer.tryShared()).isTrue();
    assertThatThrownBy(writer::tryShared).isInstanceOf(IllegalStateException.class);
    assertThat(writer.tryExclusive()).isTrue();
    assertThatThrownBy(writer::tryExclusive).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void fromEachLevelTheWayBackLeavesNothingBehind() {
    for (Level level : Level.values()) {
      climbTo(level);
      if (level != Level.NONE) {
        writer.downgrade();
        assertThat(writer.level()).isEqualTo(Level.SHARED);
        assertThat(other.tryLock(PATH, PENDING, 2, false)).isTrue();
        other.unlock(PATH, PENDING, 2);
        writer.close();
      }
      climbTo(level);
      writer.close();
      reader.close();
      assertThat(other.tryLock(PATH, PENDING, 512, false)).isTrue();
      other.unlock(PATH, PENDING, 512);
    }
  }

  private void climbTo(Level level) {
    if (level == Level.PENDING && reader.level() == Level.NONE) {
      assertThat(reader.tryShared()).isTrue();
    }
    if (level != Level.NONE) {
      assertThat(writer.tryShared()).isTrue();
    }
    if (level.compareTo(Level.RESERVED) >= 0) {
      assertThat(writer.tryReserved()).isTrue();
    }
    if (level.compareTo(Level.PENDING) >= 0) {
      assertThat(writer.tryExclusive()).isEqualTo(level == Level.EXCLUSIVE);
    }
    assertThat(writer.level()).isEqualTo(level);
  }

  @Test
  void aReaderOfAnotherProcessIsInTheWayToo() {
    assertThat(reader.tryShared()).isTrue();
    assertThat(other.tryLock(PATH, PENDING + 2, 510, true)).isTrue();

    assertThat(reader.tryExclusive()).isFalse();

    assertThat(reader.level()).isEqualTo(Level.SHARED);
  }
}
