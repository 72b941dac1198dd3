package dev.tursojdbc.sql.schema;

/** What can stand after FROM under a name of its own: tables and views share their names. */
public sealed interface Relation permits Table, View, VirtualTable {
  String name();

  /** Text in sqlite_schema. */
  String sql();
}
