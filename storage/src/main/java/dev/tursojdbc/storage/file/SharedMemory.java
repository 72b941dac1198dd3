package dev.tursojdbc.storage.file;

import java.util.HashMap;
import java.util.Map;

/**
 * Databases in memory that have names: whoever names one in this process gets the same, for as long
 * as somebody has it open.
 */
public final class SharedMemory {
  /** One file system for each name; a database in it goes when its last connection closes. */
  private static final Map<String, FileSystem> NAMED = new HashMap<>();

  private SharedMemory() {}

  /** The file system in which the database of this name is. */
  public static FileSystem named(String name) {
    synchronized (NAMED) {
      return NAMED.computeIfAbsent(name, ignored -> new MemoryFileSystem());
    }
  }
}
