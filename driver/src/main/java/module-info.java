/** The JDBC driver {@code jdbc:turso:}. */
module dev.tursojdbc.driver {
  requires transitive java.sql;
  requires dev.tursojdbc.sql;
  requires dev.tursojdbc.storage;
  requires static org.jspecify;

  exports dev.tursojdbc.api;
  exports dev.tursojdbc.driver;

  provides java.sql.Driver with
      dev.tursojdbc.driver.TursoDriver;
}
