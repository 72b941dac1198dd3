/** SQLite's dialect: parser, binder, planner, executor. */
module dev.tursojdbc.sql {
  requires transitive dev.tursojdbc.storage;
  requires org.antlr.antlr4.runtime;
  requires static org.jspecify;

  exports dev.tursojdbc.sql;
}
