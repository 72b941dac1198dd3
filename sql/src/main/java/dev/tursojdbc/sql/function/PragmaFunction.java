package dev.tursojdbc.sql.function;

import dev.tursojdbc.storage.record.Register;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * {@code pragma_table_info('t')} and its like: what a pragma answers, as rows.
 *
 * <p>Only pragmas that change nothing are such functions. What the pragma takes behind its name is
 * the hidden column {@code arg}, the database before it {@code schema}; which of the two there are
 * is as in SQLite.
 */
final class PragmaFunction implements TableFunction {
  static final String PREFIX = "pragma_";

  private static final int TWENTY = 43;
  private static final int TWENTY_FIVE = 46;
  private static final int TWO_BILLION = 310;

  private static final Map<String, PragmaFunction> BY_NAME = new TreeMap<>();

  static {
    with(false, false, "collation_list", "seq", "name");
    with(false, false, "database_list", "seq", "name", "file");
    with(false, false, "function_list", "name", "builtin", "type", "enc", "narg", "flags");
    with(false, false, "module_list", "name");
    with(false, false, "pragma_list", "name");
    with(false, false, "compile_options", "compile_options");
    with(false, false, "busy_timeout", "timeout");
    with(false, true, "default_cache_size", "cache_size");
    with(true, true, "foreign_key_check", "table", "rowid", "parent", "fkid");
    with(
        true,
        true,
        "foreign_key_list",
        "id",
        "seq",
        "table",
        "from",
        "to",
        "on_update",
        "on_delete",
        "match");
    with(true, true, "index_info", "seqno", "cid", "name");
    with(true, true, "index_xinfo", "seqno", "cid", "name", "desc", "coll", "key");
    with(true, true, "index_list", "seq", "name", "unique", "origin", "partial");
    with(true, true, "integrity_check", "integrity_check");
    with(true, true, "quick_check", "quick_check");
    with(true, true, "table_info", "cid", "name", "type", "notnull", "dflt_value", "pk");
    with(true, true, "table_xinfo", "cid", "name", "type", "notnull", "dflt_value", "pk", "hidden");
    with(true, false, "table_list", "schema", "name", "type", "ncol", "wr", "strict");
    with(true, false, "optimize", "optimize");
    for (String name :
        List.of(
            "auto_vacuum",
            "cache_size",
            "cache_spill",
            "journal_mode",
            "journal_size_limit",
            "locking_mode",
            "max_page_count",
            "page_count",
            "page_size",
            "synchronous")) {
      with(false, true, name, name);
    }
    for (String name :
        List.of(
            "analysis_limit",
            "application_id",
            "automatic_index",
            "cell_size_check",
            "checkpoint_fullfsync",
            "count_changes",
            "data_version",
            "defer_foreign_keys",
            "empty_result_callbacks",
            "encoding",
            "foreign_keys",
            "freelist_count",
            "full_column_names",
            "fullfsync",
            "hard_heap_limit",
            "ignore_check_constraints",
            "legacy_alter_table",
            "query_only",
            "read_uncommitted",
            "recursive_triggers",
            "reverse_unordered_selects",
            "schema_version",
            "secure_delete",
            "short_column_names",
            "soft_heap_limit",
            "temp_store",
            "threads",
            "trusted_schema",
            "user_version",
            "writable_schema")) {
      with(false, false, name, name);
    }
  }

  private final String pragma;
  private final boolean hasArgument;
  private final boolean hasSchema;
  private final List<Column> columns;

  private PragmaFunction(
      String pragma, boolean hasArgument, boolean hasSchema, List<Column> columns) {
    this.pragma = pragma;
    this.hasArgument = hasArgument;
    this.hasSchema = hasSchema;
    this.columns = columns;
  }

  private static void with(boolean argument, boolean schema, String pragma, String... names) {
    List<Column> columns = new ArrayList<>();
    for (String name : names) {
      columns.add(new Column(name, null, false));
    }
    if (argument) {
      columns.add(new Column("arg", "", true));
    }
    if (schema) {
      columns.add(new Column("schema", "", true));
    }
    BY_NAME.put(
        PREFIX + pragma, new PragmaFunction(pragma, argument, schema, List.copyOf(columns)));
  }

  static @Nullable PragmaFunction find(String name) {
    return BY_NAME.get(name);
  }

  @Override
  public String name() {
    return PREFIX + pragma;
  }

  @Override
  public List<Column> columns() {
    return columns;
  }

  @Override
  public Estimate estimate(int given) {
    if (!hasArgument && !hasSchema) {
      return new Estimate(0, TWENTY_FIVE, 0);
    }
    return (given & 1) != 0
        ? new Estimate(TWENTY, TWENTY, 0)
        : new Estimate(TWO_BILLION, TWO_BILLION, 0);
  }

  @Override
  public Rows rows() {
    return new PragmaRows();
  }

  private final class PragmaRows implements Rows {
    private List<@Nullable Object[]> rows = List.of();
    private int number;
    private @Nullable Register[] given = new Register[0];

    @Override
    public void open(FunctionContext context, @Nullable Register[] arguments) {
      given = arguments;
      number = 0;
      rows =
          context.pragma(
              pragma,
              hasArgument ? text(arguments[0]) : null,
              hasSchema ? text(arguments[hasArgument ? 1 : 0]) : null);
    }

    private static @Nullable String text(@Nullable Register value) {
      if (value == null || value.isNull()) {
        return null;
      }
      Register text = Arguments.text(value);
      return new String(text.bytes, text.offset, text.length, StandardCharsets.UTF_8);
    }

    @Override
    public boolean next() {
      number++;
      return number <= rows.size();
    }

    @Override
    public long rowid() {
      return number;
    }

    @Override
    public void column(int column, Register result) {
      int own = columns.size() - given.length;
      if (column >= own) {
        Register argument = given[column - own];
        if (argument == null) {
          result.setNull();
        } else {
          result.set(argument);
        }
        return;
      }
      Object value = rows.get(number - 1)[column];
      if (value == null) {
        result.setNull();
      } else if (value instanceof Number integer) {
        result.setInteger(integer.longValue());
      } else {
        result.setText(value.toString().getBytes(StandardCharsets.UTF_8));
      }
    }
  }
}
