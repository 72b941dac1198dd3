package dev.tursojdbc.storage.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tursojdbc.storage.error.ErrorCode;
import dev.tursojdbc.storage.error.TursoException;
import dev.tursojdbc.storage.file.FileSystem.OpenMode;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class RecordingFileSystemTest {
  private static final int SEEDS = 300;

  private final RecordingFileSystem fileSystem = new RecordingFileSystem();

  private static ByteBuffer bytes(int value, int count) {
    byte[] bytes = new byte[count];
    Arrays.fill(bytes, (byte) value);
    return ByteBuffer.wrap(bytes);
  }

  /** A file of one byte value that is durable, as is its name. */
  private StorageFile durableFile(String path, int value, int count) {
    StorageFile file = fileSystem.open(path, OpenMode.CREATE);
    file.write(0, bytes(value, count));
    file.sync(false);
    fileSystem.syncDirectory(path);
    return file;
  }

  private <T> Set<T> afterCrash(Function<MemoryFileSystem, T> view) {
    Set<T> seen = new HashSet<>();
    for (int seed = 0; seed < SEEDS; seed++) {
      seen.add(view.apply(fileSystem.crash(seed)));
    }
    return seen;
  }

  private static void assertFails(ErrorCode code, ThrowingCallable operation) {
    assertThatThrownBy(operation)
        .isInstanceOfSatisfying(TursoException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  @Test
  void whatWasSyncedIsThereAfterACrash() {
    StorageFile file = durableFile("d/a", 1, 3000);
    file.write(100, bytes(2, 50));
    file.truncate(1000);
    file.sync(true);

    byte[] expected = new byte[1000];
    Arrays.fill(expected, (byte) 1);
    Arrays.fill(expected, 100, 150, (byte) 2);
    assertThat(afterCrash(disk -> List.of(disk.paths(), ByteBuffer.wrap(disk.content("d/a")))))
        .containsExactly(List.of(List.of("d/a"), ByteBuffer.wrap(expected)));
  }

  @Test
  void anUnsyncedWriteIsThereOrNotOrTornAtSectors() {
    StorageFile file = durableFile("a", 1, 2048);
    file.write(0, bytes(2, 2048));

    Set<String> seen =
        afterCrash(
            disk -> {
              byte[] content = disk.content("a");
              assertThat(content).hasSize(2048);
              StringBuilder sectors = new StringBuilder();
              for (int i = 0; i < 2048; i += 512) {
                sectors.append(content[i]);
                for (int j = i; j < i + 512; j++) {
                  assertThat(content[j]).isEqualTo(content[i]);
                }
              }
              return sectors.toString();
            });

    assertThat(seen).contains("1111", "2222", "2111", "2211", "1212", "1112").hasSize(16);
  }

  @Test
  void aLaterWriteMaySurviveAnEarlierOne() {
    StorageFile file = durableFile("a", 0, 1024);
    file.write(0, bytes(1, 512));
    file.write(512, bytes(2, 512));

    assertThat(afterCrash(disk -> List.of(disk.content("a")[0], disk.content("a")[512])))
        .containsExactlyInAnyOrder(
            List.of((byte) 0, (byte) 0),
            List.of((byte) 1, (byte) 0),
            List.of((byte) 0, (byte) 2),
            List.of((byte) 1, (byte) 2));
  }

  @Test
  void aFileMayHaveItsNewSizeWithoutItsNewBytes() {
    StorageFile file = durableFile("a", 1, 100);
    file.write(100, bytes(2, 100));

    assertThat(
            afterCrash(
                disk ->
                    List.of(
                        disk.content("a").length, disk.content("a")[disk.content("a").length - 1])))
        .containsExactlyInAnyOrder(
            List.of(100, (byte) 1), List.of(200, (byte) 2), List.of(200, (byte) 0));
  }

  @Test
  void aNameIsDurableOnceItsDirectoryWasSynced() {
    StorageFile file = fileSystem.open("d/new", OpenMode.CREATE);
    file.write(0, bytes(1, 10));
    file.sync(true);
    assertThat(afterCrash(disk -> disk.exists("d/new"))).containsExactlyInAnyOrder(true, false);

    fileSystem.syncDirectory("other/x");
    assertThat(afterCrash(disk -> disk.exists("d/new"))).contains(false);

    fileSystem.syncDirectory("d/x");
    assertThat(afterCrash(disk -> disk.exists("d/new"))).containsExactly(true);

    fileSystem.delete("d/new");
    assertThat(afterCrash(disk -> disk.size("d/new"))).containsExactlyInAnyOrder(0L, 10L);
  }

  @Test
  void aNameThatWasMadeAnewIsTheOldFileOrTheNewOneOrAbsent() {
    durableFile("a", 1, 1);
    fileSystem.delete("a");
    StorageFile next = fileSystem.open("a", OpenMode.CREATE);
    next.write(0, bytes(2, 1));
    next.sync(false);

    assertThat(afterCrash(disk -> disk.exists("a") ? (int) disk.content("a")[0] : -1))
        .containsExactlyInAnyOrder(1, 2, -1);
  }

  @Test
  void aFailedSyncLeavesOpenForGoodWhatIsDurable() {
    StorageFile file = durableFile("a", 1, 1);
    file.write(0, bytes(2, 1));
    fileSystem.fail(FileOperation.SYNC, Fault.EIO, 1, false);
    assertFails(ErrorCode.IOERR_FSYNC, () -> file.sync(false));
    file.sync(false);

    assertThat(afterCrash(disk -> disk.content("a")[0])).hasSize(2);
  }

  @Test
  void oneRunServesForAllItsCrashPoints() {
    StorageFile file = durableFile("a", 1, 1);
    int before = fileSystem.changeCount();
    file.write(0, bytes(2, 1));
    file.sync(false);

    assertThat(before).isEqualTo(4);
    assertThat(fileSystem.crash(0, 7).paths()).isEmpty();
    assertThat(fileSystem.crash(before, 7).content("a")).containsExactly(1);
    assertThat(fileSystem.crash(fileSystem.changeCount(), 7).content("a")).containsExactly(2);
    assertThat(fileSystem.kill(before + 1).content("a")).containsExactly(2);
    assertThat(fileSystem.changes()).hasSize(6);
  }

  @Test
  void afterACrashInTheMiddleNothingWorksAnyMore() {
    StorageFile file = durableFile("a", 1, 1);
    fileSystem.crashAt(fileSystem.changeCount() + 2);
    file.write(0, bytes(2, 1));
    assertThatThrownBy(() -> file.write(0, bytes(3, 1))).isInstanceOf(CrashError.class);

    assertThatThrownBy(() -> file.read(0, new byte[1], 0, 1)).isInstanceOf(CrashError.class);
    assertThatThrownBy(() -> fileSystem.open("a", OpenMode.CREATE)).isInstanceOf(CrashError.class);
    assertThatThrownBy(() -> fileSystem.reached("any")).isInstanceOf(CrashError.class);
    file.close();
    assertThat(afterCrash(disk -> disk.content("a")[0]))
        .containsExactlyInAnyOrder((byte) 1, (byte) 2, (byte) 3);
  }

  @Test
  void aCrashAtASyncMeansThatItDidNotHappen() {
    StorageFile file = durableFile("a", 1, 1);
    file.write(0, bytes(2, 1));
    fileSystem.crashAt(fileSystem.changeCount() + 1);
    assertThatThrownBy(() -> file.sync(false)).isInstanceOf(CrashError.class);

    assertThat(afterCrash(disk -> disk.content("a")[0])).hasSize(2);
  }

  @Test
  void aDiskCanBeCarriedOverIntoTheNextRun() {
    durableFile("a", 1, 5);

    RecordingFileSystem next = new RecordingFileSystem(fileSystem.crash(3));
    next.open("a", OpenMode.READ_WRITE).write(0, bytes(9, 2));

    assertThat(next.kill().content("a")).containsExactly(9, 9, 1, 1, 1);
    assertThat(next.crash(0, 1).content("a")).containsExactly(1, 1, 1, 1, 1);
  }

  @Test
  void theNthOperationFailsOnceOrForEver() {
    StorageFile file = durableFile("a", 1, 100);

    fileSystem.fail(Fault.ENOSPC, 2, false);
    file.write(0, bytes(2, 10));
    assertFails(ErrorCode.FULL, () -> file.write(0, bytes(3, 10)));
    file.write(50, bytes(4, 10));
    assertThat(fileSystem.faultCount()).isEqualTo(1);

    fileSystem.fail(Fault.EIO, 2, true);
    assertThat(file.read(0, new byte[10], 0, 10)).isEqualTo(10);
    assertFails(ErrorCode.IOERR_READ, () -> file.read(0, new byte[10], 0, 10));
    assertFails(ErrorCode.IOERR_WRITE, () -> file.write(0, bytes(5, 10)));
    assertFails(ErrorCode.IOERR_TRUNCATE, () -> file.truncate(1));
    assertFails(ErrorCode.CANTOPEN, () -> fileSystem.open("a", OpenMode.READ_ONLY));
    assertFails(ErrorCode.IOERR_DELETE, () -> fileSystem.delete("a"));
    assertFails(ErrorCode.IOERR_DIR_FSYNC, () -> fileSystem.syncDirectory("a"));
    assertFails(ErrorCode.IOERR_LOCK, () -> file.tryLock(0, 1, true));

    fileSystem.heal();
    byte[] content = new byte[100];
    assertThat(file.read(0, content, 0, 100)).isEqualTo(100);
    assertThat(content[0]).isEqualTo((byte) 2);
    assertThat(fileSystem.count(FileOperation.WRITE)).isEqualTo(5);
  }

  @Test
  void halfOfAShortWriteOrReadHappens() {
    StorageFile file = durableFile("a", 1, 100);

    fileSystem.fail(Fault.SHORT_WRITE, 1, false);
    assertFails(ErrorCode.FULL, () -> file.write(0, bytes(2, 100)));
    fileSystem.fail(Fault.SHORT_READ, 1, false);
    byte[] content = new byte[100];
    assertThat(file.read(0, content, 0, 100)).isEqualTo(50);

    assertThat(file.read(0, content, 0, 100)).isEqualTo(100);
    assertThat(content[49]).isEqualTo((byte) 2);
    assertThat(content[50]).isEqualTo((byte) 1);
  }

  @Test
  void locksOfAnotherProcessConflictWithOurs() {
    durableFile("a", 1, 1).close();
    OtherProcess other = fileSystem.otherProcess();
    try (StorageFile file = fileSystem.openShared("a", OpenMode.READ_WRITE)) {
      assertThat(other.tryLock("a", 120, 1, false)).isTrue();
      assertThat(file.tryLock(120, 1, true)).isFalse();
      assertThat(file.tryLock(121, 1, true)).isTrue();
      assertThat(other.tryLock("a", 121, 1, true)).isTrue();
      assertThat(other.tryLock("a", 121, 2, false)).isFalse();

      other.unlock("a", 120, 1);
      assertThat(file.tryLock(120, 1, false)).isTrue();
      assertThat(other.tryLock("a", 120, 1, true)).isFalse();
    }
    assertThat(other.tryLock("a", 120, 1, false)).isTrue();
  }

  @Test
  void closingAnyDescriptorDropsTheLocksOfTheProcess() {
    StorageFile file = durableFile("a", 1, 1);
    StorageFile second = fileSystem.open("a", OpenMode.READ_ONLY);
    file.tryLock(5, 1, false);

    second.close();

    assertThat(fileSystem.otherProcess().tryLock("a", 5, 1, false)).isTrue();
  }

  @Test
  void aThreadStopsAtAHookPointUntilItIsResumed() throws InterruptedException {
    StopPoint stop = fileSystem.stopAt("wal.commit.before-publish");
    Thread thread =
        new Thread(
            () -> {
              fileSystem.reached("wal.commit.before-publish");
              fileSystem.open("done", OpenMode.CREATE).close();
            });
    thread.start();
    stop.awaitReached();
    assertThat(fileSystem.exists("done")).isFalse();

    stop.resume();
    thread.join();

    assertThat(fileSystem.exists("done")).isTrue();
    fileSystem.reached("wal.commit.before-publish");
    assertThat(fileSystem.reachedCount("wal.commit.before-publish")).isEqualTo(2);
  }

  @Test
  void temporaryFilesFailButAreNotRecorded() {
    StorageFile file = fileSystem.openTemporary();
    file.write(0, bytes(1, 10));
    file.sync(false);
    assertThat(file.read(0, new byte[10], 0, 10)).isEqualTo(10);
    assertThat(fileSystem.changeCount()).isZero();

    fileSystem.fail(Fault.ENOSPC, 1, false);
    assertFails(ErrorCode.FULL, () -> file.write(0, bytes(1, 10)));
  }
}
