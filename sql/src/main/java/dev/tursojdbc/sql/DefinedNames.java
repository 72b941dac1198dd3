package dev.tursojdbc.sql;

import dev.tursojdbc.sql.ast.Name;
import dev.tursojdbc.sql.ast.QualifiedName;
import dev.tursojdbc.sql.ast.StatementException;
import dev.tursojdbc.sql.schema.Names;
import dev.tursojdbc.sql.schema.Relation;
import dev.tursojdbc.sql.schema.Schema;
import dev.tursojdbc.sql.schema.View;
import dev.tursojdbc.storage.error.ErrorCode;
import dev.tursojdbc.storage.error.TursoException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** In which database a CREATE makes something, and whether the name may be used there. */
final class DefinedNames {
  private final Session session;

  DefinedNames(Session session) {
    this.session = session;
  }

  /**
   * The database that a definition goes to.
   *
   * @param kind as messages name it: table, view, trigger
   */
  int database(QualifiedName name, boolean temporary, String kind) {
    if (name.schema() == null) {
      return temporary ? SessionDatabases.TEMP : SessionDatabases.MAIN;
    }
    int index = requireDatabase(session, name.schema());
    if (temporary && index != SessionDatabases.TEMP) {
      throw error("temporary " + kind + " name must be unqualified");
    }
    return index;
  }

  /** The number of the database of this name. */
  static int requireDatabase(Session session, Name schema) {
    int index = session.databases().find(schema.text());
    if (index < 0) {
      throw StatementException.at(schema.span(), "unknown database " + schema.text());
    }
    return index;
  }

  /** Refuses names that the engine keeps for itself. */
  void requireFree(String name) {
    if (Names.startsWith(name, "sqlite_") && !session.settings().writableSchema) {
      throw error("object name reserved for internal use: " + name);
    }
  }

  /**
   * Whether there is a table or view of the name already.
   *
   * @throws TursoException if there is and that is not to be overlooked, or an index has the name
   */
  boolean relationExists(Schema schema, Name name, boolean ifNotExists) {
    Relation existing = schema.relation(name.text());
    if (existing != null) {
      if (!ifNotExists) {
        throw StatementException.at(
            name.span(),
            (existing instanceof View ? "view " : "table ") + name + " already exists");
      }
      return true;
    }
    if (schema.index(name.text()) != null) {
      throw error("there is already an index named " + name);
    }
    return false;
  }

  /**
   * Refuses a view or trigger that reads tables of another database by name, unless it is in temp.
   *
   * @param kind as the message names it
   * @param name of the view or trigger, as the message shows it
   * @param sources the databases that are named
   */
  void requireHome(String kind, String name, int database, List<String> sources) {
    for (String source : sources) {
      if (database != SessionDatabases.TEMP && session.databases().find(source) != database) {
        throw error(kind + " " + name + " cannot reference objects in database " + source);
      }
    }
  }

  static @Nullable String schemaOf(QualifiedName name) {
    return name.schema() == null ? null : name.schema().text();
  }

  /** The name with its database, as messages show what was not found. */
  static String display(QualifiedName name) {
    return name.schema() == null
        ? name.name().text()
        : name.schema().text() + "." + name.name().text();
  }

  static TursoException error(String message) {
    return new TursoException(ErrorCode.ERROR, message);
  }
}
