package dev.tursojdbc.sql.schema;

import dev.tursojdbc.sql.ast.CreateIndexStatement;
import dev.tursojdbc.sql.ast.CreateTableStatement;
import dev.tursojdbc.sql.ast.CreateTriggerStatement;
import dev.tursojdbc.sql.ast.CreateViewStatement;
import dev.tursojdbc.sql.ast.CreateVirtualTableStatement;
import dev.tursojdbc.sql.ast.Name;
import dev.tursojdbc.sql.ast.QualifiedName;
import dev.tursojdbc.sql.ast.Statement;
import dev.tursojdbc.sql.parse.ParsedStatement;
import dev.tursojdbc.sql.parse.SqlParser;
import dev.tursojdbc.storage.error.CorruptDatabaseException;
import dev.tursojdbc.storage.error.TursoException;
import dev.tursojdbc.storage.record.TextEncoding;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes a {@link Schema} of the rows of sqlite_schema, which come in the order of their rowids:
 * what a row refers to must be there already.
 *
 * <p>Only the text says what a row is. One that begins with the letters of CREATE is a definition;
 * one without a text gives the root page of an index that a constraint made; everything else is
 * damage. The words for damage, and which of several is told, are SQLite's.
 */
public final class SchemaBuilder {
  private final int cookie;
  private final TextEncoding encoding;
  private final boolean temporary;
  private final SchemaFormat format;
  private final long pageCount;
  private final boolean checked;
  private final Map<String, Relation> relations = new LinkedHashMap<>();
  private final Map<String, Trigger> triggers = new LinkedHashMap<>();

  /** The keys of the tables of all indexes, by the keys of their names. */
  private final Map<String, String> indexTables = new HashMap<>();

  private long largestRootPage;

  /**
   * @param pageCount no root page lies behind it
   * @param checked whether a row that is damaged, or whose type and names are not those of its
   *     text, is a failure; else the former is passed over. So it is for who may write into
   *     sqlite_schema and mend it
   */
  public SchemaBuilder(
      int cookie,
      TextEncoding encoding,
      boolean temporary,
      SchemaFormat format,
      long pageCount,
      boolean checked) {
    this.checked = checked;
    this.cookie = cookie;
    this.encoding = encoding;
    this.temporary = temporary;
    this.format = format;
    this.pageCount = pageCount;
    Table schemaTable = SchemaTable.create(temporary);
    relations.put(Names.key(schemaTable.name()), schemaTable);
  }

  /** Adds a row. */
  public void add(SchemaRow row) {
    largestRootPage = Math.max(largestRootPage, row.rootPage());
    try {
      if (isDefinition(row.sql())) {
        define(row);
      } else {
        setAutomaticRoot(row);
      }
    } catch (TursoException damage) {
      if (checked) {
        throw damage;
      }
    }
  }

  /** Adds a row whose root page is NULL, which none may be. */
  void addRootless(String name) {
    if (checked) {
      throw SchemaErrors.malformed(name);
    }
  }

  long largestRootPage() {
    return largestRootPage;
  }

  public Schema build() {
    return new Schema(cookie, encoding, temporary, relations, triggers, Statistics.NONE);
  }

  /** SQLite looks at two letters, which no other statement begins with. */
  private static boolean isDefinition(@Nullable String sql) {
    return sql != null && sql.regionMatches(true, 0, "cr", 0, 2);
  }

  private void define(SchemaRow row) {
    if (row.rootPage() < 0 || row.rootPage() > pageCount) {
      throw SchemaErrors.malformed(row.name(), "invalid rootpage");
    }
    Statement statement = parse(row);
    if (statement instanceof CreateIndexStatement create) {
      addIndex(row, create);
    } else if (statement instanceof CreateTriggerStatement create) {
      addTrigger(row, create);
    } else {
      addRelation(row, statement);
    }
  }

  private void addRelation(SchemaRow row, Statement statement) {
    QualifiedName name = nameOf(statement);
    if (name == null) {
      throw SchemaErrors.malformed(row.name());
    }
    requireUnqualified(row, name);
    boolean view = statement instanceof CreateViewStatement;
    String text = name.name().text();
    check(row, view ? "view" : "table", text, text);
    Relation known = relations.get(Names.key(text));
    if (known != null) {
      if (!hasIfNotExists(statement)) {
        throw SchemaErrors.malformed(
            row.name(),
            (known instanceof View ? "view " : "table ")
                + name.name().spelled()
                + " already exists");
      }
      return;
    }
    if (indexTables.containsKey(Names.key(text))) {
      throw SchemaErrors.malformed(row.name(), "there is already an index named " + text);
    }
    Relation relation = relation(row, statement);
    if (view && row.rootPage() != 0) {
      throw SchemaErrors.malformed(row.name());
    }
    relations.put(
        Names.key(text), relation instanceof Table table ? withOrderedIndexes(table) : relation);
  }

  private Table withOrderedIndexes(Table table) {
    List<Index> indexes = new ArrayList<>(table.indexes().size());
    for (Index index : table.indexes()) {
      indexes.add(format.ordered(index));
      indexTables.put(Names.key(index.name()), Names.key(table.name()));
    }
    return table.withIndexes(indexes);
  }

  private static @Nullable QualifiedName nameOf(Statement statement) {
    if (statement instanceof CreateTableStatement create) {
      return create.table();
    }
    if (statement instanceof CreateViewStatement create) {
      return create.view();
    }
    return statement instanceof CreateVirtualTableStatement create ? create.table() : null;
  }

