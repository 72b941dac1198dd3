package dev.tursojdbc.sql;

import dev.tursojdbc.sql.schema.LoadedSchema;
import dev.tursojdbc.sql.schema.Names;
import dev.tursojdbc.sql.schema.Schema;
import dev.tursojdbc.sql.schema.SchemaLoader;
import dev.tursojdbc.storage.btree.AutoVacuum;
import dev.tursojdbc.storage.journal.JournalMode;
import dev.tursojdbc.storage.page.DatabaseHeader;
import dev.tursojdbc.storage.pager.OpenOptions;
import dev.tursojdbc.storage.pager.Pager;
import dev.tursojdbc.storage.record.TextEncoding;
import dev.tursojdbc.storage.wal.SyncMode;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One database under the name that a session knows it by, with the schema that the session sees.
 *
 * <p>The schema is the shared one of a committed state or, between the first change of it and the
 * end of the transaction, this session's own. It is checked by the schema cookie whenever a new
 * snapshot has been taken.
 */
final class SessionDatabase implements AutoCloseable {
  /** In KiB, negative as in {@code PRAGMA cache_size}. */
  static final long DEFAULT_CACHE_SIZE = -2000;

  /** What a page in SQLite's cache takes besides its content. */
  private static final int CACHE_OVERHEAD = 136;

  /** Stand for the schema until it is read; one object each, as schemas count by identity. */
  private static final Schema UNREAD = Schema.empty(0, TextEncoding.UTF8, false);

  private static final Schema UNREAD_TEMPORARY = Schema.empty(0, TextEncoding.UTF8, true);

  private static final long NEVER = Long.MIN_VALUE;

  private final String name;
  private final String path;
  private final boolean temporary;
  private final boolean readOnly;
  private final Supplier<Pager> opener;
  private @Nullable Pager pager;
  private @Nullable Database shared;
  private @Nullable Schema schema;

  private boolean schemaIsOwn;
  private long schemaSnapshot = NEVER;
  private int savepointCount;

  /** What this connection asked for; null as long as it has not. */
  private @Nullable Long cacheSize;

  private int spillSize = 1;

  /** What VACUUM is to make of the database; -1: as it is. */
  private int wantedAutoVacuum = -1;

  /** The page size that VACUUM is to give it; 0: as it is. */
  private int wantedPageSize;

  private long maxPageCount = HeaderPragmas.MAX_PAGE_COUNT;
  private int synchronous = 2;
  private JournalMode toldJournalMode = JournalMode.DELETE;

  private boolean exclusiveLocking;
  private boolean schemaIsWritable;

  /**
   * Whether this connection's own schema was read from the pages and not changed since. As in
   * SQLite it then stays when the transaction is rolled back, unless the cookie says otherwise.
   */
  private boolean schemaOutlivesRollback;

  /** Whether the transaction has written into sqlite_schema as into any table. */
  private boolean schemaEdited;

  /** Tables that statements of this session search by indexes. */
  private final Set<String> searched = new HashSet<>();

  /**
   * @param path empty for one in memory
   * @param opener connects to it, once it is needed: the temp database seldom is
   */
  SessionDatabase(
      String name, String path, boolean temporary, boolean readOnly, Supplier<Pager> opener) {
    this.name = name;
    this.path = path;
    this.temporary = temporary;
    this.readOnly = readOnly;
    this.opener = opener;
  }

  /** Connects to it now. */
  SessionDatabase connected() {
    pager();
    return this;
  }

  /** Whether it was needed so far. What was not is empty. */
  boolean isOpen() {
    return pager != null;
  }

  /** Whether locks stay from one transaction to the next. */
  boolean isExclusivelyLocked() {
    return isInMemory() || exclusiveLocking;
  }

  void setExclusiveLocking(boolean exclusive) {
    exclusiveLocking = exclusive;
    if (!isInMemory()) {
      pager().settings().setExclusiveLocking(exclusive);
    }
  }

  boolean isReadOnly() {
    return readOnly;
  }

  String name() {
    return name;
  }

  /** As {@code PRAGMA database_list} shows it: empty for one in memory. */
  String path() {
    return path;
  }

  boolean isTemporary() {
    return temporary;
  }

  Pager pager() {
    Pager connected = pager;
    if (connected == null) {
      connected = opener.get();
      pager = connected;
    }
    return connected;
  }

  Database shared() {
    Database known = shared;
    if (known == null) {
      known = Database.of(pager().database());
      shared = known;
    }
    return known;
  }

  private Schema unread() {
    return temporary ? UNREAD_TEMPORARY : UNREAD;
  }

  /** The schema as of the last look; an empty one if there was none. */
  Schema schema() {
    Schema known = schema;
    return known == null ? unread() : known;
  }

