package dev.tursojdbc.sql;

import dev.tursojdbc.sql.bind.Binder;
import dev.tursojdbc.sql.bind.BindingContext;
import dev.tursojdbc.sql.exec.ForeignKeyCheck;
import dev.tursojdbc.sql.exec.Frame;
import dev.tursojdbc.sql.plan.BoundTable;
import dev.tursojdbc.sql.plan.ForeignKeyPlan;
import dev.tursojdbc.sql.plan.ForeignKeyPlanner;
import dev.tursojdbc.sql.plan.TableBinder;
import dev.tursojdbc.sql.schema.Catalog;
import dev.tursojdbc.sql.schema.ForeignKey;
import dev.tursojdbc.sql.schema.Relation;
import dev.tursojdbc.sql.schema.Table;
import dev.tursojdbc.storage.error.ErrorCode;
import dev.tursojdbc.storage.error.TursoException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The pragmas that show foreign keys and the rows that break them, enforced or not. */
final class ForeignKeyPragmas {
  private ForeignKeyPragmas() {}

  static void register(Map<String, Function<PragmaCall, Program>> pragmas) {
    pragmas.put(
        "foreign_key_list",
        call ->
            PragmaProgram.readingAll(
                call.session(),
                () -> list(call),
                "id",
                "seq",
                "table",
                "from",
                "to",
                "on_update",
                "on_delete",
                "match"));
    pragmas.put("foreign_key_check", ForeignKeyPragmas::checkProgram);
  }

  private static Catalog.@Nullable Located find(PragmaCall call) {
    String schema = call.qualified() ? call.target().name() : null;
    return call.session().schemas().find(schema, call.text());
  }

  private static List<Object @Nullable []> list(PragmaCall call) {
    List<Object @Nullable []> rows = new ArrayList<>();
    Catalog.Located found = call.hasValue() ? find(call) : null;
    if (found == null || !(found.relation() instanceof Table table)) {
      return rows;
    }
    long id = 0;
    for (ForeignKey key : table.foreignKeys()) {
      for (int i = 0; i < key.columns().size(); i++) {
        rows.add(
            new Object @Nullable [] {
              id,
              (long) i,
              key.clause().table().text(),
              table.column(key.columns().get(i)).name(),
              key.clause().columns().isEmpty() ? null : key.clause().columns().get(i).text(),
              key.clause().onUpdate().symbol(),
              key.clause().onDelete().symbol(),
              "NONE"
            });
      }
      id++;
    }
    return rows;
  }

  /** A table of which all foreign keys fit their parents, and how to find these. */
  private record Checked(BoundTable table, List<ForeignKeyPlan.ParentSearch> searches) {}

  /** What does not fit is told before anything is looked at. */
  private static Program checkProgram(PragmaCall call) {
    tablesToCheck(call);
    return PragmaProgram.readingAll(
        call.session(), () -> check(call), "table", "rowid", "parent", "fkid");
  }

  private static List<Checked> tablesToCheck(PragmaCall call) {
    Catalog catalog = call.session().schemas();
    if (call.hasValue()) {
      Catalog.Located found = find(call);
      if (found == null) {
        String schema = call.qualified() ? call.target().name() + "." : "";
        throw new TursoException(ErrorCode.ERROR, "no such table: " + schema + call.text());
      }
      return tablesToCheck(call.session(), found.database(), List.of(found.relation()));
    }
    List<Relation> newestFirst = new ArrayList<>(catalog.schema(call.database()).relations());
    Collections.reverse(newestFirst);
    return tablesToCheck(call.session(), call.database(), newestFirst);
  }

  private static List<Checked> tablesToCheck(
      Session session, int database, List<Relation> relations) {
    BindingContext context = session.compiler().bindingContext();
    List<Checked> checked = new ArrayList<>();
    for (Relation relation : relations) {
      if (relation instanceof Table table && !table.foreignKeys().isEmpty()) {
        Binder binder = new Binder(context);
        BoundTable bound =
            TableBinder.bind(
                binder,
                context.collations(),
                database,
                session.schemas().name(database),
                table,
                session.schemas().schema(database).encoding());
        checked.add(new Checked(bound, new ForeignKeyPlanner(context, binder).checks(bound)));
      }
    }
    return checked;
  }

  private static List<Object @Nullable []> check(PragmaCall call) {
    Session session = call.session();
    List<Object @Nullable []> rows = new ArrayList<>();
    ProgramFrames.runLive(
        session,
        live -> tablesToCheck(call).forEach(checked -> check(session, checked, live, rows)));
    return rows;
  }

  private static void check(
      Session session, Checked checked, Frame live, List<Object @Nullable []> rows) {
    Table table = checked.table().table();
    ForeignKeyCheck check =
        new ForeignKeyCheck(
            checked.table(),
            checked.searches(),
            session.compiler().expressions(),
            live,
            session.context().writer(checked.table().database()));
    for (ForeignKeyCheck.Violation violation : check.run()) {
      String parent = table.foreignKeys().get(violation.key()).clause().table().text();
      rows.add(
          new Object @Nullable [] {
            table.name(), violation.rowid(), parent, (long) violation.key()
          });
    }
  }
}
