package dev.tursojdbc.sql;

import dev.tursojdbc.sql.ast.DatabaseStatement;
import dev.tursojdbc.sql.ast.Expression;
import dev.tursojdbc.sql.bind.Binder;
import dev.tursojdbc.sql.bind.BindingContext;
import dev.tursojdbc.sql.bind.Scope;
import dev.tursojdbc.sql.exec.Bindings;
import dev.tursojdbc.sql.exec.Evaluator;
import dev.tursojdbc.sql.exec.StatementBuilder;
import dev.tursojdbc.sql.plan.Planner;
import dev.tursojdbc.sql.schema.SchemaLoader;
import dev.tursojdbc.sql.value.ValueText;
import dev.tursojdbc.storage.error.ErrorCode;
import dev.tursojdbc.storage.error.TursoException;
import dev.tursojdbc.storage.pager.Pager;
import dev.tursojdbc.storage.record.Register;
import dev.tursojdbc.storage.record.StorageClass;
import dev.tursojdbc.storage.record.TextEncoding;
import java.nio.charset.StandardCharsets;

/** ATTACH and DETACH. */
final class AttachPrograms {
  private final Session session;
  private final Register[] parameters;

  AttachPrograms(Session session, Register[] parameters) {
    this.session = session;
    this.parameters = parameters;
  }

  Program attach(DatabaseStatement.Attach statement) {
    return PragmaProgram.action(
        () -> {
          String path = text(statement.file());
          String name = text(statement.schema());
          session.databases().attach(path, name);
          requireSameEncoding(name);
          takeEncoding(name);
          session
              .databases()
              .get(session.databases().find(name))
              .setExclusiveLocking(session.settings().exclusiveLocking);
        });
  }

  /** A database that has no page yet is going to have the encoding of main. */
  private void takeEncoding(String name) {
    SessionDatabase attached = session.databases().get(session.databases().find(name));
    if (!attached.isReadOnly() && attached.pager().pageCount() == 0) {
      Pager main = session.databases().main().pager();
      attached.pager().settings().setTextEncoding(main.settings().textEncoding());
    }
  }

  /** Texts are compared as they lie in the pages, so all databases must have the same encoding. */
  private void requireSameEncoding(String name) {
    SessionDatabase attached = session.databases().get(session.databases().find(name));
    SessionDatabase main = session.databases().main();
    boolean reading = main.pager().isReading();
    try {
      session.transactions().beginRead(attached);
      session.transactions().beginRead(main);
      if (attached.pager().pageCount() > 0
          && SchemaLoader.encoding(attached.pager()) != SchemaLoader.encoding(main.pager())) {
        throw new TursoException(
            ErrorCode.ERROR, "attached databases must use the same text encoding as main database");
      }
    } catch (TursoException failure) {
      attached.pager().endRead();
      session.databases().detach(name);
      throw failure;
    } finally {
      if (!reading) {
        main.pager().endRead();
      }
    }
    attached.pager().endRead();
  }

  Program detach(DatabaseStatement.Detach statement) {
    return PragmaProgram.action(
        () -> {
          String name = text(statement.schema());
          int index = session.databases().find(name);
          if (index > SessionDatabases.TEMP) {
            requireUnused(session.databases().get(index));
          }
          session.databases().detach(name);
        });
  }

  private void requireUnused(SessionDatabase database) {
    if (session.areOthersRunning() || database.pager().isReading()) {
      throw new TursoException(ErrorCode.ERROR, "database " + database.name() + " is locked");
    }
  }

  /** The value of an expression as text; a bare word stands for itself. */
  String text(Expression expression) {
    if (expression instanceof Expression.ColumnReference word && word.table() == null) {
      return word.column().text();
    }
    Register value = new Register();
    return evaluate(expression, value) ? textOf(value) : "";
  }

  /**
   * The value of an expression, which has to be a text.
   *
   * @throws TursoException if it is none
   */
  String fileName(Expression expression) {
    Register value = new Register();
    if (!evaluate(expression, value) || value.type != StorageClass.TEXT) {
      throw new TursoException(ErrorCode.ERROR, "non-text filename");
    }
    return textOf(value);
  }

  private static String textOf(Register value) {
    ValueText.convert(value);
    return new String(value.bytes, value.offset, value.length, StandardCharsets.UTF_8);
  }

  /** Returns false if the value is NULL. */
  private boolean evaluate(Expression expression, Register value) {
    BindingContext context = session.compiler().bindingContext();
    Evaluator evaluator =
        new StatementBuilder(new Planner(context), TextEncoding.UTF8)
            .expressions(Bindings.none())
            .build(new Binder(context).expression(expression, Scope.empty()));
    ProgramFrames frames = new ProgramFrames(session, parameters);
    frames.begin();
    try {
      evaluator.into(frames.live(), value);
      return !value.isNull();
    } finally {
      frames.end();
    }
  }
}
