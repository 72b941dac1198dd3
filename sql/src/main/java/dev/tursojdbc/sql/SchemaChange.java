package dev.tursojdbc.sql;

import dev.tursojdbc.sql.schema.Catalog;
import dev.tursojdbc.sql.schema.Schema;
import dev.tursojdbc.sql.schema.SchemaFormat;
import dev.tursojdbc.storage.error.ErrorCode;
import dev.tursojdbc.storage.error.TursoException;
import dev.tursojdbc.storage.pager.Pager;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A statement that changes the schema of one database: it writes into sqlite_schema, makes or drops
 * trees, raises the schema cookie, and leaves the session a schema of its own until the commit.
 */
abstract class SchemaChange extends RowsProgram {
  final Session session;
  final int databaseIndex;
  private final Catalog compiledAgainst;

  SchemaChange(Session session, int databaseIndex) {
    this.session = session;
    this.databaseIndex = databaseIndex;
    this.compiledAgainst = session.schemas();
  }

  /** Does the work. @return the schema afterwards, its cookie aside */
  abstract Schema change(Schema schema, SchemaWriter writer);

  @Override
  final List<Object @Nullable []> run() {
    SessionDatabase database = database();
    SchemaWriter writer = new SchemaWriter(database.pager(), database.schema().encoding());
    SchemaFormat.settle(database.pager(), database.schema().encoding());
    Schema changed = change(database.schema(), writer);
    int cookie = database.bumpCookie();
    database.setOwnSchema(writer.needsReload() ? reload() : changed.withCookie(cookie));
    return none();
  }

  private Schema reload() {
    database().reloadOwnSchema();
    return database().schema();
  }

  final SessionDatabase database() {
    return session.databases().get(databaseIndex);
  }

  final Pager pager() {
    return database().pager();
  }

  @Override
  final long reads() {
    return (1L << databaseIndex) | otherReads() | otherWrites();
  }

  /** Databases that are read besides the one that changes. */
  long otherReads() {
    return NO_DATABASE;
  }

  @Override
  final long writes() {
    return (1L << databaseIndex) | otherWrites();
  }

  /** Databases that change besides. */
  long otherWrites() {
    return NO_DATABASE;
  }

  @Override
  boolean needsUndo() {
    return true;
  }

  @Override
  final boolean isCurrent() {
    return session.databases().isCurrent(compiledAgainst);
  }

  /** A statement that has nothing to do. */
  static Program nothing(Session session) {
    return nothing(session, RowsProgram.NO_DATABASE);
  }

  /** CREATE … IF NOT EXISTS of what exists: it still looks at the database. */
  static Program nothing(Session session, int database) {
    boolean isOpen = session.databases().get(database).isOpen();
    return nothing(session, isOpen ? 1L << database : RowsProgram.NO_DATABASE);
  }

  /** DROP … IF EXISTS of what does not: it looks at all databases. */
  static Program nothingAnywhere(Session session) {
    long reads = RowsProgram.NO_DATABASE;
    List<SessionDatabase> open = session.databases().open();
    for (int i = 0; i < open.size(); i++) {
      if (open.get(i).isOpen()) {
        reads |= 1L << i;
      }
    }
    return nothing(session, reads);
  }

  private static Program nothing(Session session, long reads) {
    Catalog catalog = session.schemas();
    return new RowsProgram() {
      @Override
      List<Object @Nullable []> run() {
        return none();
      }

      @Override
      long reads() {
        return reads;
      }

      @Override
      long writes() {
        return NO_DATABASE;
      }

      @Override
      boolean isReadOnly() {
        return false;
      }

      @Override
      boolean isCurrent() {
        return session.databases().isCurrent(catalog);
      }
    };
  }

  static TursoException error(String message) {
    return new TursoException(ErrorCode.ERROR, message);
  }
}
