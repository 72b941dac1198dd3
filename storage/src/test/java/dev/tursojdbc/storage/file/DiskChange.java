package dev.tursojdbc.storage.file;

/** One entry of the log that a {@link RecordingFileSystem} keeps, in the order of execution. */
public sealed interface DiskChange {

  /** The path by which the file was opened, or that of the directory entry. */
  String path();

  /** A directory entry was made for a new file. */
  record Create(String path, RecordedFile file) implements DiskChange {}

  /** A directory entry was removed. */
  record Delete(String path) implements DiskChange {}

  @SuppressWarnings("ArrayRecordComponent") // Nobody compares changes.
  record Write(String path, RecordedFile file, long position, byte[] bytes) implements DiskChange {
    @Override
    public String toString() {
      return "Write[" + path + ", " + position + "+" + bytes.length + "]";
    }
  }

  record Truncate(String path, RecordedFile file, long size) implements DiskChange {}

  /**
   * @param succeeded if not, what was written before is durable or not, and stays so: the operating
   *     system forgets after a failure what it had to write
   */
  record Sync(String path, RecordedFile file, boolean succeeded) implements DiskChange {}

  /**
   * @param path of the directory
   */
  record SyncDirectory(String path, boolean succeeded) implements DiskChange {}
}
