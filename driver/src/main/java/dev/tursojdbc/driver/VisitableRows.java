package dev.tursojdbc.driver;

import java.sql.SQLException;

/** A source of rows that can be visited in any order, and more than once. Rows count from 1. */
interface VisitableRows extends RowSource {
  /** Makes a row current. @return whether there is such a row; if not, none is current */
  boolean moveTo(int number) throws SQLException;

  /** How many rows there are; may have to read them all. */
  int count() throws SQLException;
}
