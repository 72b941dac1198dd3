package dev.tursojdbc.sql;

import dev.tursojdbc.sql.ast.DropStatement;
import dev.tursojdbc.sql.function.TableFunction;
import dev.tursojdbc.sql.function.TableFunctions;
import dev.tursojdbc.sql.schema.Catalog;
import dev.tursojdbc.sql.schema.Index;
import dev.tursojdbc.sql.schema.Names;
import dev.tursojdbc.sql.schema.Relation;
import dev.tursojdbc.sql.schema.Schema;
import dev.tursojdbc.sql.schema.SchemaTable;
import dev.tursojdbc.sql.schema.Table;
import dev.tursojdbc.sql.schema.View;
import dev.tursojdbc.storage.error.ErrorCode;
import dev.tursojdbc.storage.error.TursoException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** DROP TABLE, INDEX, VIEW and TRIGGER. */
final class DropPrograms {
  private DropPrograms() {}

  static Program compile(Session session, DropStatement statement) {
    return switch (statement.kind()) {
      case TABLE -> table(session, statement);
      case VIEW -> view(session, statement);
      case INDEX -> index(session, statement);
      case TRIGGER -> trigger(session, statement);
    };
  }

  private static Catalog.Located find(Session session, DropStatement statement) {
    return session
        .schemas()
        .find(DefinedNames.schemaOf(statement.name()), statement.name().name().text());
  }

  private static Program missing(Session session, DropStatement statement, String kind) {
    if (statement.ifExists()) {
      return SchemaChange.nothingAnywhere(session);
    }
    throw SchemaChange.error("no such " + kind + ": " + DefinedNames.display(statement.name()));
  }

  private static Program table(Session session, DropStatement statement) {
    Catalog.Located found = find(session, statement);
    if (found == null) {
      TableFunction function = TableFunctions.find(statement.name().name().text());
      if (function != null) {
        throw SchemaChange.error("table " + function.name() + " may not be dropped");
      }
      return missing(session, statement, "table");
    }
    Relation relation = found.relation();
    if (SchemaTable.is(relation) || isKept(relation.name())) {
      throw SchemaChange.error("table " + relation.name() + " may not be dropped");
    }
    if (relation instanceof View) {
      throw SchemaChange.error("use DROP VIEW to delete view " + relation.name());
    }
    if (!(relation instanceof Table table)) {
      throw TursoException.notSupported("virtual tables");
    }
    ImplicitDelete delete = ImplicitDelete.of(session, found.database(), table);
    return new DropRelation(session, found) {
      @Override
      Schema change(Schema schema, SchemaWriter writer) {
        requireNothingRunning(session);
        if (delete != null) {
          delete.run();
        }
        Schema changed = dropRows(schema, writer);
        dropTrees(new Bookkeeping(session, database()), writer, table);
        return changed;
      }
    };
  }

  /** Tables of the engine's own, but for the statistics, which may go. */
  private static boolean isKept(String name) {
    return Names.startsWith(name, "sqlite_") && !Names.startsWith(name, "sqlite_stat");
  }

  /** As in SQLite a tree must not vanish under a statement that is running. */
  private static void requireNothingRunning(Session session) {
    if (session.areOthersRunning()) {
      throw new TursoException(ErrorCode.LOCKED);
    }
  }

  private static void dropTrees(Bookkeeping bookkeeping, SchemaWriter writer, Table table) {
    if (table.isAutoincrement()) {
      bookkeeping.forget("sqlite_sequence", "name", table.name());
    }
    forgetStatistics(bookkeeping, "tbl", table.name());
    // The largest root first: in a file with a pointer map the last root moves into the hole.
    List<Integer> roots = new ArrayList<>(List.of(table.rootPage()));
    for (Index index : table.indexes()) {
      if (index.rootPage() != table.rootPage()) {
        roots.add(index.rootPage());
      }
    }
    roots.sort(Comparator.reverseOrder());
    roots.forEach(writer::dropTree);
  }

  /** Deletes what ANALYZE wrote about a table or an index. */
  private static void forgetStatistics(Bookkeeping bookkeeping, String column, String name) {
    for (int number = 1; number <= 4; number++) {
      bookkeeping.forget("sqlite_stat" + number, column, name);
    }
  }

  private static Program view(Session session, DropStatement statement) {
    Catalog.Located found = find(session, statement);
    if (found == null) {
      return missing(session, statement, "view");
    }
    if (!(found.relation() instanceof View)) {
      throw SchemaChange.error("use DROP TABLE to delete table " + found.relation().name());
    }
    return new DropRelation(session, found) {
      @Override
      Schema change(Schema schema, SchemaWriter writer) {
        return dropRows(schema, writer);
      }
    };
  }

  private static Program index(Session session, DropStatement statement) {
    Catalog.LocatedIndex found =
        session
            .schemas()
            .findIndex(DefinedNames.schemaOf(statement.name()), statement.name().name().text());
    if (found == null) {
      return missing(session, statement, "index");
    }
    Index index = found.index();
    if (index.origin() != Index.Origin.CREATE_INDEX) {
      throw SchemaChange.error(
          "index associated with UNIQUE or PRIMARY KEY constraint cannot be dropped");
    }
    return new SchemaChange(session, found.database()) {
      @Override
      Schema change(Schema schema, SchemaWriter writer) {
        requireNothingRunning(session);
        writer.delete(SchemaWriter.named("index", index.name()));
        forgetStatistics(new Bookkeeping(session, database()), "idx", index.name());
        writer.dropTree(index.rootPage());
        return schema.withoutIndex(index.name());
      }
    };
  }

  private static Program trigger(Session session, DropStatement statement) {
    String name = statement.name().name().text();
    String schemaName = DefinedNames.schemaOf(statement.name());
    Catalog catalog = session.schemas();
    List<Integer> candidates =
        schemaName == null ? catalog.searchOrder() : List.of(catalog.find(schemaName));
    for (int database : candidates) {
      if (database >= 0 && catalog.schema(database).trigger(name) != null) {
        return new SchemaChange(session, database) {
          @Override
          Schema change(Schema schema, SchemaWriter writer) {
            writer.delete(SchemaWriter.named("trigger", name));
            return schema.withoutTrigger(name);
          }
        };
      }
    }
    return missing(session, statement, "trigger");
  }
}
