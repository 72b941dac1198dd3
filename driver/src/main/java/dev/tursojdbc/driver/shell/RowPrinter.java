package dev.tursojdbc.driver.shell;

import java.io.PrintStream;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Prints a result; nothing at all, if it has no rows. */
interface RowPrinter {
  void print(ResultSet rows, PrintStream out) throws SQLException;
}
