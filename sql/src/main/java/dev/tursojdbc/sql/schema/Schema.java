package dev.tursojdbc.sql.schema;

import dev.tursojdbc.storage.record.TextEncoding;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that one database contains, at one committed state or inside one transaction that changes it.
 *
 * <p>Immutable. Its identity, not its cookie, says whether a plan still holds: cookies recur after
 * a rolled-back change.
 */
public final class Schema {
  private final int cookie;
  private final TextEncoding encoding;
  private final boolean temporary;
  private final Map<String, Relation> relations;
  private final Map<String, Index> indexes;
  private final Map<String, Trigger> triggers;
  private final Statistics statistics;

  Schema(
      int cookie,
      TextEncoding encoding,
      boolean temporary,
      Map<String, Relation> relations,
      Map<String, Trigger> triggers,
      Statistics statistics) {
    this.cookie = cookie;
    this.encoding = encoding;
    this.temporary = temporary;
    this.relations = relations;
    this.triggers = triggers;
    this.statistics = statistics;
    this.indexes = new LinkedHashMap<>();
    for (Relation relation : relations.values()) {
      if (relation instanceof Table table) {
        for (Index index : table.indexes()) {
          indexes.put(Names.key(index.name()), index);
        }
      }
    }
  }

  /** A database without anything but its schema table. */
  public static Schema empty(int cookie, TextEncoding encoding, boolean temporary) {
    Table schemaTable = SchemaTable.create(temporary);
    Map<String, Relation> relations = new LinkedHashMap<>();
    relations.put(Names.key(schemaTable.name()), schemaTable);
    return new Schema(cookie, encoding, temporary, relations, Map.of(), Statistics.NONE);
  }

  /** The schema cookie of the database header when this was read. */
  public int cookie() {
    return cookie;
  }

  public TextEncoding encoding() {
    return encoding;
  }

  public boolean isTemporary() {
    return temporary;
  }

  public @Nullable Relation relation(String name) {
    Relation relation = relations.get(Names.key(name));
    if (relation == null && Names.startsWith(name, "sqlite_")) {
      return relations.get(Names.key(SchemaTable.canonicalName(name, temporary)));
    }
    return relation;
  }

  public @Nullable Table table(String name) {
    return relation(name) instanceof Table table ? table : null;
  }

  public @Nullable Index index(String name) {
    return indexes.get(Names.key(name));
  }

  public @Nullable Trigger trigger(String name) {
    return triggers.get(Names.key(name));
  }

  /** Tables, views and virtual tables in the order of sqlite_schema, the schema table first. */
  public Collection<Relation> relations() {
    return Collections.unmodifiableCollection(relations.values());
  }

  public Collection<Trigger> triggers() {
    return Collections.unmodifiableCollection(triggers.values());
  }

  /** The triggers on a table or view, the newest first, as SQLite fires them. */
  public List<Trigger> triggersOf(String relation) {
    List<Trigger> result = new ArrayList<>();
    for (Trigger trigger : triggers.values()) {
      if (Names.same(trigger.table(), relation)) {
        result.add(0, trigger);
      }
    }
    return result;
  }

  /** A foreign key and the table whose rows refer by it. */
  public record Reference(Table child, ForeignKey key) {}

  /** The foreign keys that refer to a table, the newest first, as SQLite looks at them. */
  public List<Reference> referencesTo(String parent) {
    List<Reference> references = new ArrayList<>();
    for (Relation relation : relations.values()) {
      if (relation instanceof Table child) {
        int count = references.size();
        for (ForeignKey key : child.foreignKeys()) {
          if (Names.same(key.clause().table().text(), parent)) {
            references.add(references.size() - count, new Reference(child, key));
          }
        }
      }
    }
    return references;
  }

  /** What ANALYZE found out. */
  public Statistics statistics() {
    return statistics;
  }

  public Schema withCookie(int newCookie) {
    return new Schema(newCookie, encoding, temporary, relations, triggers, statistics);
  }

  public Schema with(Relation relation) {
    Map<String, Relation> changed = new LinkedHashMap<>(relations);
    changed.put(Names.key(relation.name()), relation);
    return new Schema(cookie, encoding, temporary, changed, triggers, statistics);
  }

  public Schema with(Index index) {
    Table table = table(index.table());
    if (table == null) {
      throw new IllegalStateException("no table " + index.table());
    }
    return with(table.withIndex(index));
  }

  public Schema with(Trigger trigger) {
    Map<String, Trigger> changed = new LinkedHashMap<>(triggers);
    changed.put(Names.key(trigger.name()), trigger);
    return new Schema(cookie, encoding, temporary, relations, changed, statistics);
  }

  /** Without a table or view and its indexes. */
  public Schema withoutRelation(String name) {
    Map<String, Relation> changed = new LinkedHashMap<>(relations);
    Relation gone = changed.remove(Names.key(name));
    Statistics rest = gone instanceof Table table ? statistics.without(table) : statistics;
    return new Schema(cookie, encoding, temporary, changed, triggers, rest);
  }

  public Schema withoutIndex(String name) {
    Index index = index(name);
    Table table = index == null ? null : table(index.table());
    return table == null
        ? this
        : with(table.withoutIndex(name)).withStatistics(statistics.withoutIndex(name));
  }

  public Schema withoutTrigger(String name) {
    Map<String, Trigger> others = new LinkedHashMap<>(triggers);
    others.remove(Names.key(name));
    return new Schema(cookie, encoding, temporary, relations, others, statistics);
  }

  public Schema withStatistics(Statistics newStatistics) {
    return new Schema(cookie, encoding, temporary, relations, triggers, newStatistics);
  }
}
