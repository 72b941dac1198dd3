package dev.tursojdbc.storage.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tursojdbc.storage.error.ErrorCode;
import dev.tursojdbc.storage.error.TursoException;
import dev.tursojdbc.storage.file.FileSystem.OpenMode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileRegistryTest {
  private static final OperatingSystemFileSystem FILES = OperatingSystemFileSystem.INSTANCE;

  @TempDir Path directory;

  private String path() throws IOException {
    return directory.toRealPath().resolve("app.db").toString();
  }

  private static long descriptorsOf(String path) throws IOException {
    Path target = Path.of(path);
    try (var list = Files.list(Path.of("/proc/self/fd"))) {
      return list.filter(
              fd -> {
                try {
                  return Files.readSymbolicLink(fd).equals(target);
                } catch (IOException e) {
                  return false;
                }
              })
          .count();
    }
  }

  /** Whether another process can lock the bytes. */
  static boolean lockableByOthers(String path, long position, long length, boolean shared)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xshare:auto",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                LockProbe.class.getName(),
                path,
                Long.toString(position),
                Long.toString(length),
                Boolean.toString(shared))
            .redirectErrorStream(true)
            .start();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return process.exitValue() == 0;
  }

  /** Exits with 0 if it can take a lock, else with 1. */
  static final class LockProbe {
    private LockProbe() {}

    public static void main(String[] arguments) {
      try (StorageFile file = FILES.open(arguments[0], OpenMode.READ_WRITE)) {
        boolean locked =
            file.tryLock(
                Long.parseLong(arguments[1]),
                Long.parseLong(arguments[2]),
                Boolean.parseBoolean(arguments[3]));
        System.exit(locked ? 0 : 1);
      }
    }
  }

  @Test
  void usersShareOneDescriptorUntilTheLastLeaves() throws IOException {
    assumeTrue(Files.isDirectory(Path.of("/proc/self/fd")));
    StorageFile first = FILES.openShared(path(), OpenMode.CREATE);
    Files.createLink(directory.resolve("alias"), Path.of(path()));
    StorageFile second =
        FILES.openShared(directory.resolve("alias").toString(), OpenMode.READ_WRITE);
    StorageFile third = FILES.openShared(path(), OpenMode.READ_ONLY);
    assertThat(descriptorsOf(path())).isEqualTo(1);

    first.close();
    first.close();
    third.close();
    assertThat(descriptorsOf(path())).isEqualTo(1);
    second.write(0, ByteBuffer.wrap(new byte[1]));

    second.close();
    assertThat(descriptorsOf(path())).isZero();
  }

  @Test
  void aWriterMayJoinAReaderAndNeitherDescriptorClosesEarly() throws IOException {
    FILES.open(path(), OpenMode.CREATE).close();
    StorageFile reader = FILES.openShared(path(), OpenMode.READ_ONLY);
    StorageFile writer = FILES.openShared(path(), OpenMode.READ_WRITE);

    writer.write(0, ByteBuffer.wrap(new byte[] {3}));

    assertThatThrownBy(() -> reader.write(0, ByteBuffer.wrap(new byte[1])))
        .isInstanceOf(TursoException.class);
    reader.close();
    assertThat(writer.size()).isEqualTo(1);
    writer.close();
    assertThat(FILES.openShared(path(), OpenMode.READ_ONLY))
        .satisfies(file -> assertThat(file.size()).isEqualTo(1))
        .satisfies(StorageFile::close);
  }

  @Test
  void locksOfTwoUsersExcludeEachOtherAsThoseOfTwoProcesses() throws IOException {
    try (StorageFile a = FILES.openShared(path(), OpenMode.CREATE);
        StorageFile b = FILES.openShared(path(), OpenMode.CREATE)) {
      assertThat(a.tryLock(10, 5, true)).isTrue();
      assertThat(b.tryLock(10, 5, true)).isTrue();
      assertThat(a.tryLock(20, 1, false)).isTrue();
      assertThat(b.tryLock(20, 1, true)).isFalse();
      assertThat(b.tryLock(20, 1, false)).isFalse();
      assertThat(b.tryLock(18, 9, false)).isFalse();
      assertThatThrownBy(() -> a.tryLock(20, 1, false)).isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(() -> b.unlock(20, 1)).isInstanceOf(IllegalStateException.class);

      a.unlock(10, 5);
      assertThat(a.tryLock(10, 5, false)).isFalse();
      b.unlock(10, 5);
      assertThat(a.tryLock(10, 5, false)).isTrue();
    }
  }

  @Test
  void theKernelsLockLastsFromTheFirstHolderToTheLast() throws Exception {
    StorageFile a = FILES.openShared(path(), OpenMode.CREATE);
    try (StorageFile b = FILES.openShared(path(), OpenMode.CREATE)) {
      a.tryLock(10, 5, true);
      b.tryLock(10, 5, true);
      assertThat(lockableByOthers(path(), 10, 5, true)).isTrue();
      assertThat(lockableByOthers(path(), 10, 5, false)).isFalse();

      a.close();
      assertThat(lockableByOthers(path(), 12, 1, false)).isFalse();

      b.unlock(10, 5);
      assertThat(lockableByOthers(path(), 10, 5, false)).isTrue();
    }
  }

  @Test
  void aFileThatOtherCodeOfThisProcessHasOpenIsRefused() throws IOException {
    assumeTrue(Files.isDirectory(Path.of("/proc/self/fd")));
    FILES.open(path(), OpenMode.CREATE).close();
    try (InputStream foreign = Files.newInputStream(Path.of(path()))) {
      assertThat(foreign.read()).isEqualTo(-1);
      assertThatThrownBy(() -> FILES.openShared(path(), OpenMode.READ_WRITE))
          .isInstanceOfSatisfying(
              TursoException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CANTOPEN))
          .hasMessageContaining("something else in this process");
    }
    FILES.openShared(path(), OpenMode.READ_WRITE).close();
  }

  @Test
  void aSecondCopyOfTheDriverInThisProcessIsRefused() throws Exception {
    URL classes = FileSystem.class.getProtectionDomain().getCodeSource().getLocation();
    try (StorageFile ours = FILES.openShared(path(), OpenMode.CREATE);
        URLClassLoader loader =
            new URLClassLoader(new URL[] {classes}, ClassLoader.getPlatformClassLoader())) {
      Class<?> fileSystem = loader.loadClass(FileSystem.class.getName());
      Class<?> mode = loader.loadClass(OpenMode.class.getName());
      Object files =
          loader
              .loadClass(OperatingSystemFileSystem.class.getName())
              .getField("INSTANCE")
              .get(null);
      var open = fileSystem.getMethod("openShared", String.class, mode);

      assertThatThrownBy(() -> open.invoke(files, ours.path(), mode.getEnumConstants()[1]))
          .cause()
          .hasMessageContaining("another copy of this driver");
    }
  }

  @Test
  void aFileThatIsMadeAnewUnderAnOldNameIsAnotherFile() throws IOException {
    try (StorageFile old = FILES.openShared(path(), OpenMode.CREATE)) {
      old.write(0, ByteBuffer.wrap(new byte[10]));
      FILES.delete(path());
      try (StorageFile next = FILES.openShared(path(), OpenMode.CREATE)) {
        assertThat(next.size()).isZero();
        assertThat(next.tryLock(0, 1, false)).isTrue();
        assertThat(old.tryLock(0, 1, false)).isTrue();
      }
    }
  }

  @Test
  void aFileThatSomethingElseOpenedRightAfterOurCloseIsRefused() throws IOException {
    assumeTrue(Files.isDirectory(Path.of("/proc/self/fd")));
    String path = path();
    for (int i = 0; i < 3; i++) {
      FILES.openShared(path, OpenMode.CREATE).close();
    }

    try (InputStream other = Files.newInputStream(Path.of(path))) {
      assertThat(other.available()).isZero();
      assertThatThrownBy(() -> FILES.openShared(path, OpenMode.READ_WRITE))
          .isInstanceOf(TursoException.class)
          .hasMessageContaining("something else in this process");
    }

    FILES.openShared(path, OpenMode.READ_WRITE).close();
  }
}
