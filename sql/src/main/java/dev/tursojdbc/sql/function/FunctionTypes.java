package dev.tursojdbc.sql.function;

import java.util.List;

/** What built-in functions give; see {@link ValueType}. */
public final class FunctionTypes {
  private FunctionTypes() {}

  /**
   * The type of what a function gives.
   *
   * @param arguments the types of its arguments
   */
  public static ValueType of(SqlFunction function, List<ValueType> arguments) {
    if (!(function instanceof BuiltInFunction)) {
      return ValueType.ANY;
    }
    ValueType first = arguments.isEmpty() ? ValueType.ANY : arguments.get(0);
    return switch (function.name()) {
      case "like", "glob", "regexp", "match", "sign", "json_valid", "sqlite_compileoption_used" ->
          ValueType.INTEGER;
      case "count",
          "row_number",
          "rank",
          "dense_rank",
          "ntile",
          "length",
          "octet_length",
          "instr",
          "unicode",
          "random",
          "changes",
          "total_changes",
          "last_insert_rowid",
          "unixepoch",
          "json_array_length",
          "json_error_position" ->
          ValueType.BIGINT;
      case "avg",
          "total",
          "percent_rank",
          "cume_dist",
          "julianday",
          "round",
          "sqrt",
          "exp",
          "ln",
          "log",
          "log2",
          "log10",
          "pow",
          "power",
          "mod",
          "pi",
          "degrees",
          "radians",
          "sin",
          "cos",
          "tan",
          "asin",
          "acos",
          "atan",
          "atan2",
          "sinh",
          "cosh",
          "tanh",
          "asinh",
          "acosh",
          "atanh" ->
          ValueType.DOUBLE;
      case "lower",
          "upper",
          "replace",
          "trim",
          "ltrim",
          "rtrim",
          "hex",
          "quote",
          "char",
          "printf",
          "format",
          "concat",
          "concat_ws",
          "group_concat",
          "string_agg",
          "typeof",
          "date",
          "time",
          "datetime",
          "strftime",
          "timediff",
          "current_date",
          "current_time",
          "current_timestamp",
          "soundex",
          "sqlite_version",
          "sqlite_source_id",
          "sqlite_compileoption_get",
          "json",
          "json_array",
          "json_object",
          "json_insert",
          "json_replace",
          "json_set",
          "json_remove",
          "json_patch",
          "json_pretty",
          "json_quote",
          "json_type",
          "json_group_array",
          "json_group_object",
          "->" ->
          ValueType.TEXT;
      case "zeroblob", "randomblob", "unhex", "jsonb", "jsonb_array", "jsonb_object" ->
          ValueType.BLOB;
      case "substr", "substring" -> first == ValueType.BLOB ? first : ValueType.TEXT;
      case "sum", "abs", "ceil", "ceiling", "floor", "trunc" ->
          first.isWhole() ? ValueType.BIGINT : first.isNumber() ? first : ValueType.NUMERIC;
      case "min", "max" -> arguments.stream().reduce(ValueType.NULL, ValueType::or);
      case "nullif",
          "likely",
          "unlikely",
          "likelihood",
          "lag",
          "lead",
          "first_value",
          "last_value",
          "nth_value" ->
          first;
      default -> ValueType.ANY;
    };
  }
}
