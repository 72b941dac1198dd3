package dev.tursojdbc.sql;

import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A pragma: looks something up or sets it, and yields a few rows. */
final class PragmaProgram extends RowsProgram {
  private final long reads;
  private final long writes;
  private final Supplier<List<Object @Nullable []>> work;
  private boolean needsSchema = true;

  private PragmaProgram(
      long reads, long writes, Supplier<List<Object @Nullable []>> work, String... columns) {
    super(columns);
    this.reads = reads;
    this.writes = writes;
    this.work = work;
  }

  /** One that touches no database. */
  static Program of(Supplier<List<Object @Nullable []>> work, String... columns) {
    return new PragmaProgram(NO_DATABASE, NO_DATABASE, work, columns);
  }

  /** One that yields a single value and touches no database. */
  static Program value(String column, Supplier<@Nullable Object> value) {
    return of(() -> single(value.get()), column);
  }

  /** One that only sets something. */
  static Program action(Runnable action) {
    return of(
        () -> {
          action.run();
          return none();
        });
  }

  /** One that needs a snapshot of a database. */
  static Program reading(
      PragmaCall call, Supplier<List<Object @Nullable []>> work, String... columns) {
    return new PragmaProgram(openBit(call), NO_DATABASE, work, columns);
  }

  /**
   * One that looks at a database and, even inside a transaction, gives the snapshot back that it
   * took for that.
   */
  static Program glancing(
      PragmaCall call, Supplier<List<Object @Nullable []>> work, String... columns) {
    return of(
        () -> {
          SessionDatabase database = call.target();
          if (!database.isOpen() || database.pager().isReading()) {
            return work.get();
          }
          call.session().transactions().beginRead(database);
          try {
            database.currentSchema();
            return work.get();
          } finally {
            database.endRead();
          }
        },
        columns);
  }

  /** One that changes a database. */
  static Program writing(PragmaCall call, Runnable action) {
    return new PragmaProgram(
        call.bit(),
        call.bit(),
        () -> {
          action.run();
          return none();
        });
  }

  /** A temp database that was never used is not opened just to be looked at. */
  private static long openBit(PragmaCall call) {
    return call.target().isOpen() ? call.bit() : NO_DATABASE;
  }

  /** One that looks at all databases. */
  static Program readingAll(
      Session session, Supplier<List<Object @Nullable []>> work, String... columns) {
    long bits = 0;
    List<SessionDatabase> open = session.databases().open();
    for (int i = 0; i < open.size(); i++) {
      bits |= open.get(i).isOpen() ? 1L << i : 0;
    }
    return new PragmaProgram(bits, NO_DATABASE, work, columns);
  }

  /** It runs, be the schema damaged. */
  PragmaProgram withoutSchema() {
    needsSchema = false;
    return this;
  }

  @Override
  boolean needsSchema() {
    return needsSchema;
  }

  @Override
  List<Object @Nullable []> run() {
    return work.get();
  }

  @Override
  long reads() {
    return reads;
  }

  @Override
  long writes() {
    return writes;
  }

  /** What it looks at, it looks at when it runs. */
  @Override
  boolean isCurrent() {
    return true;
  }
}
