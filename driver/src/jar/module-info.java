/**
 * The JDBC driver {@code jdbc:turso:}, whole: what is compiled as several modules is one in the
 * jar.
 */
module dev.tursojdbc {
  requires transitive java.sql;

  exports dev.tursojdbc.api;
  exports dev.tursojdbc.driver;

  provides java.sql.Driver with
      dev.tursojdbc.driver.TursoDriver;
}
