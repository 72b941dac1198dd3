package dev.tursojdbc.storage.pager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tursojdbc.storage.error.ErrorCode;
import dev.tursojdbc.storage.error.TursoException;
import dev.tursojdbc.storage.file.FileSystem;
import dev.tursojdbc.storage.file.MemoryFileSystem;
import dev.tursojdbc.storage.file.StorageFile;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A database that this process may read and not write, as on a read-only medium. */
class UnwritableFilesTest {
  private final MemoryFileSystem disk = new MemoryFileSystem();
  private final FileSystem fileSystem = new Unwritable(disk);

  private Pager connect(boolean immutable) {
    return DatabaseFile.connect(
        fileSystem, "test.db", new OpenOptions(false, false, immutable, 4096));
  }

  private void makeDatabase() {
    try (Pager pager = DatabaseFile.connect(disk, "test.db", OpenOptions.DEFAULT)) {
      pager.beginRead();
      pager.beginWrite();
      pager.allocate(0);
      pager.commit();
      pager.endRead();
    }
  }

  @Test
  void itIsReadIfNoLogIsInUse() {
    makeDatabase();
    disk.put("test.db-wal", new byte[0]);
    try (Pager pager = connect(false)) {
      pager.beginRead();
      assertThat(pager.pageCount()).isEqualTo(2);
      assertThatThrownBy(pager::beginWrite)
          .isInstanceOfSatisfying(
              TursoException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.READONLY));
    }
  }

  @Test
  void itIsRefusedBesideALogOrAWalIndexUnlessItIsImmutable() {
    makeDatabase();
    for (String suffix : new String[] {"-wal", "-shm"}) {
      disk.put("test.db" + suffix, new byte[1]);
      try (Pager pager = connect(false)) {
        assertThatThrownBy(pager::beginRead)
            .hasMessageContaining("immutable=1")
            .isInstanceOfSatisfying(
                TursoException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CANTOPEN));
      }
      try (Pager pager = connect(true)) {
        pager.beginRead();
        assertThat(pager.pageCount()).isEqualTo(2);
      }
      disk.delete("test.db" + suffix);
    }
  }

  private record Unwritable(FileSystem files) implements FileSystem {
    @Override
    public StorageFile open(String path, OpenMode mode) {
      assertThat(mode).isEqualTo(OpenMode.READ_ONLY);
      return files.open(path, mode);
    }

    @Override
    public StorageFile openShared(String path, OpenMode mode) {
      assertThat(mode).isEqualTo(OpenMode.READ_ONLY);
      return files.openShared(path, mode);
    }

    @Override
    public StorageFile openTemporary() {
      return files.openTemporary();
    }

    @Override
    public boolean exists(String path) {
      return files.exists(path);
    }

    @Override
    public long size(String path) {
      return files.size(path);
    }

    @Override
    public void delete(String path) {
      throw new AssertionError("delete " + path);
    }

    @Override
    public void syncDirectory(String path) {
      throw new AssertionError("sync directory of " + path);
    }

    @Override
    public String canonicalPath(String path) {
      return files.canonicalPath(path);
    }

    @Override
    public @Nullable Object fileKey(String path) {
      return files.fileKey(path);
    }

    @Override
    public boolean isWritable(String path) {
      return false;
    }
  }
}
