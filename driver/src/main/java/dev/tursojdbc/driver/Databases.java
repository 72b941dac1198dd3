package dev.tursojdbc.driver;

import dev.tursojdbc.sql.Session;
import dev.tursojdbc.storage.file.FileSystem;
import dev.tursojdbc.storage.file.MemoryFileSystem;
import dev.tursojdbc.storage.file.OperatingSystemFileSystem;
import dev.tursojdbc.storage.file.SharedMemory;
import dev.tursojdbc.storage.pager.OpenOptions;

/**
 * Where a URL's database lives: in a file, in memory for one connection, or in memory under a name
 * that connections share for as long as one of them is open.
 */
final class Databases {
  private static final int DEFAULT_PAGE_SIZE = 4096;
  private static final FileSystem FILES = OperatingSystemFileSystem.INSTANCE;

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
      FileSystem shared = SharedMemory.named(settings.path());
      return Session.open(shared, settings.path(), memory, attached);
    }
    return Session.open(new MemoryFileSystem(), ":memory:", memory, attached);
  }
}
