package dev.tursojdbc.sql;

import dev.tursojdbc.sql.schema.Catalog;
import dev.tursojdbc.sql.schema.Names;
import dev.tursojdbc.sql.schema.Relation;
import dev.tursojdbc.sql.schema.Schema;
import java.util.List;

/** DROP of a table or view: its triggers go with it, those in the temporary database, too. */
abstract class DropRelation extends SchemaChange {
  private final Relation relation;
  private final List<Catalog.LocatedTrigger> triggers;

  DropRelation(Session session, Catalog.Located found) {
    super(session, found.database());
    this.relation = found.relation();
    this.triggers = session.schemas().triggersOf(found.database(), relation);
  }

  @Override
  final long otherWrites() {
    return triggers.stream().anyMatch(trigger -> trigger.database() != databaseIndex)
        ? 1L << SessionDatabases.TEMP
        : NO_DATABASE;
  }

  /** Deletes all rows of sqlite_schema that are about the relation. */
  final Schema dropRows(Schema schema, SchemaWriter writer) {
    writer.delete(row -> Names.same(row.table(), relation.name()) && !row.type().equals("trigger"));
    Schema changed = dropTriggers(databaseIndex, schema, writer);
    if (otherWrites() != NO_DATABASE) {
      dropTemporaryTriggers();
    }
    return changed.withoutRelation(relation.name());
  }

  private Schema dropTriggers(int database, Schema schema, SchemaWriter writer) {
    Schema changed = schema;
    for (Catalog.LocatedTrigger located : triggers) {
      if (located.database() == database) {
        String name = located.trigger().name();
        writer.delete(SchemaWriter.named("trigger", name));
        changed = changed.withoutTrigger(name);
      }
    }
    return changed;
  }

  private void dropTemporaryTriggers() {
    SessionDatabase temporary = session.databases().get(SessionDatabases.TEMP);
    Schema schema = temporary.schema();
    SchemaWriter writer = new SchemaWriter(temporary.pager(), schema.encoding());
    Schema changed = dropTriggers(SessionDatabases.TEMP, schema, writer);
    temporary.setOwnSchema(changed.withCookie(temporary.bumpCookie()));
  }
}