  /**
   * The schema as of the last look; if there was none, the one that the other connections know. A
   * statement of it is checked at its first step.
   */
  Schema presumedSchema() {
    Schema known = schema;
    if (known == null && isOpen()) {
      known = shared().newestSchema();
      schema = known;
    }
    return known == null ? unread() : known;
  }

  boolean isInMemory() {
    return path.isEmpty();
  }

  /** As {@code PRAGMA cache_size} shows it: pages, or KiB if negative. */
  long cacheSize() {
    Long wanted = cacheSize;
    if (wanted != null) {
      return wanted;
    }
    return isOpen() ? defaultCacheSize() : DEFAULT_CACHE_SIZE;
  }

  /** The cache size that connections begin with: what the header says, if it does. */
  long defaultCacheSize() {
    Pager reader = pager();
    int pages =
        reader.pageCount() == 0 ? 0 : reader.headerValue(DatabaseHeader.DEFAULT_CACHE_SIZE_OFFSET);
    return pages == 0 ? DEFAULT_CACHE_SIZE : Math.abs(pages);
  }

  /** How many pages a transaction may change before it spills: as it is told, not as we do it. */
  long spillPages() {
    return Math.max(pages(cacheSize()), pages(spillSize));
  }

  /** Sets that number: pages, or KiB if negative. */
  void setSpillSize(int pagesOrKib) {
    spillSize = pagesOrKib;
  }

  private long pages(long pagesOrKib) {
    int pageSize = isOpen() ? pager().pageSize() : OpenOptions.DEFAULT.pageSize();
    return pagesOrKib < 0 ? -1024 * pagesOrKib / (pageSize + CACHE_OVERHEAD) : pagesOrKib;
  }

  /** Sets the budget of the database's cache, which all its connections share. */
  void setCacheSize(long pagesOrKib) {
    cacheSize = pagesOrKib;
    long bytes = pagesOrKib < 0 ? -pagesOrKib * 1024 : pagesOrKib * pager().pageSize();
    pager().database().setCacheBudget(bytes);
  }

  int wantedAutoVacuum() {
    return wantedAutoVacuum;
  }

  void setWantedAutoVacuum(int mode) {
    wantedAutoVacuum = mode;
  }

  int wantedPageSize() {
    return wantedPageSize;
  }

  void setWantedPageSize(int bytes) {
    wantedPageSize = bytes;
  }

  long maxPageCount() {
    return maxPageCount;
  }

  void setMaxPageCount(long pages) {
    maxPageCount = pages;
    pager().settings().setMaxPageCount(pages);
  }

  /** As {@code PRAGMA synchronous} shows it, be it that there is no disk to wait for. */
  int synchronous() {
    return synchronous;
  }

  void setSynchronous(int level) {
    synchronous = level;
    pager()
        .settings()
        .setSyncMode(
            switch (level) {
              case 0 -> SyncMode.OFF;
              case 1 -> SyncMode.NORMAL;
              case 2 -> SyncMode.FULL;
              default -> SyncMode.EXTRA;
            });
  }

  /** Of a database without a file: as {@code PRAGMA journal_mode} was told last. */
  JournalMode toldJournalMode() {
    return toldJournalMode;
  }

  void setToldJournalMode(JournalMode mode) {
    toldJournalMode = mode;
  }

  /** Whether a schema was read or taken over that may be the newest. */
  boolean knowsSchema() {
    return schema != null;
  }

  boolean schemaIsOwn() {
    return schemaIsOwn;
  }

  /** Brings the schema up to the snapshot held. The connection must be reading. */
  Schema currentSchema() {
    Schema known = schema;
    if (known != null && schemaIsOwn) {
      return known;
    }
    Pager source = pager();
    long snapshot = source.snapshotId();
    if (known != null && snapshot == schemaSnapshot) {
      return known;
    }
    int cookie = source.pageCount() == 0 ? 0 : source.headerValue(SchemaLoader.COOKIE_OFFSET);
    TextEncoding encoding = SchemaLoader.encoding(source);
    if (known == null || known.cookie() != cookie || known.encoding() != encoding) {
      // What was not checked is for this connection alone.
      known =
          schemaIsWritable
              ? load(source, null).schema()
              : shared().schema(cookie, encoding, before -> load(source, before));
      schema = known;
    }
    schemaSnapshot = snapshot;
    return known;
  }

  private LoadedSchema load(Pager source, @Nullable LoadedSchema before) {
    return temporary || schemaIsWritable
        ? SchemaLoader.load(source, temporary, !schemaIsWritable)
        : SchemaLoader.load(source, before);
  }

  /** A statement of this session has changed the schema, and the cookie with it. */
  void setOwnSchema(Schema changed) {
    schema = changed;
    schemaIsOwn = true;
    schemaOutlivesRollback = false;
  }

