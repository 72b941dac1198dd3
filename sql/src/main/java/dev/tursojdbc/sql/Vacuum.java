package dev.tursojdbc.sql;

import dev.tursojdbc.sql.ast.DatabaseStatement;
import dev.tursojdbc.sql.ast.Expression;
import dev.tursojdbc.storage.error.ErrorCode;
import dev.tursojdbc.storage.error.TursoException;
import dev.tursojdbc.storage.journal.JournalMode;
import dev.tursojdbc.storage.pager.Pager;
import dev.tursojdbc.storage.pager.PagerSettings;
import dev.tursojdbc.storage.record.Register;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * VACUUM: builds the database anew in a scratch one and puts the result in its place, in one
 * transaction. VACUUM INTO leaves the result in another file.
 */
final class Vacuum extends RowsProgram {
  private final Session session;
  private final int databaseIndex;
  private final @Nullable Expression into;
  private final Register[] parameters;

  private Vacuum(
      Session session, int databaseIndex, @Nullable Expression into, Register[] parameters) {
    this.session = session;
    this.databaseIndex = databaseIndex;
    this.into = into;
    this.parameters = parameters;
  }

  static Program compile(
      Session session, DatabaseStatement.Vacuum statement, Register[] parameters) {
    int database = SessionDatabases.MAIN;
    if (statement.schema() != null) {
      database = DefinedNames.requireDatabase(session, statement.schema());
    }
    return database == SessionDatabases.TEMP
        ? SchemaChange.nothing(session)
        : new Vacuum(session, database, statement.into(), parameters);
  }

  private static TursoException error(String message) {
    return new TursoException(ErrorCode.ERROR, message);
  }

  private SessionDatabase database() {
    return session.databases().get(databaseIndex);
  }

  @Override
  List<Object @Nullable []> run() {
    if (!session.transactions().isAutocommit()) {
      throw error("cannot VACUUM from within a transaction");
    }
    if (session.areOthersRunning()) {
      throw error("cannot VACUUM - SQL statements in progress");
    }
    if (into != null) {
      copyInto(new AttachPrograms(session, parameters).fileName(into));
    } else if (database().pager().pageCount() > 0) {
      rebuild();
    }
    return none();
  }

  private void rebuild() {
    SessionDatabase database = database();
    Pager pager = database.pager();
    int wanted = database.wantedPageSize();
    boolean resizes =
        wanted != 0
            && wanted != pager.pageSize()
            && !database.isInMemory()
            && pager.settings().journalMode() != JournalMode.WAL;
    int pageSize = resizes ? wanted : pager.pageSize();
    try (Pager scratch = session.databases().openScratch(database, pageSize)) {
      settle(scratch.settings());
      scratch.beginRead();
      scratch.beginWrite();
      new DatabaseCopy(session, databaseIndex, scratch, false).run();
      if (resizes) {
        pager.replaceBy(scratch);
      } else {
        pager.replaceContent(scratch);
      }
      scratch.rollback();
      scratch.endRead();
    } catch (TursoException failure) {
      // The texts may be other ones than those known; whoever reads them next takes them as they
      // are.
      database.resetSchema();
      throw failure;
    }
    if (resizes) {
      database.forgetSchema();
    } else {
      database.reloadOwnSchema();
    }
  }

  /**
   * Gives an empty database the encoding of this one, and the auto-vacuum mode that it is to have.
   */
  private void settle(PagerSettings target) {
    SessionDatabase database = database();
    PagerSettings source = database.pager().settings();
    int wanted = database.wantedAutoVacuum();
    target.setAutoVacuum(wanted < 0 ? source.autoVacuum() : wanted);
    target.setTextEncoding(source.textEncoding());
  }

  private void copyInto(String path) {
    SessionDatabase database = database();
    Pager pager = database.pager();
    try (Pager target = session.databases().openForCopy(path, pager.pageSize())) {
      if (session.settings().queryOnly) {
        throw new TursoException(ErrorCode.READONLY);
      }
      settle(target.settings());
      target.beginRead();
      target.beginWrite();
      new DatabaseCopy(session, databaseIndex, target, true).run();
      target.commit();
      target.endRead();
      target.settings().setJournalMode(JournalMode.DELETE);
    }
  }

  /** Inside a transaction it only fails, and takes no snapshot. */
  private boolean isAllowed() {
    return session.transactions().isAutocommit() && !session.areOthersRunning();
  }

  @Override
  long reads() {
    return isAllowed() ? 1L << databaseIndex : NO_DATABASE;
  }

  @Override
  long writes() {
    return into == null && isAllowed() ? 1L << databaseIndex : NO_DATABASE;
  }

  @Override
  boolean isReadOnly() {
    return false;
  }

  @Override
  boolean isCurrent() {
    return true;
  }
}
