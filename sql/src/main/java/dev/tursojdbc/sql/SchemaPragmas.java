package dev.tursojdbc.sql;

import dev.tursojdbc.sql.bind.Binder;
import dev.tursojdbc.sql.bind.BoundQuery;
import dev.tursojdbc.sql.bind.SourceColumn;
import dev.tursojdbc.sql.function.AggregateFunction;
import dev.tursojdbc.sql.function.CompileOptions;
import dev.tursojdbc.sql.function.FunctionFlag;
import dev.tursojdbc.sql.function.FunctionRegistry;
import dev.tursojdbc.sql.function.SqlFunction;
import dev.tursojdbc.sql.function.TableFunction;
import dev.tursojdbc.sql.function.TableFunctions;
import dev.tursojdbc.sql.schema.Catalog;
import dev.tursojdbc.sql.schema.Column;
import dev.tursojdbc.sql.schema.Index;
import dev.tursojdbc.sql.schema.IndexColumn;
import dev.tursojdbc.sql.schema.Names;
import dev.tursojdbc.sql.schema.Relation;
import dev.tursojdbc.sql.schema.SchemaTable;
import dev.tursojdbc.sql.schema.Table;
import dev.tursojdbc.sql.schema.TableHashOrder;
import dev.tursojdbc.sql.schema.View;
import dev.tursojdbc.storage.error.TursoException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Pragmas that describe what the databases contain. */
final class SchemaPragmas {
  private SchemaPragmas() {}

  static void register(Map<String, Function<PragmaCall, Program>> pragmas) {
    pragmas.put(
        "table_info",
        call ->
            reading(
                call,
                () -> tableInfo(call, false),
                "cid",
                "name",
                "type",
                "notnull",
                "dflt_value",
                "pk"));
    pragmas.put(
        "table_xinfo",
        call ->
            reading(
                call,
                () -> tableInfo(call, true),
                "cid",
                "name",
                "type",
                "notnull",
                "dflt_value",
                "pk",
                "hidden"));
    pragmas.put(
        "table_list",
        call ->
            reading(call, () -> tableList(call), "schema", "name", "type", "ncol", "wr", "strict"));
    pragmas.put(
        "index_list",
        call -> reading(call, () -> indexList(call), "seq", "name", "unique", "origin", "partial"));
    pragmas.put(
        "index_info", call -> reading(call, () -> indexInfo(call, false), "seqno", "cid", "name"));
    pragmas.put(
        "index_xinfo",
        call ->
            reading(
                call, () -> indexInfo(call, true), "seqno", "cid", "name", "desc", "coll", "key"));
    pragmas.put(
        "database_list",
        call -> PragmaProgram.of(() -> databaseList(call.session()), "seq", "name", "file"));
    pragmas.put(
        "collation_list",
        call -> PragmaProgram.of(() -> collationList(call.session()), "seq", "name"));
    pragmas.put(
        "function_list",
        call ->
            PragmaProgram.of(
                () -> functionList(call.session()),
                "name",
                "builtin",
                "type",
                "enc",
                "narg",
                "flags"));
    pragmas.put("module_list", call -> PragmaProgram.of(SchemaPragmas::moduleList, "name"));
    pragmas.put(
        "compile_options",
        call -> PragmaProgram.of(SchemaPragmas::compileOptions, "compile_options"));
  }

  private static Program reading(
      PragmaCall call, Supplier<List<Object @Nullable []>> work, String... columns) {
    return PragmaProgram.readingAll(call.session(), work, columns);
  }

  private static @Nullable String schemaName(PragmaCall call) {
    return call.qualified() ? call.target().name() : null;
  }

  private static @Nullable Relation relation(PragmaCall call) {
    Catalog.Located found = call.session().schemas().find(schemaName(call), call.text());
    return found == null ? null : found.relation();
  }

  private static List<Object @Nullable []> tableInfo(PragmaCall call, boolean extended) {
    Catalog.Located found =
        call.hasValue() ? call.session().schemas().find(schemaName(call), call.text()) : null;
    Relation relation = found == null ? null : found.relation();
    List<Object @Nullable []> rows = new ArrayList<>();
    if (relation instanceof Table table) {
      for (int i = 0; i < table.columnCount(); i++) {
        Column column = table.column(i);
        if (extended || !column.isGenerated()) {
          rows.add(
              row(
                  extended,
                  (long) rows.size(),
                  column.name(),
                  column.declaredType() == null ? "" : column.declaredType(),
                  column.notNull() == null ? 0L : 1L,
                  column.defaultText(),
                  (long) column.primaryKeyNumber(),
                  hidden(column)));
        }
      }
    } else if (found != null && relation instanceof View view) {
      int i = 0;
      for (ViewColumn column : viewColumns(call.session(), found.database(), view)) {
        rows.add(row(extended, (long) i++, column.name(), column.type(), 0L, null, 0L, 0L));
      }
    } else if (relation == null) {
      TableFunction function = TableFunctions.find(call.text());
      if (function != null) {
        functionInfo(function, extended, rows);
      }
    }
    return rows;
  }

