package dev.tursojdbc.sql.schema;

import dev.tursojdbc.sql.ast.CreateIndexStatement;
import dev.tursojdbc.sql.ast.CreateTableStatement;
import dev.tursojdbc.sql.ast.CreateTriggerStatement;
import dev.tursojdbc.sql.ast.CreateViewStatement;
import dev.tursojdbc.sql.ast.CreateVirtualTableStatement;
import dev.tursojdbc.sql.ast.Name;
import dev.tursojdbc.sql.ast.Statement;
import dev.tursojdbc.sql.parse.SqlParser;
import dev.tursojdbc.storage.error.CorruptDatabaseException;
import dev.tursojdbc.storage.error.ErrorCode;
import dev.tursojdbc.storage.error.TursoException;
import dev.tursojdbc.storage.record.TextEncoding;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes a {@link Schema} of the rows of sqlite_schema.
 *
 * <p>Rows come in the order of their rowids, and an index usually behind its table; but VACUUM and
 * tools may have shuffled them, so an index whose table is not known yet waits until all are.
 */
public final class SchemaBuilder {
  private final int cookie;
  private final TextEncoding encoding;
  private final boolean temporary;
  private final SchemaFormat format;
  private final boolean checked;
  private final Map<String, Relation> relations = new LinkedHashMap<>();
  private final Map<String, Trigger> triggers = new LinkedHashMap<>();
  private final List<SchemaRow> indexRows = new ArrayList<>();

  /**
   * @param checked whether a row must be a definition, with the type and the names that it says
   */
  public SchemaBuilder(
      int cookie, TextEncoding encoding, boolean temporary, SchemaFormat format, boolean checked) {
    this.checked = checked;
    this.cookie = cookie;
    this.encoding = encoding;
    this.temporary = temporary;
    this.format = format;
    Table schemaTable = SchemaTable.create(temporary);
    relations.put(Names.key(schemaTable.name()), schemaTable);
  }

  /**
   * Adds a row. One that means nothing to SQLite, such as a row without a type, is passed over; so
   * is one whose text is no definition, if the reader is one who may mend it.
   */
  public void add(SchemaRow row) {
    unlessMalformed(() -> addChecked(row));
  }

  private void unlessMalformed(Runnable reading) {
    try {
      reading.run();
    } catch (TursoException malformed) {
      if (checked || malformed.code() != ErrorCode.CORRUPT) {
        throw malformed;
      }
    }
  }

  private void addChecked(SchemaRow row) {
    switch (row.type()) {
      case "table", "view" -> addRelation(row);
      case "index" -> {
        if (relations.get(Names.key(row.table())) instanceof Table) {
          addIndex(row);
        } else {
          indexRows.add(row);
        }
      }
      case "trigger" -> {
        Trigger trigger = trigger(row);
        check(row, "trigger", trigger.name(), trigger.table());
        triggers.put(Names.key(trigger.name()), trigger);
      }
      default -> {
        if (row.sql() != null) {
          throw SchemaErrors.malformed(row.name());
        }
      }
    }
  }

  private void check(SchemaRow row, String type, String name, String table) {
    if (checked
        && !(row.type().equals(type)
            && Names.same(row.name(), name)
            && Names.same(row.table(), table))) {
      throw SchemaErrors.malformed(row.name());
    }
  }

  public Schema build() {
    for (SchemaRow row : indexRows) {
      unlessMalformed(() -> addIndex(row));
    }
    relations.replaceAll(
        (key, relation) -> relation instanceof Table table ? finished(table) : relation);
    return new Schema(cookie, encoding, temporary, relations, triggers, Statistics.NONE);
  }

  private void addRelation(SchemaRow row) {
    Relation relation = relation(row);
    String type = relation instanceof View ? "view" : "table";
    check(row, type, relation.name(), relation.name());
    relations.put(Names.key(relation.name()), relation);
  }

