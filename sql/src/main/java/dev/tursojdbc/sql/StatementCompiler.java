package dev.tursojdbc.sql;

import dev.tursojdbc.sql.ast.AlterTableStatement;
import dev.tursojdbc.sql.ast.CreateIndexStatement;
import dev.tursojdbc.sql.ast.CreateTableStatement;
import dev.tursojdbc.sql.ast.CreateTriggerStatement;
import dev.tursojdbc.sql.ast.CreateViewStatement;
import dev.tursojdbc.sql.ast.CreateVirtualTableStatement;
import dev.tursojdbc.sql.ast.DatabaseStatement;
import dev.tursojdbc.sql.ast.DeleteStatement;
import dev.tursojdbc.sql.ast.DropStatement;
import dev.tursojdbc.sql.ast.ExplainStatement;
import dev.tursojdbc.sql.ast.InsertStatement;
import dev.tursojdbc.sql.ast.PragmaStatement;
import dev.tursojdbc.sql.ast.SelectStatement;
import dev.tursojdbc.sql.ast.Statement;
import dev.tursojdbc.sql.ast.TransactionStatement;
import dev.tursojdbc.sql.ast.UpdateStatement;
import dev.tursojdbc.sql.bind.Binder;
import dev.tursojdbc.sql.bind.BindingContext;
import dev.tursojdbc.sql.bind.CollationLookup;
import dev.tursojdbc.sql.bind.ColumnNaming;
import dev.tursojdbc.sql.exec.Bindings;
import dev.tursojdbc.sql.exec.EvaluatorBuilder;
import dev.tursojdbc.sql.exec.StatementBuilder;
import dev.tursojdbc.sql.function.FunctionRegistry;
import dev.tursojdbc.sql.parse.ParsedStatement;
import dev.tursojdbc.sql.plan.BoundTable;
import dev.tursojdbc.sql.plan.Planner;
import dev.tursojdbc.sql.plan.TableBinder;
import dev.tursojdbc.sql.schema.Catalog;
import dev.tursojdbc.sql.schema.Schema;
import dev.tursojdbc.sql.schema.Table;
import dev.tursojdbc.storage.error.TursoException;
import dev.tursojdbc.storage.record.Register;
import dev.tursojdbc.storage.record.TextEncoding;
import java.util.List;

/** Makes programs of parsed statements, against the schemas that its session sees. */
final class StatementCompiler {
  private final Session session;

  StatementCompiler(Session session) {
    this.session = session;
  }

  /** Compiles a statement that is not empty. */
  Program compile(ParsedStatement parsed, Register[] parameters) {
    Statement statement = parsed.statement();
    if (statement == null) {
      throw new IllegalArgumentException("an empty statement has no program");
    }
    return statement.accept(new Compilation(parsed, parameters));
  }

  /** What names mean now. */
  BindingContext bindingContext() {
    return bindingContext(session.schemas());
  }

  BindingContext bindingContext(Catalog catalog) {
    return new BindingContext(
        catalog,
        session
            .definitions()
            .functions(FunctionRegistry.lookup(session.settings().caseSensitiveLike)),
        collations(),
        session.settings().doubleQuotedStrings,
        ColumnNaming.of(session.settings().shortColumnNames, session.settings().fullColumnNames));
  }

  CollationLookup collations() {
    return session.definitions().collations();
  }

  /** Binds what the definition of a table says about its rows. */
  BoundTable bind(int database, Table table, TextEncoding encoding) {
    return bind(new Binder(bindingContext()), database, table, encoding);
  }

  /** As {@link #bind}, for a definition that stands in the statement: errors tell their place. */
  BoundTable bindDefinition(int database, Table table, TextEncoding encoding) {
    return bind(new Binder(bindingContext()).locating(), database, table, encoding);
  }

  private BoundTable bind(Binder binder, int database, Table table, TextEncoding encoding) {
    String name = session.databases().get(database).name();
    return TableBinder.bind(binder, collations(), database, name, table, encoding);
  }

  /** A compiler of expressions over a row of one table. */
  EvaluatorBuilder expressions() {
    return new StatementBuilder(
            new Planner(bindingContext()), session.databases().main().schema().encoding())
        .expressions(Bindings.none());
  }

  /** The compilation of one statement. */
  private final class Compilation implements Statement.Visitor<Program> {
    private final ParsedStatement parsed;
    private final Register[] parameters;

    Compilation(ParsedStatement parsed, Register[] parameters) {
      this.parsed = parsed;
      this.parameters = parameters;
    }

