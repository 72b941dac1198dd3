package dev.tursojdbc.driver;

import dev.tursojdbc.sql.Session;
import dev.tursojdbc.storage.file.FileSystem;
import dev.tursojdbc.storage.file.MemoryFileSystem;
import dev.tursojdbc.storage.file.OperatingSystemFileSystem;
import dev.tursojdbc.storage.pager.OpenOptions;
import java.util.HashMap;
import java.util.Map;

/**
 * Where a URL's database lives: in a file, in memory for one connection, or in memory under a name
 * that connections share for as long as one of them is open.
 */
final class Databases {
  private static final int DEFAULT_PAGE_SIZE = 4096;
  private static final FileSystem FILES = OperatingSystemFileSystem.INSTANCE;

  /** One file system for each name; a database in it goes when its last connection closes. */
  private static final Map<String, FileSystem> SHARED_MEMORY = new HashMap<>();

  private Databases() {}

  static Session open(ConnectionSettings settings) {
    OpenOptions options =
        new OpenOptions(
            settings.readOnly() || settings.immutable(),
            settings.create(),
            settings.immutable(),
            DEFAULT_PAGE_SIZE);
    OpenOptions attached =
        new OpenOptions(
            settings.readOnlyByFlags(), settings.createByFlags(), false, DEFAULT_PAGE_SIZE);
    if (!settings.memory()) {
      return Session.open(FILES, settings.path(), options, attached);
    }
    OpenOptions memory = new OpenOptions(settings.readOnly(), true, false, DEFAULT_PAGE_SIZE, true);
    if (settings.sharedMemory()) {
      synchronized (SHARED_MEMORY) {
        FileSystem shared =
            SHARED_MEMORY.computeIfAbsent(settings.path(), name -> new MemoryFileSystem());
        return Session.open(shared, settings.path(), memory, attached);
      }
    }
    return Session.open(new MemoryFileSystem(), ":memory:", memory, attached);
  }
}