  /** The table or view that a row describes; a table's automatic indexes have no roots yet. */
  public static Relation relation(SchemaRow row) {
    Statement statement = parse(row);
    // The row's name counts, should the text say another.
    if (statement instanceof CreateTableStatement create) {
      try {
        return TableBuilder.build(create, rootPage(row), text(row));
      } catch (TursoException failure) {
        throw malformed(row, failure);
      }
    }
    if (statement instanceof CreateViewStatement create) {
      return new View(
          create.view().name().text(),
          create.columns().stream().map(Name::text).toList(),
          create.query(),
          text(row));
    }
    if (statement instanceof CreateVirtualTableStatement create) {
      return new VirtualTable(
          create.table().name().text(), create.module().text(), create.arguments(), text(row));
    }
    throw SchemaErrors.malformed(row.name());
  }

  public static Trigger trigger(SchemaRow row) {
    if (parse(row) instanceof CreateTriggerStatement create) {
      Name database = create.table().schema();
      return new Trigger(
          create.trigger().name().text(),
          create.table().name().text(),
          database == null ? null : database.text(),
          create,
          text(row));
    }
    throw SchemaErrors.malformed(row.name());
  }

  /** The index that a row describes, of a table that is known. */
  public static Index index(SchemaRow row, Table table) {
    if (parse(row) instanceof CreateIndexStatement create) {
      try {
        return IndexBuilder.build(create, table, rootPage(row), text(row));
      } catch (TursoException failure) {
        throw malformed(row, failure);
      }
    }
    throw SchemaErrors.malformed(row.name());
  }

  /** A table with the root page of one of its automatic indexes. */
  public static Table withAutomaticIndexRoot(Table table, String index, int rootPage) {
    List<Index> indexes = new ArrayList<>(table.indexes().size());
    for (Index each : table.indexes()) {
      indexes.add(Names.same(each.name(), index) ? each.withRootPage(rootPage) : each);
    }
    return table.withIndexes(indexes);
  }

  /** A table with another index, the newest one. */
  public static Table withIndex(Table table, Index index) {
    return table.withIndex(index);
  }

  private void addIndex(SchemaRow row) {
    boolean automatic = row.sql() == null || row.sql().isEmpty();
    if (!(relations.get(Names.key(row.table())) instanceof Table table)) {
      throw automatic
          ? SchemaErrors.malformed(row.name(), "orphan index")
          : SchemaErrors.malformed(row.name());
    }
    Table changed;
    if (automatic) {
      if (table.index(row.name()) == null) {
        throw SchemaErrors.malformed(row.name(), "orphan index");
      }
      changed = withAutomaticIndexRoot(table, row.name(), rootPage(row));
    } else {
      changed = table.withIndex(index(row, table));
    }
    relations.put(Names.key(table.name()), changed);
  }

  private Table finished(Table table) {
    List<Index> indexes = new ArrayList<>(table.indexes().size());
    for (Index index : table.indexes()) {
      if (index.rootPage() == 0) {
        if (!checked) {
          continue;
        }
        throw SchemaErrors.malformed(index.name(), "invalid rootpage");
      }
      indexes.add(format.ordered(index));
    }
    return table.withIndexes(indexes);
  }

  private static Statement parse(SchemaRow row) {
    try {
      Statement statement = SqlParser.parseDefinition(text(row)).statement();
      if (statement == null) {
        throw SchemaErrors.malformed(row.name(), "incomplete input");
      }
      return statement;
    } catch (CorruptDatabaseException failure) {
      throw failure;
    } catch (TursoException failure) {
      throw malformed(row, failure);
    }
  }

  private static TursoException malformed(SchemaRow row, TursoException cause) {
    String message = String.valueOf(cause.getMessage());
    return message.startsWith("malformed database schema")
        ? cause
        : SchemaErrors.malformed(row.name(), message);
  }

  /** The text, which must at least look like CREATE. */
  private static String text(SchemaRow row) {
    @Nullable String sql = row.sql();
    if (sql == null || sql.isEmpty()) {
      throw SchemaErrors.malformed(row.name(), "orphan index");
    }
    if (!Names.startsWith(sql, "cr")) {
      throw SchemaErrors.malformed(row.name());
    }
    return sql;
  }

  private static int rootPage(SchemaRow row) {
    if (row.rootPage() < 0 || row.rootPage() > Integer.MAX_VALUE) {
      throw SchemaErrors.malformed(row.name(), "invalid rootpage");
    }
    return (int) row.rootPage();
  }
}
