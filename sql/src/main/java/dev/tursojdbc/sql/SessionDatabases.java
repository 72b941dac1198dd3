package dev.tursojdbc.sql;

import dev.tursojdbc.sql.schema.Catalog;
import dev.tursojdbc.sql.schema.Names;
import dev.tursojdbc.sql.schema.Schema;
import dev.tursojdbc.storage.error.ErrorCode;
import dev.tursojdbc.storage.error.TursoException;
import dev.tursojdbc.storage.file.FileSystem;
import dev.tursojdbc.storage.file.MemoryFileSystem;
import dev.tursojdbc.storage.file.OperatingSystemFileSystem;
import dev.tursojdbc.storage.file.SharedMemory;
import dev.tursojdbc.storage.pager.DatabaseFile;
import dev.tursojdbc.storage.pager.OpenOptions;
import dev.tursojdbc.storage.pager.Pager;
import dev.tursojdbc.storage.wal.BusyHandler;
import dev.tursojdbc.storage.wal.SyncMode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The databases of a session: main, temp, and what is attached, in this order.
 *
 * <p>The temp database lives in memory and is made when something is first put into it, or when a
 * statement looks into all databases.
 */
final class SessionDatabases implements AutoCloseable {
  static final int MAIN = Catalog.MAIN;
  static final int TEMP = Catalog.TEMP;
  private static final int DETACH_MESSAGE_SIZE = 128;
  private static final String IN_MEMORY = ":memory:";

  private final FileSystem fileSystem;
  private final OpenOptions options;
  private final OpenOptions attachOptions;
  private final List<SessionDatabase> open = new ArrayList<>();
  private final Limits limits = new Limits();
  private BusyHandler busyHandler = BusyHandler.NONE;
  private @Nullable Catalog schemas;

  private SessionDatabases(FileSystem fileSystem, OpenOptions options, OpenOptions attachOptions) {
    this.fileSystem = fileSystem;
    this.options = options;
    this.attachOptions = attachOptions;
  }

  static SessionDatabases open(
      FileSystem fileSystem, String path, OpenOptions options, OpenOptions attachOptions) {
    SessionDatabases databases = new SessionDatabases(fileSystem, options, attachOptions);
    Pager pager = DatabaseFile.connect(fileSystem, path, options);
    boolean memory = fileSystem instanceof MemoryFileSystem;
    databases.open.add(
        new SessionDatabase(
                "main",
                memory ? "" : pager.database().path(),
                false,
                options.readOnly(),
                () -> pager)
            .connected());
    databases.open.add(databases.newTemporary());
    return databases;
  }

  /** Makes the temp database; from then on PRAGMA database_list shows it. */
  void openTemp() {
    open.get(TEMP).connected();
  }

  private SessionDatabase newTemporary() {
    return new SessionDatabase("temp", "", true, false, this::openInMemory);
  }

  /**
   * Drops all that the temp database holds, as a change of its place does.
   *
   * @throws TursoException if a transaction is open or a query reads it
   */
  void clearTemporary(boolean isInTransaction) {
    SessionDatabase temporary = open.get(TEMP);
    if (!temporary.isOpen()) {
      return;
    }
    if (isInTransaction || temporary.pager().isReading()) {
      throw error("temporary storage cannot be changed from within a transaction");
    }
    temporary.close();
    open.set(TEMP, newTemporary());
  }

  private Pager openInMemory() {
    Pager pager =
        DatabaseFile.connect(
            new MemoryFileSystem(),
            IN_MEMORY,
            new OpenOptions(false, true, false, options.pageSize()));
    pager.settings().setBusyHandler(busyHandler);
    pager.settings().setTextEncoding(main().pager().settings().textEncoding());
    return pager;
  }

  /** A database beside another one, to build something in; it goes when it is closed. */
  Pager openScratch(SessionDatabase beside, int pageSize) {
    OpenOptions temporary = new OpenOptions(false, true, false, pageSize, true);
    if (beside.isInMemory()) {
      return DatabaseFile.connect(new MemoryFileSystem(), IN_MEMORY, temporary);
    }
    String path = beside.path() + "-vacuum" + Long.toHexString(System.nanoTime());
    Pager pager = DatabaseFile.connect(files(), path, temporary);
    pager.settings().setSyncMode(SyncMode.OFF);
    return pager;
  }

  /**
   * A new database in a file that does not exist or is empty.
   *
   * @throws TursoException if it is not
   */
  Pager openForCopy(String file, int pageSize) {
    DatabaseUri uri = DatabaseUri.parse(file);
    if (uri.memory()) {
      OpenOptions temporary = new OpenOptions(false, true, false, pageSize, true);
      return DatabaseFile.connect(new MemoryFileSystem(), IN_MEMORY, temporary);
    }
    FileSystem files =
        fileSystem instanceof MemoryFileSystem ? OperatingSystemFileSystem.INSTANCE : fileSystem;
    OpenOptions wanted = new OpenOptions(false, uri.create(), false, pageSize);
    Pager pager = connect(files, uri.path(), wanted, file);
    if (files.size(files.canonicalPath(uri.path())) > 0) {
      pager.close();
      throw error("output file already exists");
    }
    return pager;
  }

