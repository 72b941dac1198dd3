package dev.tursojdbc.storage.pager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tursojdbc.storage.error.ErrorCode;
import dev.tursojdbc.storage.error.TursoException;
import dev.tursojdbc.storage.file.CrashError;
import dev.tursojdbc.storage.file.Fault;
import dev.tursojdbc.storage.file.MemoryFileSystem;
import dev.tursojdbc.storage.file.OtherProcess;
import dev.tursojdbc.storage.file.RecordingFileSystem;
import dev.tursojdbc.storage.journal.JournalMode;
import dev.tursojdbc.storage.page.DatabaseHeader;
import dev.tursojdbc.storage.wal.BusyHandler;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What is opened, what is refused, and what happens to the files. */
class OpeningTest {
  private static final long PENDING = 0x40000000L;
  private static final long SHARED = PENDING + 2;
  private static final String PATH = "test.db";
  private static final OpenOptions READ_ONLY = new OpenOptions(true, false, false, 4096);

  private RecordingFileSystem fileSystem = new RecordingFileSystem();

  private Pager connect() {
    return DatabaseFile.connect(fileSystem, PATH, OpenOptions.DEFAULT);
  }

  private static void assertFails(ErrorCode code, ThrowingCallable action) {
    assertThatThrownBy(action)
        .isInstanceOfSatisfying(TursoException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  private static void makeDatabase(Pager pager) {
    pager.beginRead();
    pager.beginWrite();
    pager.allocate(0);
    pager.commit();
    pager.endRead();
  }

  private void makeDatabase() {
    try (Pager pager = connect()) {
      makeDatabase(pager);
    }
  }

  private void put(byte[] content) {
    MemoryFileSystem disk = new MemoryFileSystem();
    disk.put(PATH, content);
    fileSystem = new RecordingFileSystem(disk);
  }

  @Test
  void aMissingFileIsMadeOnlyIfWanted() {
    assertFails(
        ErrorCode.CANTOPEN,
        () ->
            DatabaseFile.connect(fileSystem, PATH, new OpenOptions(false, false, false, 4096))
                .close());
    assertFails(
        ErrorCode.CANTOPEN, () -> DatabaseFile.connect(fileSystem, PATH, READ_ONLY).close());
    assertThat(fileSystem.exists(PATH)).isFalse();
  }

  @Test
  void aTextFileIsNotADatabaseAndIsLetGo() {
    put(
        "something else, but long enough to have a header"
            .repeat(9)
            .getBytes(StandardCharsets.UTF_8));
    try (Pager pager = connect()) {
      assertFails(ErrorCode.NOTADB, pager::beginRead);
      assertThat(pager.isReading()).isFalse();
      assertThat(fileSystem.otherProcess().tryLock(PATH, SHARED, 510, true)).isTrue();
    }
  }

  @Test
  void aShortFileIsNotADatabase() {
    put(new byte[50]);
    try (Pager pager = connect()) {
      assertFails(ErrorCode.NOTADB, pager::beginRead);
    }
  }

  @Test
  void aFileShorterThanItsHeaderSaysIsCorrupt() {
    makeDatabase();
    byte[] content = fileSystem.kill().content(PATH);
    put(Arrays.copyOf(content, 4096));
    try (Pager pager = connect()) {
      assertFails(ErrorCode.CORRUPT, pager::beginRead);
    }
  }

  @Test
  void otherProcessesAreKeptOutUntilTheLastConnectionLeaves() {
    OtherProcess other = fileSystem.otherProcess();
    try (Pager first = connect()) {
      makeDatabase(first);
      try (Pager second = connect()) {
        second.beginRead();
      }
      assertThat(other.tryLock(PATH, PENDING, 1, true)).isFalse();
      assertThat(other.tryLock(PATH, SHARED, 510, true)).isFalse();
    }
    assertThat(other.tryLock(PATH, SHARED, 510, true)).isTrue();
  }

  @Test
  void aDatabaseInUseByAnotherProcessIsBusyUntilTheHandlerGivesUp() {
    makeDatabase();
    OtherProcess other = fileSystem.otherProcess();
    other.tryLock(PATH, SHARED, 510, true);
    try (Pager pager = connect()) {
      assertFails(ErrorCode.BUSY, pager::beginRead);
      pager
          .settings()
          .setBusyHandler(
              attempt -> {
                if (attempt == 2) {
                  other.unlock(PATH, SHARED, 510);
                }
                return attempt < 3;
              });

      pager.beginRead();

      assertThat(pager.pageCount()).isEqualTo(2);
      pager.settings().setBusyHandler(BusyHandler.NONE);
    }
  }

  @Test
  void aReadOnlyConnectionDoesNotWrite() {
    makeDatabase();
    int before = fileSystem.changeCount();
    try (Pager pager = DatabaseFile.connect(fileSystem, PATH, READ_ONLY)) {
      pager.beginRead();
      assertThat(pager.pageCount()).isEqualTo(2);
      assertFails(ErrorCode.READONLY, pager::beginWrite);
    }
    assertThat(fileSystem.changeCount()).isEqualTo(before);
  }

  @Test
  void aLogWithoutADatabaseIsDeleted() {
    MemoryFileSystem disk = new MemoryFileSystem();
    disk.put(PATH, new byte[0]);
    disk.put(PATH + "-wal", new byte[100]);
    fileSystem = new RecordingFileSystem(disk);
    try (Pager pager = connect()) {
      pager.beginRead();
      assertThat(fileSystem.exists(PATH + "-wal")).isFalse();
    }
  }

  @Test
  void aLogLeftByADeadProcessIsRecovered() {
    try (Pager pager = connect()) {
      makeDatabase(pager);
      fileSystem = new RecordingFileSystem(fileSystem.kill());
    }
    assertThat(fileSystem.size(PATH + "-wal")).isPositive();
    try (Pager pager = connect()) {
      pager.beginRead();
      assertThat(pager.pageCount()).isEqualTo(2);
    }
  }

  /** Each write and sync while the database is made; nothing is ever half made. */
  @Test
  void aCrashWhileTheDatabaseIsMadeLeavesAnEmptyOneOrAWholeOne() {
    makeDatabase();
    for (int change = 0; change <= fileSystem.changeCount(); change++) {
      for (int seed = 0; seed < 20; seed++) {
        MemoryFileSystem disk = fileSystem.crash(change, seed);
        try (Pager pager = DatabaseFile.connect(disk, PATH, OpenOptions.DEFAULT)) {
          pager.beginRead();
          assertThat(pager.pageCount()).isBetween(0, 2);
          assertThat(DatabaseHeader.decode(pager.page(1)).isWal()).isTrue();
        }
      }
    }
  }

  @Test
  void aFailureWhileTheDatabaseIsMadeIsRolledBackByTheNextUse() {
    int writes = 0;
    for (int n = 1; n < 30; n++) {
      fileSystem = new RecordingFileSystem();
      fileSystem.fail(Fault.SHORT_WRITE, n, false);
      try (Pager pager = connect()) {
        try {
          makeDatabase(pager);
        } catch (TursoException e) {
          writes++;
          assertThat(e.code()).isEqualTo(ErrorCode.FULL);
          pager.rollback();
          pager.endRead();
          makeDatabase(pager);
        }
        pager.beginRead();
        assertThat(pager.pageCount()).isEqualTo(2);
      }
    }
    assertThat(writes).isBetween(4, 8);
  }

  @Test
  void leavingWalModeNeedsThatNobodyElseHasReadAndEndsWithoutALog() {
    try (Pager pager = connect()) {
      makeDatabase(pager);
      try (Pager other = connect()) {
        other.beginRead();
        other.endRead();
        assertFails(ErrorCode.BUSY, () -> pager.settings().setJournalMode(JournalMode.DELETE));
        assertThat(other.settings().journalMode()).isEqualTo(JournalMode.WAL);
      }
      assertThat(pager.settings().setJournalMode(JournalMode.DELETE)).isEqualTo(JournalMode.DELETE);
      assertThat(fileSystem.exists(PATH + "-wal")).isFalse();

      pager.beginRead();
      assertThat(pager.pageCount()).isEqualTo(2);
      pager.endRead();
    }
  }

  @Test
  void enteringWalModeNeedsThatNobodyElseReads() {
    try (Pager pager = connect()) {
      makeDatabase(pager);
      pager.settings().setJournalMode(JournalMode.DELETE);
    }
    try (Pager pager = connect();
        Pager other = connect()) {
      other.beginRead();
      assertFails(ErrorCode.BUSY, () -> pager.settings().setJournalMode(JournalMode.WAL));
      other.endRead();

      assertThat(pager.settings().setJournalMode(JournalMode.WAL)).isEqualTo(JournalMode.WAL);

      makeDatabase(other);
      pager.beginRead();
      assertThat(pager.pageCount()).isEqualTo(3);
    }
  }

  @Test
  void aCrashWhileTheJournalModeChangesLosesNothing() {
    int committed;
    try (Pager pager = connect()) {
      makeDatabase(pager);
      committed = fileSystem.changeCount();
      pager.settings().setJournalMode(JournalMode.DELETE);
      pager.settings().setJournalMode(JournalMode.WAL);
    }
    for (int change = committed; change <= fileSystem.changeCount(); change++) {
      for (int seed = 0; seed < 10; seed++) {
        MemoryFileSystem disk = fileSystem.crash(change, seed);
        try (Pager pager = DatabaseFile.connect(disk, PATH, OpenOptions.DEFAULT)) {
          pager.beginRead();
          assertThat(pager.pageCount()).as("crash %d/%d", change, seed).isEqualTo(2);
        }
      }
    }
  }

  @Test
  void aPowerFailureInTheMiddleStillLetsConnectionsClose() {
    Pager pager = connect();
    fileSystem.crashAt(5);
    assertThatThrownBy(() -> makeDatabase(pager)).isInstanceOf(CrashError.class);
    pager.close();

    fileSystem = new RecordingFileSystem(fileSystem.crash(1));
    makeDatabase();
  }
}
