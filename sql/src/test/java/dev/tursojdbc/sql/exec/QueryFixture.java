package dev.tursojdbc.sql.exec;

import dev.tursojdbc.sql.ast.SelectStatement;
import dev.tursojdbc.sql.ast.Statement;
import dev.tursojdbc.sql.bind.Binder;
import dev.tursojdbc.sql.bind.BindingContext;
import dev.tursojdbc.sql.bind.BoundQuery;
import dev.tursojdbc.sql.bind.CollationLookup;
import dev.tursojdbc.sql.bind.ResultColumn;
import dev.tursojdbc.sql.function.FunctionContext;
import dev.tursojdbc.sql.function.FunctionRegistry;
import dev.tursojdbc.sql.parse.SqlParser;
import dev.tursojdbc.sql.plan.Planner;
import dev.tursojdbc.sql.schema.Catalog;
import dev.tursojdbc.sql.schema.Schema;
import dev.tursojdbc.sql.schema.SchemaBuilder;
import dev.tursojdbc.sql.schema.SchemaFormat;
import dev.tursojdbc.sql.schema.SchemaRow;
import dev.tursojdbc.storage.btree.TableCursor;
import dev.tursojdbc.storage.file.FileSystem;
import dev.tursojdbc.storage.file.OperatingSystemFileSystem;
import dev.tursojdbc.storage.page.PageSource;
import dev.tursojdbc.storage.pager.DatabaseFile;
import dev.tursojdbc.storage.pager.OpenOptions;
import dev.tursojdbc.storage.pager.Pager;
import dev.tursojdbc.storage.record.Collation;
import dev.tursojdbc.storage.record.RecordReader;
import dev.tursojdbc.storage.record.Register;
import dev.tursojdbc.storage.record.StorageClass;
import dev.tursojdbc.storage.record.TextEncoding;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A database that SQLite wrote to a file, read by this engine's queries; and the same database in
 * SQLite's memory, to compare with.
 */
final class QueryFixture implements AutoCloseable, ExecutionContext, FunctionContext {
  private final Connection reference;
  private final Pager pager;
  private final Catalog catalog;
  long budget = 1 << 26;

