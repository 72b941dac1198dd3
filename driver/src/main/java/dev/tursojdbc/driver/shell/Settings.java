package dev.tursojdbc.driver.shell;

/** What options and dot commands have set. */
final class Settings {
  OutputMode mode = OutputMode.LIST;
  boolean headers;

  /** Whether headers were asked for or declined; else the mode decides. */
  boolean headersGiven;

  String columnSeparator = "|";
  String rowSeparator = "\n";
  String nullValue = "";

  /** The table that the mode insert names. */
  String insertTable = "table";

  boolean echo;

  /** Whether the first error ends the shell. */
  boolean bail;

  /** Changes the mode, and the separators to those that it usually has. */
  void setMode(OutputMode newMode) {
    mode = newMode;
    columnSeparator = newMode.columnSeparator();
    rowSeparator = newMode.rowSeparator();
  }
}
