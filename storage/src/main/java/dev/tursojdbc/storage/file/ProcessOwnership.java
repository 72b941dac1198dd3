package dev.tursojdbc.storage.file;

import dev.tursojdbc.storage.error.ErrorCode;
import dev.tursojdbc.storage.error.TursoException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Makes sure that nobody else in this process uses a file that we are about to lock.
 *
 * <p>POSIX locks belong to the process, and closing any descriptor of a file drops them all. So two
 * lock tables for one file in one process do not see each other's locks and silently lose them; the
 * result is a corrupt database. Two such neighbours are refused:
 *
 * <ul>
 *   <li>this driver, loaded once more by another class loader: each copy enters itself as the owner
 *       in a system property that is named after the file;
 *   <li>any other code that has the file open, such as a SQLite library: on Linux its descriptor is
 *       found in {@code /proc/self/fd}. Elsewhere it goes unnoticed.
 * </ul>
 */
final class ProcessOwnership {
  private static final String PROPERTY_PREFIX = "dev.tursojdbc.owner.";

  /** Tells this copy of the class from those of other class loaders. */
  private static final String SELF =
      Long.toHexString(System.nanoTime())
          + Long.toHexString(ThreadLocalRandom.current().nextLong())
          + Integer.toHexString(System.identityHashCode(ProcessOwnership.class));

  private static final File DESCRIPTORS = new File("/proc/self/fd");

  private static volatile @Nullable Look lastLook;

  private ProcessOwnership() {}

  static void claim(Object fileKey, String path) {
    Object owner = System.getProperties().putIfAbsent(PROPERTY_PREFIX + fileKey, SELF);
    if (owner != null && !owner.equals(SELF)) {
      throw refusal(
          path,
          "another copy of this driver in the same process has it open; load the driver once, in a"
              + " class loader that all its users share");
    }
    boolean free = false;
    try {
      if (isOpenElsewhere(fileKey)) {
        throw refusal(
            path,
            "something else in this process, such as a SQLite library, has it open; POSIX file"
                + " locks cannot keep the two apart");
      }
      free = true;
    } finally {
      if (!free) {
        release(fileKey);
      }
    }
  }

  static void release(Object fileKey) {
    System.getProperties().remove(PROPERTY_PREFIX + fileKey, SELF);
  }

  private static TursoException refusal(String path, String reason) {
    return new TursoException(
        ErrorCode.CANTOPEN, ErrorCode.CANTOPEN.message() + " (open " + path + ": " + reason + ")");
  }

  /** Whether this process has a descriptor of the file; false where that cannot be found out. */
  private static boolean isOpenElsewhere(Object fileKey) {
    String[] names = DESCRIPTORS.list();
    if (names == null) {
      return false; // There is no such listing here, or we may not see it.
    }
    Look last = lastLook;
    boolean stillCounts = last != null && last.isGoodFor(fileKey);
    Set<String> others = stillCounts ? last.names : new HashSet<>();
    for (String name : names) {
      if (others.contains(name)) {
        continue;
      }
      Object key = fileKey(DESCRIPTORS.toPath().resolve(name));
      if (fileKey.equals(key)) {
        return true;
      }
      // The listing's own descriptor is closed by now, and its number is the next to be given out.
      if (key != null && !stillCounts) {
        others.add(name);
      }
    }
    if (!stillCounts) {
      lastLook = new Look(fileKey, others, System.nanoTime());
    }
    return false;
  }

  /**
   * What a look at the descriptors has found: none of these is the file's. It counts for a moment,
   * which is for who opens and closes a database over and over: a system call for each descriptor
   * costs more than all the rest of opening. Numbers that are new are looked at each time.
   */
  private static final class Look {
    private static final long VALID_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final Object fileKey;
    private final Set<String> names;
    private final long time;

    Look(Object fileKey, Set<String> names, long time) {
      this.fileKey = fileKey;
      this.names = names;
      this.time = time;
    }

    boolean isGoodFor(Object wanted) {
      return fileKey.equals(wanted) && System.nanoTime() - time <= VALID_NANOS;
    }
  }

  /**
   * One system call for a descriptor: there can be thousands. Sockets and pipes have keys too.
   *
   * @return null if it was closed since it was listed
   */
  private static @Nullable Object fileKey(Path descriptor) {
    try {
      return Files.readAttributes(descriptor, BasicFileAttributes.class).fileKey();
    } catch (IOException e) {
      return null;
    }
  }
}
