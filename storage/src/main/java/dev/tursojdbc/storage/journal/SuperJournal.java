package dev.tursojdbc.storage.journal;

import static dev.tursojdbc.storage.page.PageBytes.getInt;
import static dev.tursojdbc.storage.page.PageBytes.getLong;
import static dev.tursojdbc.storage.page.PageBytes.putInt;
import static dev.tursojdbc.storage.page.PageBytes.putLong;

import dev.tursojdbc.storage.file.FileSystem;
import dev.tursojdbc.storage.file.FileSystem.OpenMode;
import dev.tursojdbc.storage.file.StorageFile;
import dev.tursojdbc.storage.page.LockBytePage;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The file that makes a transaction over several databases atomic: it lists their journals, and its
 * deletion commits them all.
 *
 * <pre>
 *   super-journal := (path of a journal, zero byte)*
 *
 *   end of a journal that belongs to one:
 *     number of the lock-byte page:4  name:n  n:4  sum of the name's bytes, as signed:4  magic:8
 * </pre>
 */
public final class SuperJournal {
  private static final long MAGIC = 0xd9d505f920a163d7L;
  private static final int TAIL_SIZE = 16;
  private static final int MAX_NAME_SIZE = 4096;

  /** A super-journal that lists more than this is not one. */
  private static final long MAX_SIZE = 1 << 20;

  private SuperJournal() {}

  /** The name that a journal gives; empty if it belongs to no super-journal. */
  static String nameIn(StorageFile journal) {
    long size = journal.size();
    byte[] tail = new byte[TAIL_SIZE];
    if (size < TAIL_SIZE
        || journal.read(size - TAIL_SIZE, tail, 0, TAIL_SIZE) < TAIL_SIZE
        || getLong(tail, 8) != MAGIC) {
      return "";
    }
    int length = getInt(tail, 0);
    if (length <= 0 || length > MAX_NAME_SIZE || length > size - TAIL_SIZE) {
      return "";
    }
    byte[] name = new byte[length];
    if (journal.read(size - TAIL_SIZE - length, name, 0, length) < length) {
      return "";
    }
    return sumOf(name) == getInt(tail, 4)
        ? untilZero(new String(name, StandardCharsets.UTF_8))
        : "";
  }

  /**
   * Writes the end of a journal that belongs to a super-journal.
   *
   * @return how many bytes it takes
   */
  static int writeName(StorageFile journal, long offset, String name, int pageSize) {
    byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
    byte[] end = new byte[4 + utf8.length + TAIL_SIZE];
    putInt(end, 0, LockBytePage.number(pageSize));
    System.arraycopy(utf8, 0, end, 4, utf8.length);
    putInt(end, 4 + utf8.length, utf8.length);
    putInt(end, 8 + utf8.length, sumOf(utf8));
    putLong(end, 12 + utf8.length, MAGIC);
    journal.write(offset, ByteBuffer.wrap(end));
    return end.length;
  }

  private static int sumOf(byte[] name) {
    int sum = 0;
    for (byte b : name) {
      sum += b;
    }
    return sum;
  }

  /**
   * Makes a super-journal beside the main database, durable when this returns. Deleting it commits
   * the transaction in all databases whose journals name it.
   *
   * @param databasePaths the databases that take part
   * @return its path
   */
  public static String create(
      FileSystem fileSystem, String mainPath, Collection<String> databasePaths) {
    String path;
    do {
      path = mainPath + suffix();
    } while (fileSystem.exists(path));
    StringBuilder names = new StringBuilder();
    for (String database : databasePaths) {
      names.append(JournalFile.pathFor(database)).append('\0');
    }
    try (StorageFile file = fileSystem.open(path, OpenMode.CREATE)) {
      file.write(0, ByteBuffer.wrap(names.toString().getBytes(StandardCharsets.UTF_8)));
      file.sync(true);
    }
    fileSystem.syncDirectory(path);
    return path;
  }

  /** In SQLite's form, which tells such files from others. */
  private static String suffix() {
    int random = ThreadLocalRandom.current().nextInt();
    return String.format(Locale.ROOT, "-mj%06X9%02X", random >>> 8 & 0xFFFFFF, random & 0xFF);
  }

  /** Commits: deletes the super-journal, for good. */
  public static void delete(FileSystem fileSystem, String path) {
    fileSystem.delete(path);
    fileSystem.syncDirectory(path);
  }

  private static String untilZero(String name) {
    int zero = name.indexOf('\0');
    return zero < 0 ? name : name.substring(0, zero);
  }

  /**
   * Deletes a super-journal when no journal refers to it any more.
   *
   * <p>The name comes from a file that anybody may have written; so nothing is deleted unless it
   * lists the journal that named it.
   *
   * @param journalPath the journal that was rolled back and deleted
   */
  static void deleteIfUnused(FileSystem fileSystem, String path, String journalPath) {
    if (!fileSystem.exists(path) || fileSystem.size(path) > MAX_SIZE) {
      return;
    }
    List<String> journals = journalsIn(fileSystem, path);
    if (!journals.contains(journalPath)) {
      return;
    }
    for (String journal : journals) {
      if (fileSystem.exists(journal) && path.equals(nameInFile(fileSystem, journal))) {
        return;
      }
    }
    fileSystem.delete(path);
  }

  private static List<String> journalsIn(FileSystem fileSystem, String path) {
    try (StorageFile file = fileSystem.open(path, OpenMode.READ_ONLY)) {
      byte[] bytes = new byte[(int) Math.min(MAX_SIZE, file.size())];
      int count = file.read(0, bytes, 0, bytes.length);
      return List.of(new String(bytes, 0, count, StandardCharsets.UTF_8).split("\0", -1));
    }
  }

  private static String nameInFile(FileSystem fileSystem, String journal) {
    try (StorageFile file = fileSystem.open(journal, OpenMode.READ_ONLY)) {
      return nameIn(file);
    }
  }
}
