package dev.tursojdbc.sql.schema;

import org.jspecify.annotations.Nullable;

/** One row of sqlite_schema. */
public record SchemaRow(
    String type, String name, String table, long rootPage, @Nullable String sql) {}