  private static void functionInfo(
      TableFunction function, boolean extended, List<Object @Nullable []> rows) {
    for (TableFunction.Column column : function.columns()) {
      if (extended || !column.hidden()) {
        String type = column.declaredType() == null ? "" : column.declaredType();
        rows.add(
            row(
                extended,
                (long) rows.size(),
                column.name(),
                type,
                0L,
                null,
                0L,
                column.hidden() ? 1L : 0L));
      }
    }
  }

  private static Object @Nullable [] row(boolean extended, @Nullable Object... values) {
    return extended ? values : Arrays.copyOf(values, values.length - 1);
  }

  private static long hidden(Column column) {
    return switch (column.generation()) {
      case NONE -> 0;
      case VIRTUAL -> 2;
      case STORED -> 3;
    };
  }

  /** A column of a view. */
  private record ViewColumn(String name, String type) {}

  private static List<ViewColumn> viewColumns(Session session, int database, View view) {
    Binder binder = new Binder(session.compiler().bindingContext()).within(database);
    BoundQuery query = binder.query(view.query());
    List<ViewColumn> result = new ArrayList<>();
    if (!view.columns().isEmpty() && view.columns().size() != query.columns().size()) {
      view.columns().forEach(name -> result.add(new ViewColumn(name, "")));
      return result;
    }
    List<SourceColumn> columns = binder.columnsOf(query, view.columns());
    for (int i = 0; i < columns.size(); i++) {
      String type = binder.typeName(query, i);
      result.add(new ViewColumn(columns.get(i).name(), type == null ? "" : type));
    }
    return result;
  }

  private static List<Object @Nullable []> tableList(PragmaCall call) {
    List<Object @Nullable []> rows = new ArrayList<>();
    Catalog catalog = call.session().schemas();
    for (int i = 0; i < catalog.count(); i++) {
      if (call.qualified() && i != call.database()) {
        continue;
      }
      for (Relation relation : TableHashOrder.of(catalog.schema(i))) {
        String name = displayName(relation, i);
        if (!call.hasValue() || Names.same(relation.name(), call.text())) {
          rows.add(tableListRow(call.session(), i, catalog.name(i), name, relation));
        }
      }
    }
    return rows;
  }

  private static String displayName(Relation relation, int database) {
    if (!SchemaTable.is(relation)) {
      return relation.name();
    }
    return database == Catalog.TEMP ? "sqlite_temp_schema" : "sqlite_schema";
  }

  private static Object @Nullable [] tableListRow(
      Session session, int database, String schema, String name, Relation relation) {
    if (relation instanceof Table table) {
      return new Object[] {
        schema,
        name,
        "table",
        (long) table.columnCount(),
        table.isWithoutRowid() ? 1L : 0L,
        table.isStrict() ? 1L : 0L
      };
    }
    if (relation instanceof View view) {
      return new Object[] {schema, name, "view", viewColumnCount(session, database, view), 0L, 0L};
    }
    return new Object[] {schema, name, "virtual", 0L, 0L, 0L};
  }

  /** A view that does not work any more has no columns. */
  private static long viewColumnCount(Session session, int database, View view) {
    try {
      return viewColumns(session, database, view).size();
    } catch (TursoException broken) {
      return 0;
    }
  }

  private static List<Object @Nullable []> indexList(PragmaCall call) {
    List<Object @Nullable []> rows = new ArrayList<>();
    if (call.hasValue() && relation(call) instanceof Table table) {
      for (Index index : table.indexes()) {
        rows.add(
            new Object[] {
              (long) rows.size(),
              index.name(),
              index.isUnique() ? 1L : 0L,
              index.origin().letter(),
              index.isPartial() ? 1L : 0L
            });
      }
    }
    return rows;
  }

