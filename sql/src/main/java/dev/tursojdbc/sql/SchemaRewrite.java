package dev.tursojdbc.sql;

import dev.tursojdbc.sql.alter.AlteredTable;
import dev.tursojdbc.sql.alter.DefinitionCheck;
import dev.tursojdbc.sql.bind.BindingContext;
import dev.tursojdbc.sql.schema.MalformedSchemaException;
import dev.tursojdbc.sql.schema.Names;
import dev.tursojdbc.sql.schema.Schema;
import dev.tursojdbc.sql.schema.SchemaRow;
import dev.tursojdbc.sql.schema.Table;
import dev.tursojdbc.storage.error.ErrorCode;
import dev.tursojdbc.storage.error.TursoException;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * An ALTER TABLE: changes texts in sqlite_schema, in that of temp too, and then looks whether all
 * definitions still make sense. If not, everything is undone.
 */
abstract class SchemaRewrite extends SchemaChange {
  final AlteredTable altered;

  /** The table as it was. */
  final Table table;

  SchemaRewrite(Session session, AlteredTable altered) {
    super(session, altered.database());
    this.altered = altered;
    this.table = altered.table();
  }

  /** Changes texts and rows. */
  abstract void rewrite(SchemaWriter writer);

  @Override
  final Schema change(Schema schema, SchemaWriter writer) {
    rewrite(writer);
    return database().schema();
  }

  @Override
  long otherWrites() {
    return changesTemp() ? 1L << SessionDatabases.TEMP : 0;
  }

  /** Whether views and triggers in temp may name the table. */
  final boolean changesTemp() {
    return databaseIndex != SessionDatabases.TEMP && temp().isOpen();
  }

  final SessionDatabase temp() {
    return session.databases().get(SessionDatabases.TEMP);
  }

  final BindingContext context() {
    return session.compiler().bindingContext();
  }

  /** As it is under {@code legacy_alter_table}. */
  final boolean isLegacy() {
    return session.settings().legacyAlterTable;
  }

  /** Computes a text of a definition. */
  interface Rewriter {
    String text(int database, SchemaRow row);
  }

  /** Changes texts of the table's own database. */
  final void rewrite(SchemaWriter writer, Predicate<SchemaRow> condition, Rewriter rewriter) {
    rewrite(writer, databaseIndex, condition, rewriter);
  }

  /** Changes texts of the views and triggers in temp, if temp is another database. */
  final void rewriteTemp(Rewriter rewriter) {
    if (changesTemp()) {
      rewrite(tempWriter(), SessionDatabases.TEMP, SchemaRewrite::isViewOrTrigger, rewriter);
    }
  }

  final SchemaWriter tempWriter() {
    return new SchemaWriter(temp().pager(), temp().schema().encoding());
  }

  static boolean isViewOrTrigger(SchemaRow row) {
    return row.type().equals("view") || row.type().equals("trigger");
  }

  private void rewrite(
      SchemaWriter writer, int database, Predicate<SchemaRow> condition, Rewriter rewriter) {
    UnaryOperator<SchemaRow> change =
        row -> {
          String text = rewritten(database, row, rewriter);
          return new SchemaRow(row.type(), row.name(), row.table(), row.rootPage(), text);
        };
    writer.update(row -> DefinitionCheck.appliesTo(row) && condition.test(row), change);
  }

  private @Nullable String rewritten(int database, SchemaRow row, Rewriter rewriter) {
    try {
      return rewriter.text(database, row);
    } catch (TursoException failure) {
      if (failure.code() == ErrorCode.CORRUPT) {
        throw failure;
      }
      if (session.settings().writableSchema) {
        return row.sql();
      }
      throw inDefinition(row, "", failure);
    }
  }

  /** What is wrong with a definition, and when it was found. */
  static TursoException inDefinition(SchemaRow row, String when, TursoException failure) {
    return new TursoException(
        ErrorCode.ERROR,
        "error in "
            + row.type()
            + " "
            + row.name()
            + (when.isEmpty() ? "" : " " + when)
            + ": "
            + failure.getMessage(),
        failure);
  }

  /** Reads the schema from the changed texts, and requires that the table makes sense. */
  final void reload(SchemaWriter writer, String when) {
    reload(database(), writer, when);
    if (changesTemp()) {
      temp().bumpCookie();
      reload(temp(), tempWriter(), when);
    }
    if (session.settings().writableSchema) {
      return;
    }
    for (SchemaWriter.Located located : writer.rows()) {
      SchemaRow row = located.row();
      if (row.type().equals("table") && Names.same(row.name(), nameAfterwards())) {
        try {
          new DefinitionCheck(context(), isLegacy()).checkTable(databaseIndex, row);
        } catch (TursoException failure) {
          throw inDefinition(row, when, failure);
        }
      }
    }
  }

  /** What cannot be read any more is told of in the words of the alteration. */
  private static void reload(SessionDatabase database, SchemaWriter writer, String when) {
    try {
      database.reloadOwnSchema();
    } catch (MalformedSchemaException malformed) {
      for (SchemaWriter.Located located : writer.rows()) {
        SchemaRow row = located.row();
        if (Names.same(row.name(), malformed.object())) {
          String why = malformed.why();
          throw new TursoException(
              ErrorCode.ERROR,
              "error in "
                  + row.type()
                  + " "
                  + row.name()
                  + " "
                  + when
                  + ": "
                  + (why == null ? "" : why),
              malformed);
        }
      }
      throw malformed;
    }
  }

  /** The name of the table when all is done. */
  String nameAfterwards() {
    return table.name();
  }

  /**
   * Requires that all definitions name what exists.
   *
   * @param doubleQuotedStrings whether names in double quotes may still be strings
   */
  final void check(String when, boolean doubleQuotedStrings) {
    if (session.settings().writableSchema) {
      return;
    }
    BindingContext now = context();
    BindingContext context =
        doubleQuotedStrings
            ? now
            : new BindingContext(now.catalog(), now.functions(), now.collations(), false);
    check(databaseIndex, when, new DefinitionCheck(context, isLegacy()));
    if (changesTemp()) {
      check(SessionDatabases.TEMP, when, new DefinitionCheck(context, isLegacy()));
    }
  }

  private void check(int index, String when, DefinitionCheck check) {
    SessionDatabase checked = session.databases().get(index);
    for (SchemaWriter.Located located :
        new SchemaWriter(checked.pager(), checked.schema().encoding()).rows()) {
      SchemaRow row = located.row();
      try {
        check.check(index, row);
      } catch (TursoException failure) {
        throw inDefinition(row, when, failure);
      }
    }
  }
}
