package dev.tursojdbc.storage.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tursojdbc.storage.error.ErrorCode;
import dev.tursojdbc.storage.error.TursoException;
import dev.tursojdbc.storage.file.FileSystem.OpenMode;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every file system. */
class FileSystemContractTest {
  @TempDir Path directory;

  static Stream<FileSystem> all() {
    return Stream.of(
        OperatingSystemFileSystem.INSTANCE, new MemoryFileSystem(), new RecordingFileSystem());
  }

  private String path(String name) {
    return directory.resolve(name).toString();
  }

  @ParameterizedTest
  @MethodSource("all")
  void aBatchIsWrittenOneBufferAfterTheOther(FileSystem fileSystem) {
    try (StorageFile file = fileSystem.open(path("a"), OpenMode.CREATE)) {
      ByteBuffer[] batch = {
        ByteBuffer.wrap(new byte[] {1, 2}),
        ByteBuffer.allocateDirect(1).put(0, (byte) 3),
        ByteBuffer.wrap(new byte[] {0, 4, 5}, 1, 2),
        ByteBuffer.wrap(new byte[] {9})
      };
      file.write(10, batch, 3);

      byte[] bytes = new byte[20];
      assertThat(file.read(8, bytes, 1, 19)).isEqualTo(7);
      assertThat(Arrays.copyOf(bytes, 9)).containsExactly(0, 0, 0, 1, 2, 3, 4, 5, 0);
      assertThat(file.size()).isEqualTo(15);
      assertThat(batch[0].hasRemaining()).isFalse();
      assertThat(batch[3].hasRemaining()).isTrue();
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void aLargeBatchComesBackWhole(FileSystem fileSystem) {
    byte[] bytes = new byte[3_000_001];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (i * 31 + (i >>> 8));
    }
    try (StorageFile file = fileSystem.open(path("large"), OpenMode.CREATE)) {
      file.write(
          7,
          new ByteBuffer[] {
            ByteBuffer.wrap(bytes, 0, 100_000), ByteBuffer.wrap(bytes, 100_000, 2_900_001)
          },
          2);

      byte[] read = new byte[bytes.length];
      assertThat(file.read(7, read, 0, read.length)).isEqualTo(read.length);
      assertThat(read).isEqualTo(bytes);
      ByteBuffer direct = ByteBuffer.allocateDirect(10);
      assertThat(file.read(7 + 50, direct)).isEqualTo(10);
      assertThat(direct.get(3)).isEqualTo(bytes[53]);
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void truncateCutsAndNeverExtends(FileSystem fileSystem) {
    try (StorageFile file = fileSystem.open(path("t"), OpenMode.CREATE)) {
      byte[] ones = new byte[100_000];
      Arrays.fill(ones, (byte) 1);
      file.write(0, ByteBuffer.wrap(ones));

      file.truncate(200_000);
      assertThat(file.size()).isEqualTo(100_000);

      file.truncate(40_000);
      assertThat(file.size()).isEqualTo(40_000);

      file.write(90_000, ByteBuffer.wrap(new byte[] {2}));
      byte[] read = new byte[50_002];
      assertThat(file.read(39_999, read, 0, read.length)).isEqualTo(50_002);
      assertThat(read[0]).isEqualTo((byte) 1);
      assertThat(read[1]).isZero();
      assertThat(read[50_000]).isZero();
      assertThat(read[50_001]).isEqualTo((byte) 2);
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void aMissingFileCannotBeOpenedUnlessItMayBeMade(FileSystem fileSystem) {
    for (OpenMode mode : new OpenMode[] {OpenMode.READ_ONLY, OpenMode.READ_WRITE}) {
      assertThatThrownBy(() -> fileSystem.open(path("none"), mode))
          .isInstanceOfSatisfying(
              TursoException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CANTOPEN))
          .hasMessageContaining("none");
    }
    assertThat(fileSystem.exists(path("none"))).isFalse();
    assertThat(fileSystem.size(path("none"))).isZero();
    fileSystem.delete(path("none"));
  }

  @ParameterizedTest
  @MethodSource("all")
  void aReadOnlyFileRefusesWrites(FileSystem fileSystem) {
    fileSystem.open(path("r"), OpenMode.CREATE).close();
    try (StorageFile file = fileSystem.open(path("r"), OpenMode.READ_ONLY)) {
      assertThatThrownBy(() -> file.write(0, ByteBuffer.wrap(new byte[1])))
          .isInstanceOfSatisfying(
              TursoException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.READONLY));
      assertThatThrownBy(() -> file.truncate(0))
          .isInstanceOfSatisfying(
              TursoException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.READONLY));
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void aDeletedFileLivesOnForThoseWhoHaveItOpen(FileSystem fileSystem) {
    try (StorageFile file = fileSystem.open(path("d"), OpenMode.CREATE)) {
      file.write(0, ByteBuffer.wrap(new byte[] {7}));
      fileSystem.delete(path("d"));
      fileSystem.syncDirectory(path("d"));

      assertThat(fileSystem.exists(path("d"))).isFalse();
      byte[] one = new byte[1];
      assertThat(file.read(0, one, 0, 1)).isEqualTo(1);
      assertThat(one[0]).isEqualTo((byte) 7);
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void aRangeIsLockedOnceAndUnlockedOnce(FileSystem fileSystem) {
    try (StorageFile file = fileSystem.open(path("l"), OpenMode.CREATE);
        StorageFile other = fileSystem.open(path("l"), OpenMode.READ_WRITE)) {
      assertThat(file.tryLock(0x40000002L, 510, true)).isTrue();
      assertThat(file.tryLock(0x40000001L, 1, false)).isTrue();
      assertThatThrownBy(() -> other.tryLock(0x40000003L, 1, true))
          .isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(() -> file.unlock(0x40000002L, 1))
          .isInstanceOf(IllegalStateException.class);

      file.unlock(0x40000002L, 510);
      assertThat(file.tryLock(0x40000002L, 510, false)).isTrue();
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void aTemporaryFileHoldsBytes(FileSystem fileSystem) {
    try (StorageFile file = fileSystem.openTemporary()) {
      file.write(5, ByteBuffer.wrap(new byte[] {1, 2, 3}));
      file.sync(false);

      byte[] bytes = new byte[3];
      assertThat(file.read(5, bytes, 0, 3)).isEqualTo(3);
      assertThat(bytes).containsExactly(1, 2, 3);
      assertThat(fileSystem.exists(file.path())).isFalse();
    }
  }
}