  /**
   * @param file how the database was named, for the message
   */
  private static Pager connect(FileSystem files, String path, OpenOptions options, String file) {
    try {
      return DatabaseFile.connect(files, path, options);
    } catch (TursoException failure) {
      if (failure.code().primaryCode() == ErrorCode.CANTOPEN.code()) {
        throw new TursoException(failure.code(), "unable to open database: " + file, failure);
      }
      throw failure;
    }
  }

  /** Where files are: a database that goes with its last connection is not among them. */
  private FileSystem files() {
    return options.temporary() ? OperatingSystemFileSystem.INSTANCE : fileSystem;
  }

  void setBusyHandler(BusyHandler handler) {
    busyHandler = handler;
    for (SessionDatabase database : open) {
      if (database.isOpen()) {
        database.pager().settings().setBusyHandler(handler);
      }
    }
  }

  /** All of them; the list changes with ATTACH and DETACH. */
  List<SessionDatabase> open() {
    return open;
  }

  SessionDatabase get(int index) {
    return open.get(index);
  }

  SessionDatabase main() {
    return open.get(MAIN);
  }

  /** What the connection is limited to. */
  Limits limits() {
    return limits;
  }

  /** The index of a database's name, or -1. */
  int find(String name) {
    for (int i = open.size() - 1; i >= 0; i--) {
      if (Names.same(open.get(i).name(), name)) {
        return i;
      }
    }
    return -1;
  }

  /**
   * Connects to another database under a name.
   *
   * @param file a path or a URI
   */
  void attach(String file, String name) {
    if (open.size() - 2 >= limits.attached()) {
      throw error("too many attached databases - max " + limits.attached());
    }
    if (find(name) >= 0) {
      throw error("database " + name + " is already in use");
    }
    open.add(attached(file, name).connected());
  }

  private SessionDatabase attached(String file, String name) {
    DatabaseUri uri = DatabaseUri.parse(file);
    if (uri.memory()) {
      return new SessionDatabase(
          name,
          "",
          false,
          false,
          uri.isShared() ? () -> openShared(uri, file) : this::openInMemory);
    }
    boolean immutable = attachOptions.immutable() || uri.immutable();
    boolean readOnly = attachOptions.readOnly() || uri.readOnly() || uri.immutable();
    boolean create = (attachOptions.create() || attachOptions.temporary()) && uri.create();
    OpenOptions wanted = new OpenOptions(readOnly, create, immutable, attachOptions.pageSize());
    Pager pager = connect(files(), uri.path(), wanted, file);
    pager.settings().setBusyHandler(busyHandler);
    return new SessionDatabase(name, pager.database().path(), false, readOnly, () -> pager);
  }

  /**
   * A database in memory that others may have, too.
   *
   * @throws TursoException if this session has it
   */
  private Pager openShared(DatabaseUri uri, String file) {
    OpenOptions wanted =
        new OpenOptions(uri.readOnly(), true, false, attachOptions.pageSize(), true);
    Pager pager = connect(SharedMemory.named(uri.path()), uri.path(), wanted, file);
    for (SessionDatabase database : open) {
      if (database.isOpen() && database.pager().database().equals(pager.database())) {
        pager.close();
        throw error("database is already attached");
      }
    }
    pager.settings().setBusyHandler(busyHandler);
    return pager;
  }

  /** Leaves an attached database. */
  void detach(String name) {
    int index = find(name);
    if (index < 0 || (index == TEMP && !open.get(TEMP).isOpen())) {
      throw error(shortened("no such database: " + name));
    }
    if (index <= TEMP) {
      throw error(shortened("cannot detach database " + name));
    }
    open.remove(index).close();
  }

  /** As SQLite has room for here. */
  private static String shortened(String message) {
    byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
    return bytes.length < DETACH_MESSAGE_SIZE
        ? message
        : new String(bytes, 0, DETACH_MESSAGE_SIZE - 1, StandardCharsets.UTF_8);
  }

  /** Whether there is nothing but main: no temp database in use, none attached. */
  boolean isMainAlone() {
    return open.size() == 2 && !open.get(TEMP).isOpen();
  }

  /** The schemas that statements can name now. */
  Catalog schemas() {
    Catalog known = schemas;
    if (known != null && isCurrent(known)) {
      return known;
    }
    List<Catalog.Entry> entries = new ArrayList<>(open.size());
    for (SessionDatabase database : open) {
      entries.add(new Catalog.Entry(database.name(), database.schema()));
    }
    known = new Catalog(entries);
    schemas = known;
    return known;
  }

  /** Whether these are still the schemas, one for one. */
  boolean isCurrent(Catalog compiled) {
    if (compiled.count() != open.size()) {
      return false;
    }
    for (int i = 0; i < open.size(); i++) {
      Schema schema = open.get(i).schema();
      if (compiled.schema(i) != schema || !compiled.name(i).equals(open.get(i).name())) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void close() {
    for (int i = open.size() - 1; i >= 0; i--) {
      open.get(i).close();
    }
  }

  private static TursoException error(String message) {
    return new TursoException(ErrorCode.ERROR, message);
  }
}
