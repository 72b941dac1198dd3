package dev.tursojdbc.sql;

import dev.tursojdbc.sql.ast.QualifiedName;
import dev.tursojdbc.sql.exec.Frame;
import dev.tursojdbc.sql.schema.Catalog;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A statement that does the same to each of its targets, tables or indexes in any of the databases,
 * and has no rows: ANALYZE, REINDEX.
 */
abstract class TargetedProgram<T extends TargetedProgram.Target> extends RowsProgram {
  final Session session;
  final Catalog catalog;
  final List<T> targets = new ArrayList<>();

  /** Something in a database. */
  interface Target {
    int database();
  }

  TargetedProgram(Session session) {
    this.session = session;
    this.catalog = session.schemas();
  }

  /** The schema that a name gives, null if it gives none. */
  final @Nullable String schemaOf(QualifiedName name) {
    if (name.schema() != null) {
      DefinedNames.requireDatabase(session, name.schema());
    }
    return DefinedNames.schemaOf(name);
  }

  abstract void run(T target, Frame live);

  @Override
  final List<Object @Nullable []> run() {
    ProgramFrames.runLive(session, live -> targets.forEach(target -> run(target, live)));
    return none();
  }

  @Override
  final long reads() {
    return writes();
  }

  @Override
  final long writes() {
    long bits = NO_DATABASE;
    for (T target : targets) {
      bits |= 1L << target.database();
    }
    return bits;
  }

  @Override
  final boolean isReadOnly() {
    return false;
  }

  @Override
  final boolean needsUndo() {
    return true;
  }

  @Override
  final boolean isCurrent() {
    return session.databases().isCurrent(catalog);
  }
}
