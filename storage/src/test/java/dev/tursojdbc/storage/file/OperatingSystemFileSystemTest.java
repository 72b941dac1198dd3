package dev.tursojdbc.storage.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tursojdbc.storage.error.ErrorCode;
import dev.tursojdbc.storage.error.TursoException;
import dev.tursojdbc.storage.file.FileSystem.OpenMode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OperatingSystemFileSystemTest {
  private final FileSystem fileSystem = OperatingSystemFileSystem.INSTANCE;

  @TempDir Path directory;

  private String path(String name) {
    return directory.resolve(name).toString();
  }

  private void assertRefusedToOpen(String name, ErrorCode code) {
    assertThatThrownBy(() -> fileSystem.open(path(name), OpenMode.CREATE))
        .isInstanceOfSatisfying(TursoException.class, e -> assertThat(e.code()).isEqualTo(code))
        .hasMessageStartingWith("unable to open database file")
        .hasMessageContaining(name);
  }

  @Test
  void aDirectoryIsNotAFile() throws IOException {
    Files.createDirectory(directory.resolve("sub"));

    assertRefusedToOpen("sub", ErrorCode.CANTOPEN);
    assertRefusedToOpen("missing/file", ErrorCode.CANTOPEN);
  }

  @Test
  void aSymbolicLinkIsFollowedByCanonicalPathOnly() throws IOException {
    Files.createDirectory(directory.resolve("sub"));
    Files.createSymbolicLink(directory.resolve("link"), Path.of("sub/target"));

    String canonical = fileSystem.canonicalPath(path("link"));

    assertThat(canonical)
        .isEqualTo(directory.toRealPath().resolve("sub").resolve("target").toString());
    assertRefusedToOpen("link", ErrorCode.CANTOPEN_SYMLINK);
    fileSystem.open(canonical, OpenMode.CREATE).close();
    assertThat(fileSystem.canonicalPath(path("link"))).isEqualTo(canonical);
    assertThat(fileSystem.canonicalPath(path("sub/../link"))).isEqualTo(canonical);
  }

  @Test
  void aLoopOfLinksIsRefused() throws IOException {
    Files.createSymbolicLink(directory.resolve("a"), Path.of("b"));
    Files.createSymbolicLink(directory.resolve("b"), Path.of("a"));

    assertThatThrownBy(() -> fileSystem.canonicalPath(path("a")))
        .isInstanceOfSatisfying(
            TursoException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CANTOPEN_FULLPATH));
  }

  @Test
  void aLogHasThePermissionsOfItsDatabase() throws IOException {
    Path database = directory.resolve("app.db");
    Files.createFile(
        database,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));

    fileSystem.open(path("app.db-wal"), OpenMode.CREATE).close();
    fileSystem.open(path("other.db"), OpenMode.CREATE).close();

    assertThat(permissions("app.db-wal")).isEqualTo("rw-------");
    assertThat(permissions("other.db")).startsWith("rw-");
  }

  private String permissions(String name) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve(name)));
  }

  @Test
  void aFullDiskIsToldFromOtherErrors() {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.exists(full));
    try (StorageFile file = fileSystem.open(full.toString(), OpenMode.READ_WRITE)) {
      assertThatThrownBy(() -> file.write(0, ByteBuffer.wrap(new byte[100])))
          .isInstanceOfSatisfying(
              TursoException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.FULL))
          .hasMessageContaining("write of 100 bytes at 0 in /dev/full");
    }
  }

  @Test
  void anInterruptNeitherClosesTheFileNorGetsLost() throws InterruptedException {
    try (StorageFile file = fileSystem.open(path("f"), OpenMode.CREATE)) {
      file.write(0, ByteBuffer.wrap(new byte[4096]));
      assertThat(file.tryLock(100, 1, true)).isTrue();
      AtomicBoolean stop = new AtomicBoolean();
      AtomicReference<Throwable> failure = new AtomicReference<>();
      Thread reader = new Thread(() -> readAndWrite(file, stop), "reader");
      reader.setUncaughtExceptionHandler((t, e) -> failure.set(e));
      reader.start();
      for (int i = 0; i < 20_000; i++) {
        reader.interrupt();
      }
      stop.set(true);
      reader.join();

      assertThat(failure.get()).isNull();
      assertThat(file.size()).isEqualTo(4096);
      file.unlock(100, 1);
    }
  }

  private void readAndWrite(StorageFile file, AtomicBoolean stop) {
    byte[] page = new byte[4096];
    while (!stop.get()) {
      Thread.currentThread().interrupt();
      assertThat(file.read(0, page, 0, 4096)).isEqualTo(4096);
      file.write(0, ByteBuffer.wrap(page));
      assertThat(file.size()).isEqualTo(4096);
      assertThat(Thread.interrupted()).isTrue();
    }
    Thread.currentThread().interrupt();
    file.sync(false);
    file.truncate(8192);
    fileSystem.syncDirectory(file.path());
    assertThat(Thread.interrupted()).isTrue();
  }

  /** Pools interrupt their threads at any time; neither bytes nor locks may suffer. */
  @Test
  void anInterruptStormLeavesBytesAndLocksIntact() throws Exception {
    String path = directory.toRealPath().resolve("f").toString();
    int threads = 4;
    int size = 8192;
    try (StorageFile file = fileSystem.openShared(path, OpenMode.CREATE)) {
      assertThat(file.tryLock(0x40000002L, 510, true)).isTrue();
      AtomicBoolean stop = new AtomicBoolean();
      AtomicReference<Throwable> failure = new AtomicReference<>();
      List<Thread> workers = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        long position = (long) i * size;
        Thread worker = new Thread(() -> rewrite(file, position, size, stop));
        worker.setUncaughtExceptionHandler((t, e) -> failure.set(e));
        workers.add(worker);
        worker.start();
      }
      long end = System.nanoTime() + 500_000_000L;
      for (int i = 0; System.nanoTime() < end; i++) {
        workers.get(i % threads).interrupt();
      }
      stop.set(true);
      for (Thread worker : workers) {
        worker.join();
      }

      assertThat(failure.get()).isNull();
      assertThat(file.size()).isEqualTo((long) threads * size);
      assertThat(FileRegistryTest.lockableByOthers(path, 0x40000002L, 510, false)).isFalse();
    }
    assertThat(FileRegistryTest.lockableByOthers(path, 0x40000002L, 510, false)).isTrue();
  }

  private static void rewrite(StorageFile file, long position, int size, AtomicBoolean stop) {
    byte[] read = new byte[size];
    for (int round = 0; !stop.get() || round < 10; round++) {
      byte[] bytes = new byte[size];
      Arrays.fill(bytes, (byte) round);
      ByteBuffer[] halves = {
        ByteBuffer.wrap(bytes, 0, size / 2), ByteBuffer.wrap(bytes, size / 2, size / 2)
      };
      file.write(position, halves, 2);
      assertThat(file.read(position, read, 0, size)).isEqualTo(size);
      assertThat(Arrays.equals(read, bytes)).isTrue();
      if (round % 50 == 0) {
        file.sync(false);
        assertThat(file.tryLock(position, 1, false)).isTrue();
        file.unlock(position, 1);
      }
    }
  }
}