  private static List<Object @Nullable []> indexInfo(PragmaCall call, boolean extended) {
    List<Object @Nullable []> rows = new ArrayList<>();
    Catalog.LocatedIndex found = call.session().schemas().findIndex(schemaName(call), call.text());
    Table table = found == null ? null : found.table();
    Index index = found == null ? null : found.index();
    if (index == null && relation(call) instanceof Table named && named.isWithoutRowid()) {
      table = named;
      index = named.primaryKey();
    }
    if (table == null || index == null) {
      return rows;
    }
    int count = extended ? index.columns().size() : index.keyColumnCount();
    for (int i = 0; i < count; i++) {
      IndexColumn column = index.column(i);
      String name = column.column() < 0 ? null : table.column(column.column()).name();
      long cid = column.column();
      rows.add(
          extended
              ? new Object @Nullable [] {
                (long) i,
                cid,
                name,
                column.descending() ? 1L : 0L,
                column.collation(),
                i < index.keyColumnCount() ? 1L : 0L
              }
              : new Object @Nullable [] {(long) i, cid, name});
    }
    return rows;
  }

  private static List<Object @Nullable []> databaseList(Session session) {
    List<Object @Nullable []> rows = new ArrayList<>();
    List<SessionDatabase> open = session.databases().open();
    for (int i = 0; i < open.size(); i++) {
      if (open.get(i).isOpen()) {
        rows.add(new Object[] {(long) i, open.get(i).name(), open.get(i).path()});
      }
    }
    return rows;
  }

  private static List<Object @Nullable []> collationList(Session session) {
    List<String> names = new ArrayList<>(session.definitions().collationNames());
    names.addAll(List.of("RTRIM", "NOCASE", "BINARY"));
    List<Object @Nullable []> rows = new ArrayList<>();
    for (String name : names) {
      rows.add(new Object[] {(long) rows.size(), name});
    }
    return rows;
  }

  private static List<Object @Nullable []> functionList(Session session) {
    List<Object @Nullable []> rows = new ArrayList<>();
    for (SqlFunction function : FunctionRegistry.builtIns().all()) {
      for (long count : argumentCounts(function)) {
        rows.add(functionRow(function, FunctionRegistry.isOwn(function) ? 1 : 0, count));
      }
    }
    for (SqlFunction function : session.definitions().allFunctions()) {
      rows.add(functionRow(function, 0, function.argumentCount()));
    }
    return rows;
  }

  private static Object @Nullable [] functionRow(SqlFunction function, long builtIn, long count) {
    String type =
        function.flags().contains(FunctionFlag.WINDOW)
            ? "w"
            : function instanceof AggregateFunction ? "a" : "s";
    return new Object[] {function.name(), builtIn, type, "utf8", count, flags(function)};
  }

  /** Each number of arguments; of a function that takes any from N on, -2-N, or -1 if N is 0. */
  private static List<Long> argumentCounts(SqlFunction function) {
    int least = 0;
    while (!function.accepts(least)) {
      least++;
    }
    if (function.accepts(Integer.MAX_VALUE)) {
      // min(X) and max(X) are there as aggregates, too.
      boolean isExtreme = function.flags().contains(FunctionFlag.NEEDS_COLLATION);
      return List.of(least == 0 ? -1L : isExtreme ? -3L : -2L - least);
    }
    List<Long> counts = new ArrayList<>();
    for (int count = least; function.accepts(count); count++) {
      counts.add((long) count);
    }
    return counts;
  }

  private static long flags(SqlFunction function) {
    boolean isDeterministic =
        function.flags().contains(FunctionFlag.DETERMINISTIC)
            || function.flags().contains(FunctionFlag.DETERMINISTIC_BUT_FOR_NOW);
    long bits = isDeterministic ? 0x800 : 0;
    bits |= function.flags().contains(FunctionFlag.INNOCUOUS) ? 0x200000 : 0;
    bits |= function.flags().contains(FunctionFlag.SUBTYPE) ? 0x100000 : 0;
    bits |= function.flags().contains(FunctionFlag.DIRECT_ONLY) ? 0x80000 : 0;
    return bits;
  }

  private static List<Object @Nullable []> moduleList() {
    List<Object @Nullable []> rows = new ArrayList<>();
    for (String name : TableFunctions.modules()) {
      rows.add(new Object[] {name});
    }
    return rows;
  }

  private static List<Object @Nullable []> compileOptions() {
    List<Object @Nullable []> rows = new ArrayList<>();
    for (String option : CompileOptions.ALL) {
      rows.add(new Object[] {option});
    }
    return rows;
  }
}