  QueryFixture(Path directory, String... script) {
    try {
      Path file = directory.resolve("fixture.db");
      try (Connection writer = DriverManager.getConnection("jdbc:sqlite:" + file)) {
        run(writer, "PRAGMA journal_mode = WAL");
        run(writer, script);
      }
      reference = DriverManager.getConnection("jdbc:sqlite::memory:");
      run(reference, script);
      pager =
          DatabaseFile.connect(
              OperatingSystemFileSystem.INSTANCE, file.toString(), OpenOptions.DEFAULT);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    pager.beginRead();
    Schema temp = Schema.empty(0, TextEncoding.UTF8, true);
    catalog =
        new Catalog(
            List.of(new Catalog.Entry("main", readSchema()), new Catalog.Entry("temp", temp)));
  }

  private static void run(Connection connection, String... script) throws SQLException {
    try (java.sql.Statement statement = connection.createStatement()) {
      for (String sql : script) {
        statement.execute(sql);
      }
    }
  }

  private Schema readSchema() {
    SchemaBuilder builder =
        new SchemaBuilder(1, TextEncoding.UTF8, false, SchemaFormat.newest(), Long.MAX_VALUE, true);
    TableCursor cursor = new TableCursor(pager, 1);
    RecordReader reader = new RecordReader(TextEncoding.UTF8);
    for (boolean more = cursor.first(); more; more = cursor.next()) {
      byte[] record = cursor.payload();
      reader.attach(record, 0, record.length);
      Register[] values = Registers.of(5);
      for (int i = 0; i < 5; i++) {
        reader.read(i, values[i]);
      }
      builder.add(
          new SchemaRow(
              text(values[0]),
              text(values[1]),
              text(values[2]),
              values[3].integer,
              values[4].isNull() ? null : text(values[4])));
    }
    return builder.build();
  }

  private static String text(Register value) {
    return new String(value.bytes, value.offset, value.length, StandardCharsets.UTF_8);
  }

  private BindingContext context() {
    return new BindingContext(catalog, FunctionRegistry.builtIns(), CollationLookup.BUILT_IN, true);
  }

  private BoundQuery bind(String sql) {
    Statement statement = SqlParser.parse(sql, 0).statement();
    if (!(statement instanceof SelectStatement select)) {
      throw new IllegalArgumentException("no query: " + sql);
    }
    return new Binder(context()).query(select);
  }

  List<String> columnNames(String sql) {
    return bind(sql).columns().stream().map(ResultColumn::name).toList();
  }

  List<@Nullable String> declaredTypes(String sql) {
    List<@Nullable String> types = new ArrayList<>();
    bind(sql).columns().forEach(column -> types.add(column.declaredType()));
    return types;
  }

  /** The rows that this engine answers, values joined by {@code |}. */
  List<String> rows(String sql, Object... parameters) {
    Register[] values = Registers.of(parameters.length);
    for (int i = 0; i < parameters.length; i++) {
      set(values[i], parameters[i]);
    }
    Frame frame = new Frame(this, values);
    RunnableQuery query =
        new StatementBuilder(new Planner(context()), TextEncoding.UTF8).query(bind(sql));
    List<String> rows = new ArrayList<>();
    Register value = new Register();
    frame.begin();
    query.open(frame);
    while (query.next(frame)) {
      StringBuilder row = new StringBuilder();
      for (int i = 0; i < query.columnCount(); i++) {
        query.column(frame, i, value);
        row.append(i == 0 ? "" : "|").append(show(value));
      }
      rows.add(row.toString());
    }
    frame.end();
    return rows;
  }

  private static void set(Register register, Object value) {
    if (value instanceof Number number && !(value instanceof Double)) {
      register.setInteger(number.longValue());
    } else if (value instanceof Double real) {
      register.setReal(real);
    } else {
      register.setText(value.toString().getBytes(StandardCharsets.UTF_8));
    }
  }

  private static String show(Register value) {
    return switch (value.type) {
      case StorageClass.INTEGER -> Long.toString(value.integer);
      case StorageClass.REAL -> Double.toString(value.real);
      case StorageClass.TEXT -> "'" + text(value) + "'";
      case StorageClass.BLOB ->
          "x" + HexFormat.of().formatHex(value.bytes, value.offset, value.offset + value.length);
      default -> "NULL";
    };
  }

  /** The rows that SQLite answers, in the same form; or its message. */
  List<String> expected(String sql, Object... parameters) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (java.sql.PreparedStatement statement = reference.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      try (ResultSet result = statement.executeQuery()) {
        int count = result.getMetaData().getColumnCount();
        while (result.next()) {
          StringBuilder row = new StringBuilder();
          for (int i = 1; i <= count; i++) {
            row.append(i == 1 ? "" : "|").append(show(result.getObject(i)));
          }
          rows.add(row.toString());
        }
      }
    }
    return rows;
  }

  private static String show(@Nullable Object value) {
    if (value == null) {
      return "NULL";
    }
    if (value instanceof byte[] bytes) {
      return "x" + HexFormat.of().formatHex(bytes);
    }
    return value instanceof String ? "'" + value + "'" : value.toString();
  }

  @Override
  public PageSource pages(int database) {
    return pager;
  }

  @Override
  public FunctionContext functions() {
    return this;
  }

  @Override
  public void checkInterrupted() {}

  @Override
  public FileSystem temporaryFiles() {
    return OperatingSystemFileSystem.INSTANCE;
  }

  @Override
  public long memoryBudget() {
    return budget;
  }

  @Override
  public Collation collation() {
    return Collation.BINARY;
  }

  @Override
  public long currentTimeMillis() {
    return 0;
  }

  @Override
  public long lastInsertRowid() {
    return 0;
  }

  @Override
  public long changes() {
    return 0;
  }

  @Override
  public long totalChanges() {
    return 0;
  }

  @Override
  public long random() {
    return 4;
  }

  @Override
  public int lengthLimit() {
    return 1_000_000_000;
  }

  @Override
  public void close() throws SQLException {
    pager.endRead();
    pager.close();
    reference.close();
  }
}