    /** What only binds and plans can be shared. */
    private Program instantiate(CompiledStatement compiled) {
      session.share(parsed, compiled);
      return compiled.instantiate(session, parameters);
    }

    @Override
    public Program visit(SelectStatement select) {
      return instantiate(new RowStatements(session).select(select));
    }

    @Override
    public Program visit(InsertStatement insert) {
      return instantiate(new RowStatements(session).insert(insert));
    }

    @Override
    public Program visit(UpdateStatement update) {
      return instantiate(new RowStatements(session).update(update));
    }

    @Override
    public Program visit(DeleteStatement delete) {
      return instantiate(new RowStatements(session).delete(delete));
    }

    @Override
    public Program visit(CreateTableStatement create) {
      return CreateTable.compile(session, create, parameters);
    }

    @Override
    public Program visit(CreateIndexStatement create) {
      return CreateIndex.compile(session, create);
    }

    @Override
    public Program visit(CreateViewStatement create) {
      if (!parsed.parameterNames().isEmpty()) {
        throw DefinedNames.error("parameters are not allowed in views");
      }
      return CreateView.compile(session, create, parsed.sourceDatabases());
    }

    @Override
    public Program visit(CreateTriggerStatement create) {
      return CreateTrigger.compile(session, create, parsed);
    }

    @Override
    public Program visit(CreateVirtualTableStatement create) {
      DefinedNames names = new DefinedNames(session);
      String name = create.table().name().text();
      int database = names.database(create.table(), false, "table");
      names.requireFree(name);
      Schema schema = session.databases().get(database).schema();
      if (names.relationExists(schema, create.table().name(), create.ifNotExists())) {
        return SchemaChange.nothing(session, database);
      }
      throw DefinedNames.error("no such module: " + create.module().text());
    }

    @Override
    public Program visit(AlterTableStatement alter) {
      return AlterTable.compile(session, alter);
    }

    @Override
    public Program visit(DropStatement drop) {
      return DropPrograms.compile(session, drop);
    }

    @Override
    public Program visit(TransactionStatement.Begin begin) {
      return TransactionPrograms.begin(session, begin);
    }

    @Override
    public Program visit(TransactionStatement.Commit commit) {
      return TransactionPrograms.commit(session);
    }

    @Override
    public Program visit(TransactionStatement.Rollback rollback) {
      return TransactionPrograms.rollback(session);
    }

    @Override
    public Program visit(TransactionStatement.Savepoint savepoint) {
      return TransactionPrograms.savepoint(session, savepoint.name().text());
    }

    @Override
    public Program visit(TransactionStatement.Release release) {
      return TransactionPrograms.release(session, release.name().text());
    }

    @Override
    public Program visit(TransactionStatement.RollbackTo rollback) {
      return TransactionPrograms.rollbackTo(session, rollback.name().text());
    }

    @Override
    public Program visit(DatabaseStatement.Attach attach) {
      return new AttachPrograms(session, parameters).attach(attach);
    }

    @Override
    public Program visit(DatabaseStatement.Detach detach) {
      return new AttachPrograms(session, parameters).detach(detach);
    }

    @Override
    public Program visit(DatabaseStatement.Vacuum vacuum) {
      return Vacuum.compile(session, vacuum, parameters);
    }

    @Override
    public Program visit(DatabaseStatement.Analyze analyze) {
      return Analyze.compile(session, analyze);
    }

    @Override
    public Program visit(DatabaseStatement.Reindex reindex) {
      return Reindex.compile(session, reindex);
    }

    @Override
    public Program visit(PragmaStatement pragma) {
      return Pragmas.compile(session, pragma);
    }

    @Override
    public Program visit(ExplainStatement explain) {
      if (!explain.queryPlan()) {
        throw TursoException.notSupported("EXPLAIN");
      }
      RowStatements rows = new RowStatements(session, parsed.queryCount());
      Statement statement = explain.statement();
      CompiledStatement compiled = null;
      if (statement instanceof SelectStatement select) {
        compiled = rows.select(select);
      } else if (statement instanceof InsertStatement insert) {
        compiled = rows.insert(insert);
      } else if (statement instanceof UpdateStatement update) {
        compiled = rows.update(update);
      } else if (statement instanceof DeleteStatement delete) {
        compiled = rows.delete(delete);
      } else {
        // What has no plan is still checked.
        statement.accept(this);
      }
      if (compiled == null) {
        return new ExplainedPlan(session, List.of());
      }
      ExplainedPlan plan = new ExplainedPlan(session, compiled.describe());
      session.noteSearched(compiled.planner());
      return plan;
    }
  }
}