  private static boolean hasIfNotExists(Statement statement) {
    return (statement instanceof CreateTableStatement table && table.ifNotExists())
        || (statement instanceof CreateViewStatement view && view.ifNotExists())
        || (statement instanceof CreateVirtualTableStatement virtual && virtual.ifNotExists());
  }

  /** What is stored names no database. */
  private static void requireUnqualified(SchemaRow row, QualifiedName name) {
    if (name.schema() != null) {
      throw SchemaErrors.malformed(row.name(), "corrupt database");
    }
  }

  private void check(SchemaRow row, String type, String name, String table) {
    if (checked
        && !(row.type().equalsIgnoreCase(type)
            && Names.same(row.name(), name)
            && Names.same(row.table(), table))) {
      throw SchemaErrors.malformed(row.name());
    }
  }

  private void addIndex(SchemaRow row, CreateIndexStatement create) {
    requireUnqualified(row, create.index());
    String tableName = create.table().text();
    Relation relation = relations.get(Names.key(tableName));
    if (relation == null) {
      throw noSuchTable(row, tableName);
    }
    if (!(relation instanceof Table table)) {
      throw SchemaErrors.malformed(
          row.name(),
          (relation instanceof View ? "views" : "virtual tables") + " may not be indexed");
    }
    String name = create.index().name().text();
    check(row, "index", name, table.name());
    if (indexTables.containsKey(Names.key(name))) {
      throw SchemaErrors.malformed(row.name(), "index " + name + " already exists");
    }
    Index index = format.ordered(index(row, create, table));
    requireOwnRoot(row, index, table);
    relations.put(Names.key(tableName), table.withIndex(index));
    indexTables.put(Names.key(name), Names.key(tableName));
  }

  private void addTrigger(SchemaRow row, CreateTriggerStatement create) {
    requireUnqualified(row, create.trigger());
    String tableName = create.table().name().text();
    Relation relation = relations.get(Names.key(tableName));
    // One of temp may be on a table of another database.
    if (relation == null && !temporary) {
      throw noSuchTable(row, tableName);
    }
    String name = create.trigger().name().text();
    check(row, "trigger", name, relation == null ? tableName : relation.name());
    if (triggers.containsKey(Names.key(name))) {
      throw SchemaErrors.malformed(
          row.name(), "trigger " + create.trigger().name().spelled() + " already exists");
    }
    triggers.put(Names.key(name), trigger(row, create));
  }

  private static TursoException noSuchTable(SchemaRow row, String table) {
    return SchemaErrors.malformed(row.name(), "no such table: main." + table);
  }

  /** The row of an index that a constraint of its table made. */
  private void setAutomaticRoot(SchemaRow row) {
    String sql = row.sql();
    if (row.name().equals(SchemaRow.NAMELESS) || (sql != null && !sql.isEmpty())) {
      throw SchemaErrors.malformed(row.name());
    }
    Relation relation = relations.get(indexTables.get(Names.key(row.name())));
    Index index = relation instanceof Table table ? table.index(row.name()) : null;
    if (!(relation instanceof Table table) || index == null) {
      throw SchemaErrors.malformed(row.name(), "orphan index");
    }
    boolean possible = row.rootPage() >= 2 && row.rootPage() <= pageCount;
    // An impossible one is not taken, as is one of another index: who reads it sees the damage.
    int root = (int) Math.max(0, Math.min(row.rootPage(), Integer.MAX_VALUE));
    Table changed = withAutomaticIndexRoot(table, row.name(), root);
    relations.put(Names.key(table.name()), changed);
    if (!possible) {
      throw SchemaErrors.malformed(row.name(), "invalid rootpage");
    }
    requireOwnRoot(row, index.withRootPage(root), table);
  }

  private static void requireOwnRoot(SchemaRow row, Index index, Table table) {
    for (Index other : table.indexes()) {
      if (other.rootPage() == index.rootPage() && !Names.same(other.name(), index.name())) {
        throw SchemaErrors.malformed(row.name(), "invalid rootpage");
      }
    }
  }

  /** The table or view that a row describes; a table's automatic indexes have no roots yet. */
  public static Relation relation(SchemaRow row) {
    return relation(row, parse(row));
  }

  private static Relation relation(SchemaRow row, Statement statement) {
    // The row's name counts, should the text say another.
    if (statement instanceof CreateTableStatement create) {
      try {
        return TableBuilder.read(create, rootPage(row), text(row));
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
      return trigger(row, create);
    }
    throw SchemaErrors.malformed(row.name());
  }

  private static Trigger trigger(SchemaRow row, CreateTriggerStatement create) {
    Name database = create.table().schema();
    return new Trigger(
        create.trigger().name().text(),
        create.table().name().text(),
        database == null ? null : database.text(),
        create,
        text(row));
  }

  private static Index index(SchemaRow row, CreateIndexStatement create, Table table) {
    try {
      return IndexBuilder.build(create, table, rootPage(row), text(row));
    } catch (TursoException failure) {
      throw malformed(row, failure);
    }
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

  private static Statement parse(SchemaRow row) {
    try {
      ParsedStatement parsed = SqlParser.parseDefinition(text(row));
      Statement statement = parsed.statement();
      if (statement == null) {
        throw SchemaErrors.malformed(row.name(), "incomplete input");
      }
      if (!parsed.parameterNames().isEmpty()) {
        FileParameters.check(statement);
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
    if (!isDefinition(sql)) {
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
