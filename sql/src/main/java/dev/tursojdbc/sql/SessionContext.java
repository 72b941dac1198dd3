package dev.tursojdbc.sql;

import dev.tursojdbc.sql.exec.ChangeContext;
import dev.tursojdbc.sql.exec.ChangeMark;
import dev.tursojdbc.sql.exec.ForeignKeyCounter;
import dev.tursojdbc.sql.function.FunctionContext;
import dev.tursojdbc.sql.function.PageStatistic;
import dev.tursojdbc.storage.file.FileSystem;
import dev.tursojdbc.storage.file.OperatingSystemFileSystem;
import dev.tursojdbc.storage.page.PageSource;
import dev.tursojdbc.storage.page.PageWriter;
import dev.tursojdbc.storage.record.Collation;
import dev.tursojdbc.storage.record.TextEncoding;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** What running statements see of their session. */
final class SessionContext implements ChangeContext, FunctionContext {
  private static final int MAX_LENGTH = 1_000_000_000;

  /**
   * What the operators of one statement may keep: a small part of the heap, whose quarter is the
   * page cache's.
   */
  private static final long MEMORY_BUDGET =
      Math.min(64L << 20, Runtime.getRuntime().maxMemory() / 16);

  private final Session session;
  private final SplittableRandom random = new SplittableRandom();
  private long currentTimeMillis = NOT_ASKED;
  private static final long NOT_ASKED = Long.MIN_VALUE;
  private FileSystem temporaryFiles = OperatingSystemFileSystem.INSTANCE;

  SessionContext(Session session) {
    this.session = session;
  }

  /** A statement begins: it has a time of its own, which stays the same while it runs. */
  void beginStatement() {
    currentTimeMillis = NOT_ASKED;
  }

  @Override
  public PageSource pages(int database) {
    SessionDatabase wanted = session.databases().get(database);
    // The temporary database is made when somebody looks into it, after the statement has begun.
    session.transactions().beginRead(wanted);
    return wanted.pager();
  }

  @Override
  public PageWriter writer(int database) {
    return session.databases().get(database).pager();
  }

  @Override
  public FunctionContext functions() {
    return this;
  }

  @Override
  public void checkInterrupted() {
    session.interruptFlag().check();
  }

  @Override
  public FileSystem temporaryFiles() {
    return temporaryFiles;
  }

  /** Lets temporary files be elsewhere than in the directory of the operating system. */
  void setTemporaryFiles(FileSystem files) {
    temporaryFiles = files;
  }

  /** {@code PRAGMA soft_heap_limit} makes it smaller, down to nothing. */
  @Override
  public long memoryBudget() {
    long softLimit = session.settings().softHeapLimit;
    return softLimit > 0 ? Math.min(softLimit, MEMORY_BUDGET) : MEMORY_BUDGET;
  }

  @Override
  public void setLastInsertRowid(long rowid) {
    session.counters().setLastInsertRowid(rowid);
  }

  @Override
  public void countChange() {
    session.counters().count(1);
  }

  @Override
  public void countChanges(long count) {
    session.counters().count(count);
  }

  @Override
  public ChangeMark beginNested() {
    return session.counters().beginNested();
  }

  @Override
  public void completeNested() {
    session.counters().complete();
  }

  @Override
  public void endNested(ChangeMark mark) {
    session.counters().endNested(mark);
  }

  @Override
  public ForeignKeyCounter foreignKeys() {
    return session.transactions().foreignKeys();
  }

  @Override
  public Collation collation() {
    return Collation.BINARY;
  }

  @Override
  public long currentTimeMillis() {
    if (currentTimeMillis == NOT_ASKED) {
      currentTimeMillis = System.currentTimeMillis();
    }
    return currentTimeMillis;
  }

  @Override
  public long lastInsertRowid() {
    return session.counters().lastInsertRowid();
  }

  @Override
  public long changes() {
    return session.counters().changes();
  }

  @Override
  public long totalChanges() {
    return session.counters().totalChanges();
  }

  @Override
  public long random() {
    return random.nextLong();
  }

  @Override
  public TextEncoding encoding() {
    return session.databases().main().schema().encoding();
  }

  @Override
  public List<@Nullable Object[]> pragma(
      String name, @Nullable String argument, @Nullable String schema) {
    return Pragmas.rows(session, name, argument, schema);
  }

  @Override
  public Iterator<PageStatistic> pageStatistics(String schema, boolean aggregate) {
    int number = session.databases().find(schema);
    if (number < 0) {
      return Collections.emptyIterator();
    }
    SessionDatabase database = session.databases().get(number);
    if (!database.isOpen()) {
      return Collections.emptyIterator();
    }
    return new PageStatistics(pages(number), database.name(), aggregate);
  }

  @Override
  public int likePatternLimit() {
    return session.limits().likePattern();
  }

  @Override
  public int lengthLimit() {
    return MAX_LENGTH;
  }
}
