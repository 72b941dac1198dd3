package dev.tursojdbc.storage.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tursojdbc.storage.error.ErrorCode;
import dev.tursojdbc.storage.error.TursoException;
import dev.tursojdbc.storage.file.CrashError;
import dev.tursojdbc.storage.file.Fault;
import dev.tursojdbc.storage.file.FileSystem;
import dev.tursojdbc.storage.file.FileSystem.OpenMode;
import dev.tursojdbc.storage.file.MemoryFileSystem;
import dev.tursojdbc.storage.file.RecordingFileSystem;
import dev.tursojdbc.storage.file.StorageFile;
import dev.tursojdbc.storage.page.LockBytePage;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HotJournalTest {
  private static final String DATABASE = "d/app.db";
  private static final String JOURNAL = DATABASE + "-journal";
  private static final int PAGE_SIZE = 1024;
  private static final long RESERVED = LockBytePage.PENDING_BYTE + 1;
  private static final long SHARED = LockBytePage.PENDING_BYTE + 2;

  private static byte[] page(int value) {
    byte[] page = new byte[PAGE_SIZE];
    Arrays.fill(page, (byte) value);
    return page;
  }

  /** Pages filled with these values, one after the other. */
  private static byte[] pages(int... values) {
    byte[] bytes = new byte[values.length * PAGE_SIZE];
    for (int i = 0; i < values.length; i++) {
      Arrays.fill(bytes, i * PAGE_SIZE, (i + 1) * PAGE_SIZE, (byte) values[i]);
    }
    return bytes;
  }

  /** Two pages 1, 2 before; three pages 1, 9, 9 now. */
  private static MemoryFileSystem interrupted(byte[] journal) {
    MemoryFileSystem disk = new MemoryFileSystem();
    disk.put(DATABASE, pages(1, 9, 9));
    disk.put(JOURNAL, journal);
    return disk;
  }

  private static byte[] simpleJournal() {
    return new JournalBuilder(512, PAGE_SIZE, 2).segment(1, 77).record(2, page(2)).build();
  }

  private static boolean open(FileSystem fileSystem) {
    try (StorageFile file = fileSystem.openShared(DATABASE, OpenMode.READ_WRITE);
        DatabaseFileLock lock = new DatabaseFileLock(file)) {
      if (!lock.tryShared()) {
        throw new TursoException(ErrorCode.BUSY);
      }
      boolean result = HotJournal.rollBackIfHot(fileSystem, file, DATABASE, lock, false);
      assertThat(lock.level()).isEqualTo(DatabaseFileLock.Level.SHARED);
      return result;
    }
  }

  private static void assertFails(ErrorCode code, FileSystem fileSystem) {
    assertThatThrownBy(() -> open(fileSystem))
        .isInstanceOfSatisfying(TursoException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  private static void assertRolledBack(MemoryFileSystem disk, int... expected) {
    assertThat(open(disk)).isTrue();
    assertThat(disk.content(DATABASE)).isEqualTo(pages(expected));
    assertThat(disk.exists(JOURNAL)).isFalse();
    assertThat(open(disk)).isFalse();
  }

  @Test
  void savedPagesAreWrittenBackAndTheFileIsCut() {
    assertRolledBack(interrupted(simpleJournal()), 1, 2);
  }

  @Test
  void aFileThatWasCutGetsItsOldSize() {
    MemoryFileSystem disk = new MemoryFileSystem();
    disk.put(DATABASE, pages(9));
    disk.put(
        JOURNAL,
        new JournalBuilder(512, PAGE_SIZE, 4)
            .segment(2, 0)
            .record(1, page(1))
            .record(2, page(2))
            .build());

    assertRolledBack(disk, 1, 2, 0, 0);
  }

  @Test
  void aFileThatLacksItsLastPageOnlyGetsItBack() {
    MemoryFileSystem disk = new MemoryFileSystem();
    disk.put(DATABASE, pages(9, 9));
    disk.put(
        JOURNAL, new JournalBuilder(512, PAGE_SIZE, 3).segment(1, 0).record(1, page(1)).build());

    assertRolledBack(disk, 1, 9, 0);
  }

  /** Journals of SQLite before 3.5.8 do not state the page size; the database's header does. */
  @ParameterizedTest
  @ValueSource(ints = {1024, 65536})
  void aJournalWithoutAPageSizeHasThatOfTheDatabase(int pageSize) {
    byte[] before = new byte[2 * pageSize];
    before[16] = (byte) (pageSize >>> 8);
    before[17] = (byte) (pageSize >>> 16);
    before[pageSize + 7] = 1;
    byte[] saved = Arrays.copyOfRange(before, pageSize, 2 * pageSize);
    byte[] journal = new JournalBuilder(512, pageSize, 2).segment(1, 77).record(2, saved).build();
    Arrays.fill(journal, 24, 28, (byte) 0);
    MemoryFileSystem disk = new MemoryFileSystem();
    disk.put(JOURNAL, journal);
    byte[] now = Arrays.copyOf(before, 3 * pageSize);
    now[pageSize + 7] = 9;
    disk.put(DATABASE, now);

    assertThat(open(disk)).isTrue();

    assertThat(disk.content(DATABASE)).isEqualTo(before);
    assertThat(disk.exists(JOURNAL)).isFalse();
  }

  @Test
  void aJournalWithoutAPageSizeBesideAFileWithoutAHeaderIsOnlyDeleted() {
    byte[] journal = simpleJournal();
    Arrays.fill(journal, 24, 28, (byte) 0);
    MemoryFileSystem disk = interrupted(journal);
    disk.put(DATABASE, new byte[17]);

    assertThat(open(disk)).isTrue();

    assertThat(disk.content(DATABASE)).isEqualTo(new byte[17]);
    assertThat(disk.exists(JOURNAL)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {16, 48, 131072})
  void aSectorSizeThatCannotBeMakesTheJournalWorthless(int sectorSize) {
    byte[] journal = simpleJournal();
    ByteBuffer.wrap(journal).putInt(20, sectorSize);

    assertRolledBack(interrupted(journal), 1, 9, 9);
  }

  @ParameterizedTest
  @ValueSource(ints = {32, 512, 4096, 65536})
  void everySegmentIsPlayedBack(int sectorSize) {
    byte[] journal =
        new JournalBuilder(sectorSize, PAGE_SIZE, 3)
            .segment(1, 5)
            .record(1, page(11))
            .segment(2, -6)
            .record(2, page(12))
            .record(3, page(13))
            .build();

    assertRolledBack(interrupted(journal), 11, 12, 13);
  }

  @Test
  void aCountOfMinusOneMeansUpToTheEnd() {
    byte[] journal =
        new JournalBuilder(512, PAGE_SIZE, 3)
            .segment(-1, 5)
            .record(1, page(11))
            .record(3, page(13))
            .build();

    assertRolledBack(interrupted(journal), 11, 9, 13);
  }

  @Test
  void recordsBehindTheCountAreIgnored() {
    byte[] journal =
        new JournalBuilder(512, PAGE_SIZE, 3)
            .segment(1, 5)
            .record(1, page(11))
            .record(3, page(13))
            .build();

    assertRolledBack(interrupted(journal), 11, 9, 9);
  }

  @Test
  void aWrongChecksumEndsTheJournal() {
    byte[] journal =
        new JournalBuilder(512, PAGE_SIZE, 3)
            .segment(3, 5)
            .record(1, page(11))
            .record(2, page(12), 1)
            .record(3, page(13))
            .build();

    assertRolledBack(interrupted(journal), 11, 9, 9);
  }

  @Test
  void anIncompleteRecordEndsTheJournal() {
    byte[] journal =
        new JournalBuilder(512, PAGE_SIZE, 3)
            .segment(2, 5)
            .record(1, page(11))
            .record(2, page(12))
            .build();

    assertRolledBack(interrupted(Arrays.copyOf(journal, journal.length - 1)), 11, 9, 9);
  }

  @Test
  void aPageBeyondTheOldEndIsNotWritten() {
    byte[] journal =
        new JournalBuilder(512, PAGE_SIZE, 2)
            .segment(2, 5)
            .record(7, page(17))
            .record(2, page(12))
            .build();

    assertRolledBack(interrupted(journal), 1, 12);
  }

  @Test
  void aZeroedOrEmptyJournalIsNotHot() {
    byte[] zeroed = simpleJournal();
    Arrays.fill(zeroed, 0, 28, (byte) 0);
    for (byte[] journal : new byte[][] {zeroed, new byte[0]}) {
      MemoryFileSystem disk = interrupted(journal);

      assertThat(open(disk)).isFalse();
      assertThat(disk.content(DATABASE)).isEqualTo(pages(1, 9, 9));
      assertThat(disk.exists(JOURNAL)).isTrue();
    }
  }

  @Test
  void aJournalWithoutMagicIsDeletedWithoutPlayback() {
    byte[] garbage = simpleJournal();
    garbage[3]++;

    assertRolledBack(interrupted(garbage), 1, 9, 9);
  }

  @Test
  void theJournalOfAnEmptyDatabaseIsDeleted() {
    for (byte[] journal : new byte[][] {simpleJournal(), new byte[600], new byte[0]}) {
      MemoryFileSystem disk = interrupted(journal);
      disk.put(DATABASE, new byte[0]);

      assertThat(open(disk)).isFalse();
      assertThat(disk.size(DATABASE)).isZero();
      assertThat(disk.exists(JOURNAL)).isFalse();
    }
  }

  @Test
  void theJournalOfALivingWriterIsLeftAlone() {
    RecordingFileSystem files = new RecordingFileSystem(interrupted(simpleJournal()));
    assertThat(files.otherProcess().tryLock(DATABASE, RESERVED, 1, false)).isTrue();

    assertThat(open(files)).isFalse();
    assertThat(files.exists(JOURNAL)).isTrue();
    assertThat(files.changeCount()).isZero();

    files.otherProcess().unlock(DATABASE, RESERVED, 1);
    assertThat(open(files)).isTrue();
  }

  @Test
  void whileOthersReadTheDatabaseItIsBusy() {
    RecordingFileSystem files = new RecordingFileSystem(interrupted(simpleJournal()));
    assertThat(files.otherProcess().tryLock(DATABASE, SHARED, 510, true)).isTrue();
    assertFails(ErrorCode.BUSY, files);
    assertThat(files.changeCount()).isZero();

    try (StorageFile file = files.openShared(DATABASE, OpenMode.READ_WRITE);
        DatabaseFileLock sameProcess = new DatabaseFileLock(file)) {
      files.otherProcess().unlock(DATABASE, SHARED, 510);
      assertThat(sameProcess.tryShared()).isTrue();
      assertFails(ErrorCode.BUSY, files);
    }
    assertThat(open(files)).isTrue();
    assertThat(files.otherProcess().tryLock(DATABASE, LockBytePage.PENDING_BYTE, 512, false))
        .isTrue();
  }

  @Test
  void whoHoldsTheExclusiveLockKeepsIt() {
    MemoryFileSystem disk = interrupted(simpleJournal());
    try (StorageFile file = disk.openShared(DATABASE, OpenMode.READ_WRITE);
        DatabaseFileLock lock = new DatabaseFileLock(file)) {
      assertThat(lock.tryExclusive()).isTrue();

      assertThat(HotJournal.rollBackIfHot(disk, file, DATABASE, lock, false)).isTrue();

      assertThat(lock.level()).isEqualTo(DatabaseFileLock.Level.EXCLUSIVE);
    }
    assertThat(disk.content(DATABASE)).isEqualTo(pages(1, 2));
  }

  @Test
  void aReaderWithoutTheRightToWriteIsRefused() {
    MemoryFileSystem disk = interrupted(simpleJournal());
    try (StorageFile file = disk.openShared(DATABASE, OpenMode.READ_ONLY);
        DatabaseFileLock lock = new DatabaseFileLock(file)) {
      assertThat(lock.tryShared()).isTrue();
      assertThatThrownBy(() -> HotJournal.rollBackIfHot(disk, file, DATABASE, lock, true))
          .isInstanceOfSatisfying(
              TursoException.class,
              e -> assertThat(e.code()).isEqualTo(ErrorCode.READONLY_ROLLBACK));
    }
    assertThat(disk.exists(JOURNAL)).isTrue();
  }

  @Test
  void aJournalWhoseSuperJournalIsGoneWasCommitted() {
    byte[] journal =
        new JournalBuilder(512, PAGE_SIZE, 2)
            .segment(1, 5)
            .record(2, page(2))
            .superJournal("d/app.db-mj0123")
            .build();

    assertRolledBack(interrupted(journal), 1, 9, 9);
  }

  @Test
  void aSuperJournalIsDeletedAfterTheLastJournalThatNamesIt() {
    String superPath = "d/app.db-mj0123";
    String otherJournal = "d/other.db-journal";
    byte[] journal =
        new JournalBuilder(512, PAGE_SIZE, 2)
            .segment(1, 5)
            .record(2, page(2))
            .superJournal(superPath)
            .build();
    MemoryFileSystem disk = interrupted(journal);
    disk.put(otherJournal, journal);
    disk.put(superPath, (JOURNAL + "\0" + otherJournal + "\0").getBytes(StandardCharsets.UTF_8));

    assertRolledBack(disk, 1, 2);
    assertThat(disk.exists(superPath)).isTrue();

    disk.delete(otherJournal);
    disk.put(DATABASE, pages(1, 9, 9));
    disk.put(JOURNAL, journal);
    assertRolledBack(disk, 1, 2);
    assertThat(disk.exists(superPath)).isFalse();
  }

  @Test
  void aFileThatDoesNotListTheJournalIsNotDeletedAsItsSuperJournal() {
    byte[] journal =
        new JournalBuilder(512, PAGE_SIZE, 2)
            .segment(1, 5)
            .record(2, page(2))
            .superJournal("home/precious")
            .build();
    MemoryFileSystem disk = interrupted(journal);
    disk.put("home/precious", "text".getBytes(StandardCharsets.UTF_8));

    assertRolledBack(disk, 1, 2);

    assertThat(disk.exists("home/precious")).isTrue();
  }

  @Test
  void aRollbackThatIsItselfInterruptedBeginsAnew() {
    MemoryFileSystem before = interrupted(simpleJournal());
    RecordingFileSystem run = new RecordingFileSystem(before);
    assertThat(open(run)).isTrue();
    int changes = run.changeCount();
    assertThat(changes).isGreaterThan(5);

    for (int k = 0; k <= changes; k++) {
      for (int seed = 0; seed < 50; seed++) {
        MemoryFileSystem disk = run.crash(k, seed);
        boolean hot = disk.exists(JOURNAL);
        assertThat(open(disk)).isEqualTo(hot);
        assertThat(disk.content(DATABASE)).isEqualTo(pages(1, 2));
      }
      RecordingFileSystem crashing = new RecordingFileSystem(before);
      crashing.crashAt(k + 1);
      if (k < changes) {
        assertThatThrownBy(() -> open(crashing)).isInstanceOf(CrashError.class);
      }
    }
  }

  @Test
  void aFailureLeavesTheJournalForTheNextOne() {
    for (Fault fault : new Fault[] {Fault.EIO, Fault.ENOSPC, Fault.SHORT_WRITE}) {
      boolean failed = true;
      for (int n = 1; failed; n++) {
        RecordingFileSystem files = new RecordingFileSystem(interrupted(simpleJournal()));
        files.fail(fault, n, false);
        try {
          open(files);
        } catch (TursoException e) {
          assertThat(e.code().primaryCode()).isIn(10, 13, 14);
        }
        failed = files.faultCount() > 0;
        files.heal();

        open(files);
        assertThat(files.kill().content(DATABASE)).isEqualTo(pages(1, 2));
        assertThat(files.exists(JOURNAL)).isFalse();
      }
    }
  }
}
