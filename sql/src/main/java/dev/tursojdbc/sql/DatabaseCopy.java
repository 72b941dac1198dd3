package dev.tursojdbc.sql;

import dev.tursojdbc.sql.ast.CreateIndexStatement;
import dev.tursojdbc.sql.ast.CreateTableStatement;
import dev.tursojdbc.sql.ast.Statement;
import dev.tursojdbc.sql.exec.EvaluatorBuilder;
import dev.tursojdbc.sql.exec.IndexFiller;
import dev.tursojdbc.sql.exec.TreeCopy;
import dev.tursojdbc.sql.parse.SqlParser;
import dev.tursojdbc.sql.plan.BoundTable;
import dev.tursojdbc.sql.plan.TableBinder;
import dev.tursojdbc.sql.schema.Index;
import dev.tursojdbc.sql.schema.IndexBuilder;
import dev.tursojdbc.sql.schema.Names;
import dev.tursojdbc.sql.schema.Schema;
import dev.tursojdbc.sql.schema.SchemaBuilder;
import dev.tursojdbc.sql.schema.SchemaFormat;
import dev.tursojdbc.sql.schema.SchemaLoader;
import dev.tursojdbc.sql.schema.SchemaRow;
import dev.tursojdbc.sql.schema.Table;
import dev.tursojdbc.storage.error.ErrorCode;
import dev.tursojdbc.storage.error.TursoException;
import dev.tursojdbc.storage.page.DatabaseHeader;
import dev.tursojdbc.storage.pager.Pager;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Copies a database, object by object, into one that is empty: the tables, then the indexes, then
 * what has no tree, in the order of sqlite_schema. So its pages lie in order, and none is free.
 *
 * <p>Records are copied as they are. The rowids of a table stay if they have a name or an index, or
 * if the caller wants so; else the rows are counted anew, as in SQLite.
 */
final class DatabaseCopy {
  private static final int[] KEPT_FIELDS = {
    DatabaseHeader.DEFAULT_CACHE_SIZE_OFFSET,
    DatabaseHeader.USER_VERSION_OFFSET,
    DatabaseHeader.APPLICATION_ID_OFFSET
  };

  private final Session session;
  private final int databaseIndex;
  private final Pager source;
  private final Schema schema;
  private final Pager target;
  private final SchemaWriter writer;
  private final TreeCopy records;
  private final boolean keepsRowids;

  /** The tables of the copy by the keys of their names, in the order in which they were made. */
  private final Map<String, Table> tables = new LinkedHashMap<>();

  /**
   * @param target is in a write transaction
   */
  DatabaseCopy(Session session, int databaseIndex, Pager target, boolean keepsRowids) {
    SessionDatabase database = session.databases().get(databaseIndex);
    this.session = session;
    this.databaseIndex = databaseIndex;
    this.source = database.pager();
    this.schema = database.schema();
    this.target = target;
    this.writer = new SchemaWriter(target, schema.encoding());
    this.records = new TreeCopy(source, target, session.context()::checkInterrupted);
    this.keepsRowids = keepsRowids;
  }

  void run() {
    SchemaFormat.settle(target, schema.encoding());
    for (int field : KEPT_FIELDS) {
      target.setHeaderValue(field, source.headerValue(field));
    }
    target.setHeaderValue(
        SchemaLoader.COOKIE_OFFSET, source.headerValue(SchemaLoader.COOKIE_OFFSET) + 1);
    List<SchemaWriter.Located> rows = new SchemaWriter(source, schema.encoding()).rows();
    rows.forEach(located -> createTable(located.row()));
    rows.forEach(located -> createIndex(located.row()));
    for (Table table : tables.values()) {
      copy(known(schema.table(table.name()), table.name()), table);
    }
    rows.forEach(located -> copyDefinition(located.row()));
  }

  /** Somebody may have edited the texts in sqlite_schema so that they do not fit together. */
  private static Table known(@Nullable Table table, String name) {
    if (table == null) {
      throw new TursoException(ErrorCode.ERROR, "no such table: " + name);
    }
    return table;
  }

  private static @Nullable Statement statement(SchemaRow row) {
    String sql = row.sql();
    return sql == null || sql.isEmpty() ? null : SqlParser.parse(sql, 0).statement();
  }

  private void createTable(SchemaRow row) {
    if (row.type().equals("table")
        && !Names.same(row.name(), CreateTable.SEQUENCE_TABLE)
        && statement(row) instanceof CreateTableStatement create) {
      Table table = CreateTable.create(create, String.valueOf(row.sql()), writer);
      tables.put(Names.key(table.name()), table);
      if (table.isAutoincrement() && !tables.containsKey(CreateTable.SEQUENCE_TABLE)) {
        tables.put(CreateTable.SEQUENCE_TABLE, CreateTable.createSequenceTable(writer));
      }
    }
  }

  private void createIndex(SchemaRow row) {
    if (row.type().equals("index") && statement(row) instanceof CreateIndexStatement create) {
      String key = Names.key(create.table().text());
      Table table = known(tables.get(key), create.table().text());
      int root = writer.createIndexTree();
      Index index = IndexBuilder.build(create, table, root, String.valueOf(row.sql()));
      writer.insert(new SchemaRow("index", row.name(), row.table(), root, row.sql()));
      tables.put(key, SchemaBuilder.withIndex(table, index));
    }
  }

  /** Views, triggers and virtual tables. */
  private void copyDefinition(SchemaRow row) {
    if (row.rootPage() == 0 && !row.type().equals("index")) {
      writer.insert(row);
    }
  }

  private void copy(Table from, Table to) {
    if (to.hasRowid()) {
      boolean counts = !keepsRowids && to.rowidColumn() < 0 && to.indexes().isEmpty();
      records.rows(from.rootPage(), to.rootPage(), counts);
    }
    for (Index index : to.indexes()) {
      Index old = from.index(index.name());
      if (old != null && hasEntriesOf(old, index)) {
        copyEntries(old, index, to.isStoredIn(index));
      } else {
        fill(to, index);
      }
    }
  }

  private static boolean hasEntriesOf(Index old, Index index) {
    return old.columns().equals(index.columns())
        && Objects.equals(old.predicate(), index.predicate())
        && (old.isUnique() || !index.isUnique());
  }

  /** An index that was defined otherwise until now. */
  private void fill(Table table, Index index) {
    BoundTable bound = session.compiler().bind(databaseIndex, table, schema.encoding());
    EvaluatorBuilder expressions = session.compiler().expressions();
    ProgramFrames.runLive(
        session, live -> IndexFiller.fill(bound, index.name(), expressions, live, target));
  }

  private void copyEntries(Index from, Index to, boolean areRows) {
    records.entries(
        from.rootPage(),
        to.rootPage(),
        TableBinder.keyOrder(to, session.compiler().collations(), schema.encoding()),
        areRows ? to.keyColumnCount() : to.columns().size(),
        schema.encoding());
  }
}
