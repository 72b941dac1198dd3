package dev.tursojdbc.sql.schema;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The databases that a statement can name: 0 is main, 1 is temp, from 2 on those attached.
 *
 * <p>A name without a database is looked for in temp, then main, then in the order of attachment.
 *
 * <p>It notes in which databases something was found: a statement that is compiled against a
 * catalog of its own needs snapshots of these only.
 */
public final class Catalog {
  public static final int MAIN = 0;
  public static final int TEMP = 1;

  private final List<Entry> databases;

  /** One bit for each database that was looked into with success. */
  private long used;

  /**
   * One database under the name that this connection gave it.
   *
   * @param name main, temp, or what stood behind ATTACH … AS
   */
  public record Entry(String name, Schema schema) {}

  /** A table or view and the database it is in. */
  public record Located(int database, Relation relation) {}

  /** An index, its table and the database they are in. */
  public record LocatedIndex(int database, Table table, Index index) {}

  public Catalog(List<Entry> databases) {
    this.databases = List.copyOf(databases);
  }

  /** The same databases, of which none was looked into yet. */
  public Catalog forStatement() {
    return new Catalog(databases);
  }

  /** The databases in which something was found, one bit each. */
  public long used() {
    return used;
  }

  /** Takes all databases for used: what is compiled may look at any of them. */
  public void useAll() {
    used = -1;
  }

  public List<Entry> databases() {
    return databases;
  }

  public Schema schema(int database) {
    return databases.get(database).schema();
  }

  public String name(int database) {
    return databases.get(database).name();
  }

  public int count() {
    return databases.size();
  }

  /** The database of a name, or -1. */
  public int find(String name) {
    for (int i = databases.size() - 1; i >= 0; i--) {
      if (Names.same(databases.get(i).name(), name)) {
        return i;
      }
    }
    return Names.same(name, "main") ? MAIN : -1;
  }

  /** A table or view; null if there is none, or no such database. */
  public @Nullable Located find(@Nullable String database, String name) {
    if (database != null) {
      int index = find(database);
      return index < 0 ? null : in(index, name);
    }
    if (SchemaTable.isMainName(name)) {
      return in(MAIN, name);
    }
    if (SchemaTable.isTemporaryName(name)) {
      return in(TEMP, name);
    }
    for (int index : searchOrder()) {
      Located located = in(index, name);
      if (located != null) {
        return located;
      }
    }
    return null;
  }

  private @Nullable Located in(int database, String name) {
    if (database >= databases.size()) {
      return null;
    }
    Relation relation = schema(database).relation(name);
    if (relation == null) {
      return null;
    }
    used |= 1L << database;
    return new Located(database, relation);
  }

  public @Nullable LocatedIndex findIndex(@Nullable String database, String name) {
    for (int i : database == null ? searchOrder() : List.of(find(database))) {
      Index index = i < 0 ? null : schema(i).index(name);
      Table table = index == null ? null : schema(i).table(index.table());
      if (index != null && table != null) {
        used |= 1L << i;
        return new LocatedIndex(i, table, index);
      }
    }
    return null;
  }

  /** A trigger and the database it is in. */
  public record LocatedTrigger(int database, Trigger trigger) {}

  /**
   * The triggers that changes of a relation fire, as SQLite orders them: those of temp on a
   * relation of another database, the oldest first; then those of the relation's own, the newest
   * first.
   */
  public List<LocatedTrigger> triggersOf(int database, Relation relation) {
    List<LocatedTrigger> triggers = new ArrayList<>();
    if (database != TEMP && databases.size() > TEMP) {
      for (Trigger trigger : TableHashOrder.ofTriggers(schema(TEMP))) {
        if (Names.same(trigger.table(), relation.name()) && isOn(trigger, database)) {
          used |= 1L << TEMP;
          triggers.add(0, new LocatedTrigger(TEMP, trigger));
        }
      }
    }
    for (Trigger trigger : schema(database).triggersOf(relation.name())) {
      if (database != TEMP || isOn(trigger, TEMP)) {
        triggers.add(new LocatedTrigger(database, trigger));
      }
    }
    return triggers;
  }

  /** Whether the table of a trigger in temp is the one in that database. */
  private boolean isOn(Trigger trigger, int database) {
    Located located = find(trigger.tableDatabase(), trigger.table());
    return located != null && located.database() == database;
  }

  /** Temp, main, then the attached ones. */
  public List<Integer> searchOrder() {
    List<Integer> order = new ArrayList<>(databases.size());
    if (databases.size() > TEMP) {
      order.add(TEMP);
    }
    for (int i = 0; i < databases.size(); i++) {
      if (i != TEMP) {
        order.add(i);
      }
    }
    return order;
  }
}