  /** The names of tables for which statistics would have helped to plan statements. */
  boolean wasSearched(String table) {
    return searched.contains(Names.key(table));
  }

  void noteSearched(String table) {
    searched.add(Names.key(table));
  }

  /** Raises the schema cookie, so that every other connection notices. @return the new value */
  int bumpCookie() {
    int cookie = pager().headerValue(SchemaLoader.COOKIE_OFFSET) + 1;
    pager().setHeaderValue(SchemaLoader.COOKIE_OFFSET, cookie);
    return cookie;
  }

  /** Reads the schema as it is now, this transaction's changes included. */
  void reloadOwnSchema() {
    setOwnSchema(SchemaLoader.load(pager(), temporary, !schemaIsWritable).schema());
  }

  /**
   * Somebody has written into sqlite_schema without telling by the cookie: as in SQLite, whoever
   * knows the schema keeps what he knows, and whoever does not reads what is there.
   */
  void schemaEdited() {
    schemaEdited = true;
  }

  /** Whether this connection may write into sqlite_schema. */
  void setSchemaIsWritable(boolean writable) {
    schemaIsWritable = writable;
  }

  /** Reads the schema anew whatever the cookie says, when it is needed next. */
  void resetSchema() {
    if (!isOpen()) {
      return;
    }
    if (schemaEdited || schemaIsOwn) {
      reloadOwnSchema();
      schemaOutlivesRollback = true;
      return;
    }
    shared().forgetSchema();
    forgetSchema();
  }

  /** Forgets what is known of the schema, say because somebody wrote into sqlite_schema. */
  void forgetSchema() {
    schema = null;
    schemaIsOwn = false;
    schemaSnapshot = NEVER;
  }

  /** Makes the pager know all savepoints of the session; those it lacks begin here. */
  void openSavepoints(int wanted) {
    while (savepointCount < wanted) {
      pager().openSavepoint();
      savepointCount++;
    }
  }

  /** Undoes what was done since a savepoint, which stays open. */
  void rollbackTo(int savepoint) {
    if (savepoint < savepointCount) {
      pager().rollbackTo(savepoint);
      savepointCount = savepoint + 1;
      if (schemaIsOwn) {
        reloadOwnSchema();
      }
    }
  }

  /** Forgets a savepoint and those inside it. */
  void release(int savepoint) {
    if (savepoint < savepointCount) {
      pager().release(savepoint);
      savepointCount = savepoint;
    }
  }

  /** Makes sure that a commit will not fail for a lock; BUSY changes nothing. */
  void lockForCommit() {
    Pager writer = pager;
    if (writer != null && writer.isWriting()) {
      writer.lockForCommit();
    }
  }

  /** Whether a commit writes a rollback journal to the disk. */
  boolean needsSuperJournal() {
    Pager writer = pager;
    return writer != null && writer.isWriting() && writer.needsSuperJournal();
  }

  /** The first phase of a commit over several databases. */
  void prepareCommit(String superJournal) {
    Pager writer = pager;
    if (writer != null && writer.isWriting()) {
      writer.prepareCommit(superJournal);
    }
  }

  /** Commits, if this session has written here. */
  void commit() {
    savepointCount = 0;
    Pager writer = pager;
    if (writer == null || !writer.isWriting()) {
      return;
    }
    writer.commit();
    Schema committed = schema;
    if (schemaIsOwn && committed != null) {
      shared().publish(committed);
      schemaIsOwn = false;
      schemaSnapshot = writer.snapshotId();
    }
    if (schemaEdited) {
      shared().forgetSchema();
      schemaEdited = false;
    }
  }

  /** Whether {@link #vacuum} is due: a full auto-vacuum commits no free page. */
  boolean mustVacuum() {
    Pager writer = pager;
    return writer != null
        && writer.isWriting()
        && writer.hasChanges()
        && new AutoVacuum(writer).isFull()
        && writer.headerValue(DatabaseHeader.FREELIST_COUNT_OFFSET) != 0;
  }

  /** Moves pages from the end of the file into free ones and cuts it, right before a commit. */
  void vacuum() {
    new AutoVacuum(pager()).vacuumAll();
  }

  void rollback() {
    savepointCount = 0;
    schemaEdited = false;
    if (schemaIsOwn && schemaOutlivesRollback) {
      schemaIsOwn = false;
      schemaSnapshot = NEVER;
    } else if (schemaIsOwn) {
      forgetSchema();
    }
    Pager writer = pager;
    if (writer != null && writer.isWriting()) {
      writer.rollback();
    }
  }

  void endRead() {
    Pager reader = pager;
    if (reader != null && reader.isReading()) {
      reader.endRead();
    }
  }

  @Override
  public void close() {
    Pager open = pager;
    if (open != null) {
      open.close();
    }
  }
}
