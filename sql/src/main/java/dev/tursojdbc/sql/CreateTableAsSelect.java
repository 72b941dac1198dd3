package dev.tursojdbc.sql;

import dev.tursojdbc.sql.ast.CreateTableStatement;
import dev.tursojdbc.sql.bind.Binder;
import dev.tursojdbc.sql.bind.BindingContext;
import dev.tursojdbc.sql.bind.BoundQuery;
import dev.tursojdbc.sql.bind.SourceColumn;
import dev.tursojdbc.sql.exec.RunnableQuery;
import dev.tursojdbc.sql.exec.StatementBuilder;
import dev.tursojdbc.sql.parse.Identifiers;
import dev.tursojdbc.sql.plan.Planner;
import dev.tursojdbc.sql.schema.Column;
import dev.tursojdbc.sql.schema.Schema;
import dev.tursojdbc.sql.schema.SchemaBuilder;
import dev.tursojdbc.sql.schema.SchemaRow;
import dev.tursojdbc.sql.schema.Table;
import dev.tursojdbc.sql.value.Affinity;
import dev.tursojdbc.storage.btree.TableTree;
import dev.tursojdbc.storage.record.RecordEncoder;
import dev.tursojdbc.storage.record.Register;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * CREATE TABLE … AS SELECT: a table with the query's columns, whose types are the names of their
 * affinities, and with its rows.
 */
final class CreateTableAsSelect extends SchemaChange {
  /** A text with longer names is broken into lines. */
  private static final int SHORT_TEXT = 50;

  private final String name;
  private final String sql;
  private final RunnableQuery query;
  private final ProgramFrames frames;

  private CreateTableAsSelect(
      Session session,
      int databaseIndex,
      String name,
      String sql,
      RunnableQuery query,
      ProgramFrames frames) {
    super(session, databaseIndex);
    this.name = name;
    this.sql = sql;
    this.query = query;
    this.frames = frames;
  }

  static Program compile(
      Session session, int databaseIndex, CreateTableStatement statement, Register[] parameters) {
    BindingContext context = session.compiler().bindingContext();
    Binder binder = new Binder(context).locating();
    BoundQuery query = binder.query(Objects.requireNonNull(statement.asSelect()));
    String name = statement.table().name().text();
    StatementBuilder builder =
        new StatementBuilder(new Planner(context), session.databases().main().schema().encoding());
    return new CreateTableAsSelect(
        session,
        databaseIndex,
        name,
        text(name, binder, query),
        builder.query(query),
        new ProgramFrames(session, parameters));
  }

  @Override
  long otherReads() {
    return frames.databases();
  }

  @Override
  Schema change(Schema schema, SchemaWriter writer) {
    frames.begin();
    frames.freeze();
    int root = writer.createTableTree();
    SchemaRow row = new SchemaRow("table", name, name, root, sql);
    writer.insert(row);
    Table table = (Table) SchemaBuilder.relation(row);
    try {
      fill(table, writer);
    } finally {
      frames.end();
    }
    return schema.with(table);
  }

  private void fill(Table table, SchemaWriter writer) {
    int count = table.columnCount();
    Register[] values = new Register[count];
    boolean[] real = new boolean[count];
    for (int i = 0; i < count; i++) {
      values[i] = new Register();
      real[i] = table.column(i).affinity() == Affinity.REAL;
    }
    RecordEncoder encoder = new RecordEncoder(writer.encoding());
    TableTree tree = new TableTree(writer.pages(), table.rootPage());
    long rowid = 0;
    query.open(frames.stable());
    while (query.next(frames.stable())) {
      for (int i = 0; i < count; i++) {
        query.column(frames.stable(), i, values[i]);
        Column column = table.column(i);
        column.affinity().apply(values[i]);
      }
      encoder.encode(values, count, real);
      tree.put(++rowid, encoder.buffer(), encoder.size());
    }
  }

  /** The text that sqlite_schema gets. */
  private static String text(String table, Binder binder, BoundQuery query) {
    List<String> names =
        binder.columnsOf(query, List.of()).stream().map(SourceColumn::name).toList();
    int length = identifierLength(table);
    for (String column : names) {
      length += identifierLength(column) + 5;
    }
    boolean isShort = length < SHORT_TEXT;
    StringBuilder text = new StringBuilder("CREATE TABLE ");
    text.append(Identifiers.quoteIfNeeded(table)).append('(');
    for (int i = 0; i < names.size(); i++) {
      text.append(i > 0 ? "," : "").append(isShort ? "" : "\n  ");
      text.append(Identifiers.quoteIfNeeded(names.get(i)));
      text.append(typeName(binder.typeName(query, i)));
    }
    return text.append(isShort ? ")" : "\n)").toString();
  }

  private static int identifierLength(String name) {
    int quotes = (int) name.chars().filter(c -> c == '"').count();
    return name.getBytes(java.nio.charset.StandardCharsets.UTF_8).length + quotes + 2;
  }

  private static String typeName(@Nullable String type) {
    return switch (type == null ? Affinity.BLOB : Affinity.ofType(type)) {
      case TEXT -> " TEXT";
      case NUMERIC -> " NUM";
      case INTEGER -> " INT";
      case REAL -> " REAL";
      case BLOB, NONE -> "";
    };
  }
}
