package dev.tursojdbc.storage.file;

import dev.tursojdbc.storage.error.ErrorCode;
import dev.tursojdbc.storage.error.TursoException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Files in memory: for {@code :memory:} and temporary databases, and for tests.
 *
 * <p>Each instance is a world of its own, gone when nobody refers to it. There are no directories:
 * a path is a name and nothing else. As on POSIX systems, a file that is deleted while it is open
 * lives on for those who have it open.
 */
public final class MemoryFileSystem implements FileSystem {
  private final Map<String, MemoryFileContent> files = new ConcurrentHashMap<>();
  private final FileRegistry registry = new FileRegistry(this);

  @Override
  public StorageFile open(String path, OpenMode mode) {
    MemoryFileContent content =
        mode == OpenMode.CREATE
            ? files.computeIfAbsent(path, p -> new MemoryFileContent())
            : files.get(path);
    if (content == null) {
      throw new TursoException(
          ErrorCode.CANTOPEN, ErrorCode.CANTOPEN.message() + " (open " + path + ": no such file)");
    }
    return new MemoryFile(path, content, mode == OpenMode.READ_ONLY);
  }

  @Override
  public StorageFile openShared(String path, OpenMode mode) {
    return registry.open(path, mode);
  }

  @Override
  public StorageFile openTemporary() {
    return new MemoryFile("", new MemoryFileContent(), false);
  }

  @Override
  public boolean exists(String path) {
    return files.containsKey(path);
  }

  @Override
  public long size(String path) {
    MemoryFileContent content = files.get(path);
    return content == null ? 0 : content.size();
  }

  @Override
  public void delete(String path) {
    files.remove(path);
  }

  @Override
  public void syncDirectory(String path) {
    // Memory is as durable as it gets.
  }

  @Override
  public String canonicalPath(String path) {
    return path;
  }

  @Override
  public @Nullable Object fileKey(String path) {
    return files.get(path);
  }

  @Override
  public boolean isWritable(String path) {
    return files.containsKey(path);
  }

  /** The names of all files, sorted. */
  public List<String> paths() {
    return files.keySet().stream().sorted().toList();
  }

  /** A copy of a file's bytes; empty if there is no such file. */
  public byte[] content(String path) {
    MemoryFileContent content = files.get(path);
    return content == null ? new byte[0] : content.toByteArray();
  }

  /** Makes a file of these bytes in place of any of the same name. */
  public void put(String path, byte[] bytes) {
    MemoryFileContent content = new MemoryFileContent();
    content.write(0, new ByteBuffer[] {ByteBuffer.wrap(bytes)}, 1);
    files.put(path, content);
  }
}
