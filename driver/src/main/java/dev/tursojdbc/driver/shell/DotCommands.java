package dev.tursojdbc.driver.shell;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The commands that begin with a dot. As in SQLite's shell, a part of a name is enough. */
final class DotCommands {
  /** Leaves the shell at once. */
  static final class Exit extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final int status;

    Exit(int status) {
      this.status = status;
    }

    int status() {
      return status;
    }
  }

  private static final int LINE_WIDTH = 80;

  private static final List<String> HELP =
      List.of(
          ".bail on|off             Stop after hitting an error.  Default OFF",
          ".databases               List names and files of attached databases",
          ".dump ?TABLE?            Render database content as SQL",
          ".echo on|off             Turn command echo on or off",
          ".exit ?CODE?             Exit this program with return-code CODE",
          ".headers on|off          Turn display of headers on or off",
          ".help ?PATTERN?          Show help text for PATTERN",
          ".import ?--csv? ?--skip N? FILE TABLE  Import data from FILE into TABLE",
          ".indexes ?TABLE?         Show names of indexes",
          ".mode MODE ?TABLE?       Set output mode: " + OutputMode.names(),
          ".nullvalue STRING        Use STRING in place of NULL values",
          ".print STRING...         Print literal STRING",
          ".quit                    Exit this program",
          ".read FILE               Read input from FILE",
          ".schema ?PATTERN?        Show the CREATE statements matching PATTERN",
          ".separator COL ?ROW?     Change the column and row separators",
          ".show                    Show the current values for various settings",
          ".tables ?PATTERN?        List names of tables matching PATTERN");

  private final Shell shell;

  DotCommands(Shell shell) {
    this.shell = shell;
  }

  private PrintStream out() {
    return shell.out;
  }

  /** Runs a command. @return false if it failed */
  boolean run(String line) throws IOException {
    List<String> words = words(line.substring(1));
    try {
      return run(words);
    } catch (SQLException e) {
      return fail("Error: " + Shell.message(e));
    }
  }

  private boolean run(List<String> words) throws SQLException, IOException {
    int count = words.size();
    switch (commandOf(count == 0 ? "" : words.get(0), count)) {
      case "exit" -> {
        out().flush();
        throw new Exit(count > 1 ? number(words.get(1)) : 0);
      }
      case "quit" -> throw new Exit(0);
      case "help" -> help(argument(words, 1, ""));
      case "mode" -> {
        return mode(words);
      }
      case "headers" -> {
        return onOff(words, "headers");
      }
      case "echo" -> {
        return onOff(words, "echo");
      }
      case "bail" -> {
        return onOff(words, "bail");
      }
      case "nullvalue" -> {
        return nullValue(words);
      }
      case "separator" -> {
        return separator(words);
      }
      case "show" -> show();
      case "print" -> out().print(String.join(" ", words.subList(1, count)) + "\n");
      case "databases" -> databases();
      case "dump" -> new Dump(shell.connection, out()).print(argument(words, 1, "%"));
      case "tables" -> printNames(names("'table', 'view'", "name", argument(words, 1, "%")));
      case "indexes" -> printNames(names("'index'", "tbl_name", argument(words, 1, "%")));
      case "schema" -> schema(argument(words, 1, "%"));
      case "read" -> {
        return read(words);
      }
      case "import" -> {
        return importFile(words);
      }
      default -> {
        return fail(
            "Error: unknown command or invalid arguments:  \""
                + (count == 0 ? "" : words.get(0))
                + "\". Enter \".help\" for help");
      }
    }
    return true;
  }

  /** The whole name of a command, by the shortest beginnings that SQLite's shell takes, too. */
  private static String commandOf(String word, int count) {
    String known =
        switch (word) {
          case "header" -> "headers";
          case "indices", "index" -> "indexes";
          case "q" -> "quit";
          case "e" -> "exit";
          case "h" -> "help";
          default -> word;
        };
    if (known.length() >= 2) {
      for (String line : HELP) {
        String name = line.substring(1, line.indexOf(' '));
        if (name.startsWith(known)) {
          return name;
        }
      }
    }
    return count == 0 ? "" : known;
  }

  private boolean fail(String message) {
    out().flush();
    shell.err.print(message + "\n");
    return false;
  }

  private static String argument(List<String> words, int index, String otherwise) {
    return index < words.size() ? words.get(index) : otherwise;
  }

  private static int number(String text) {
    return text.matches("-?[0-9]{1,9}") ? Integer.parseInt(text) : 0;
  }

  /** Words between blanks; quotes keep blanks, and double quotes allow escapes. */
  private static List<String> words(String line) {
    List<String> words = new ArrayList<>();
    int at = 0;
    while (true) {
      while (at < line.length() && Character.isWhitespace(line.charAt(at))) {
        at++;
      }
      if (at >= line.length()) {
        return words;
      }
      char c = line.charAt(at);
      if (c == '\'' || c == '"') {
        int end = at + 1;
        while (end < line.length() && line.charAt(end) != c) {
          end += c == '"' && line.charAt(end) == '\\' ? 2 : 1;
        }
        end = Math.min(end, line.length());
        String word = line.substring(at + 1, end);
        words.add(c == '"' ? unescaped(word) : word);
        at = end + 1;
      } else {
        int end = at;
        while (end < line.length() && !Character.isWhitespace(line.charAt(end))) {
          end++;
        }
        words.add(unescaped(line.substring(at, end)));
        at = end;
      }
    }
  }

  /** A text with the escapes of C for tab, line ends, quotes and backslash resolved. */
  static String unescaped(String text) {
    StringBuilder result = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' && i + 1 < text.length()) {
        char next = text.charAt(++i);
        c =
            switch (next) {
              case 't' -> '\t';
              case 'n' -> '\n';
              case 'r' -> '\r';
              default -> next;
            };
      }
      result.append(c);
    }
    return result.toString();
  }

  private void help(String pattern) {
    for (String line : HELP) {
      if (line.contains(pattern)) {
        out().print(line + "\n");
      }
    }
  }

  private boolean mode(List<String> words) {
    if (words.size() < 2) {
      out().print("current output mode: " + shell.settings.mode + "\n");
      return true;
    }
    OutputMode mode = OutputMode.find(words.get(1));
    if (mode == null) {
      return fail("Error: mode should be one of: " + OutputMode.names());
    }
    Settings settings = shell.settings;
    settings.setMode(mode);
    settings.insertTable = argument(words, 2, "table");
    if (!settings.headersGiven) {
      settings.headers = mode == OutputMode.COLUMN;
    }
    return true;
  }

  private boolean onOff(List<String> words, String name) {
    if (words.size() != 2) {
      return fail("Usage: ." + name + " on|off");
    }
    boolean on = words.get(1).toLowerCase(Locale.ROOT).matches("on|yes|[1-9][0-9]*");
    switch (name) {
      case "headers" -> {
        shell.settings.headers = on;
        shell.settings.headersGiven = true;
      }
      case "echo" -> shell.settings.echo = on;
      default -> shell.settings.bail = on;
    }
    return true;
  }

  private boolean nullValue(List<String> words) {
    if (words.size() != 2) {
      return fail("Usage: .nullvalue STRING");
    }
    shell.settings.nullValue = words.get(1);
    return true;
  }

  private boolean separator(List<String> words) {
    if (words.size() < 2 || words.size() > 3) {
      return fail("Usage: .separator COL ?ROW?");
    }
    shell.settings.columnSeparator = words.get(1);
    if (words.size() > 2) {
      shell.settings.rowSeparator = words.get(2);
    }
    return true;
  }

  private void show() {
    Settings settings = shell.settings;
    setting("bail", settings.bail ? "on" : "off");
    setting("echo", settings.echo ? "on" : "off");
    setting("headers", settings.headers ? "on" : "off");
    setting("mode", settings.mode.toString());
    setting("nullvalue", '"' + settings.nullValue + '"');
    setting("colseparator", escaped(settings.columnSeparator));
    setting("rowseparator", escaped(settings.rowSeparator));
  }

  private void setting(String name, String value) {
    out().print(" ".repeat(12 - name.length()) + name + ": " + value + "\n");
  }

  private static String escaped(String text) {
    return '"' + text.replace("\t", "\\t").replace("\r", "\\r").replace("\n", "\\n") + '"';
  }

  private void databases() throws SQLException {
    String access = shell.connection.isReadOnly() ? "r/o" : "r/w";
    try (Statement statement = shell.connection.createStatement();
        ResultSet rows = statement.executeQuery("PRAGMA database_list")) {
      while (rows.next()) {
        String file = rows.getString("file");
        String name = rows.getString("name");
        if (!name.equals("temp")) {
          boolean memory = file == null || file.isEmpty();
          out().print(name + ": " + (memory ? "\"\"" : file) + " " + access + "\n");
        }
      }
    }
  }

  /** Names of things in all databases; those outside of main with their database. */
  private List<String> names(String types, String filtered, String pattern) throws SQLException {
    List<String> names = new ArrayList<>();
    List<String> databases = new ArrayList<>();
    try (Statement statement = shell.connection.createStatement();
        ResultSet rows = statement.executeQuery("PRAGMA database_list")) {
      while (rows.next()) {
        databases.add(rows.getString("name"));
      }
    }
    for (String database : databases) {
      String prefix = database.equals("main") ? "" : database + ".";
      try (PreparedStatement statement =
          shell.connection.prepareStatement(
              "SELECT name FROM "
                  + SqlLiteral.quotedName(database)
                  + ".sqlite_schema WHERE type IN ("
                  + types
                  + ") AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND "
                  + filtered
                  + " LIKE ?")) {
        statement.setString(1, pattern);
        try (ResultSet rows = statement.executeQuery()) {
          while (rows.next()) {
            names.add(prefix + rows.getString(1));
          }
        }
      }
    }
    names.sort(null);
    return names;
  }

  /** Prints names in columns from top to bottom, as many as fit into a line. */
  private void printNames(List<String> names) {
    int width = names.stream().mapToInt(String::length).max().orElse(0);
    int columns = Math.max(1, LINE_WIDTH / (width + 2));
    int rows = (names.size() + columns - 1) / columns;
    for (int row = 0; row < rows; row++) {
      for (int i = row; i < names.size(); i += rows) {
        String name = names.get(i);
        out().print((i < rows ? "" : "  ") + name + " ".repeat(width - name.length()));
      }
      out().print("\n");
    }
  }

  private void schema(String pattern) throws SQLException {
    try (PreparedStatement statement =
        shell.connection.prepareStatement(
            "SELECT sql, type, name FROM sqlite_schema WHERE sql IS NOT NULL"
                + " AND tbl_name LIKE ? ESCAPE '\\' ORDER BY rowid")) {
      statement.setString(1, pattern.replace("_", "\\_"));
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          String columns = rows.getString(2).equals("view") ? viewColumns(rows.getString(3)) : "";
          out().print(Dump.schemaLine(rows.getString(1)) + columns + ";\n");
        }
      }
    }
  }

  /** The columns of a view as a comment; nothing for one that does not work any more. */
  private String viewColumns(String view) throws SQLException {
    List<String> names = new ArrayList<>();
    try (ResultSet columns = shell.connection.getMetaData().getColumns(null, null, view, "%")) {
      while (columns.next()) {
        names.add(SqlLiteral.name(columns.getString("COLUMN_NAME")));
      }
    }
    return names.isEmpty()
        ? ""
        : "\n/* " + SqlLiteral.name(view) + "(" + String.join(",", names) + ") */";
  }

  private boolean read(List<String> words) throws IOException {
    if (words.size() != 2) {
      return fail("Usage: .read FILE");
    }
    try (BufferedReader reader = Files.newBufferedReader(Path.of(words.get(1)))) {
      shell.readLines(reader, false);
      return true;
    } catch (NoSuchFileException e) {
      return fail("Error: cannot open \"" + words.get(1) + "\"");
    }
  }

  private boolean importFile(List<String> words) throws SQLException, IOException {
    List<String> names = new ArrayList<>();
    String separator = shell.settings.columnSeparator;
    int skip = 0;
    for (int i = 1; i < words.size(); i++) {
      switch (words.get(i)) {
        case "--csv", "-csv" -> separator = ",";
        case "--skip", "-skip" -> skip = number(argument(words, ++i, "0"));
        default -> names.add(words.get(i));
      }
    }
    if (names.size() != 2 || separator.length() != 1) {
      return fail("Usage: .import ?--csv? ?--skip N? FILE TABLE");
    }
    try {
      new Import(shell.connection, shell.err)
          .run(names.get(0), names.get(1), separator.charAt(0), skip);
      // SQLite's shell reads lines that end either way, and from then on writes the shorter.
      if (shell.settings.rowSeparator.equals("\r\n")) {
        shell.settings.rowSeparator = "\n";
      }
      return true;
    } catch (NoSuchFileException e) {
      return fail("Error: cannot open \"" + names.get(0) + "\"");
    }
  }
}
