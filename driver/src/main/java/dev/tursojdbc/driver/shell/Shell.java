package dev.tursojdbc.driver.shell;

import dev.tursojdbc.driver.TursoDriver;
import java.io.BufferedReader;
import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Locale;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * The SQL shell: {@code [options] [database [statement ...]]}. Statements come from the arguments,
 * else from standard input; lines that begin with a dot are commands of the shell. Not interactive,
 * it prints as SQLite's own shell does: list mode, errors on standard error, exit status 1 after an
 * error.
 */
public final class Shell {
  private static final String HELP =
      """
      .dump              the database as SQL
      .exit, .quit       leave
      .headers on|off    column names above list and CSV output
      .help              this text
      .mode MODE         list, column, csv or json
      .schema [TABLE]    CREATE statements
      .tables            names of tables and views
      """;
  private static final String USAGE =
      "usage: java -jar turso-jdbc.jar [-list|-column|-csv|-json] [-header] [database [statement ...]]";

  private final Connection connection;
  private final PrintStream out;
  private final PrintStream err;
  private OutputFormat format = OutputFormat.LIST;
  private boolean headers;
  private boolean failed;

  Shell(Connection connection, PrintStream out, PrintStream err) {
    this.connection = connection;
    this.out = out;
    this.err = err;
  }

  public static void main(String[] arguments) throws IOException {
    PrintStream out =
        new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
    PrintStream err =
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
    int status = run(new ArrayDeque<>(Arrays.asList(arguments)), out, err);
    out.flush();
    System.exit(status);
  }

  private static int run(Deque<String> arguments, PrintStream out, PrintStream err)
      throws IOException {
    OutputFormat format = OutputFormat.LIST;
    boolean headers = false;
    while (!arguments.isEmpty() && arguments.peek().startsWith("-")) {
      String option = arguments.remove().replaceFirst("^--?", "");
      switch (option) {
        case "list", "column", "csv", "json" ->
            format = OutputFormat.valueOf(option.toUpperCase(Locale.ROOT));
        case "header" -> headers = true;
        default -> {
          err.println(USAGE);
          return option.equals("help") ? 0 : 1;
        }
      }
    }
    String database = arguments.isEmpty() ? ":memory:" : arguments.remove();
    try (Connection connection =
        new TursoDriver().connect("jdbc:turso:" + database, new Properties())) {
      Shell shell = new Shell(connection, out, err);
      shell.format = format;
      shell.headers = headers;
      if (arguments.isEmpty()) {
        shell.readInput();
      }
      while (!arguments.isEmpty()) {
        shell.runInput(arguments.remove());
      }
      return shell.failed ? 1 : 0;
    } catch (SQLException e) {
      err.println("Error: " + e.getMessage());
      return 1;
    }
  }

  private void readInput() throws IOException {
    boolean interactive = isTerminal(System.console());
    BufferedReader input =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    if (interactive) {
      out.println("turso-jdbc shell, SQLite's dialect 3.54; .help for commands");
    }
    StringBuilder text = new StringBuilder();
    prompt(interactive, text);
    for (String line = input.readLine(); line != null; line = input.readLine()) {
      if (text.length() == 0 && line.startsWith(".")) {
        if (!runCommand(line.trim())) {
          return;
        }
      } else {
        text.append(line).append('\n');
        if (StatementEnd.isComplete(text)) {
          runSql(text.toString());
          text.setLength(0);
        }
      }
      prompt(interactive, text);
    }
    if (!text.toString().isBlank()) {
      runSql(text.toString());
    }
  }

  /** From Java 22 on there is a console without a terminal, which only a newer method tells. */
  private static boolean isTerminal(@Nullable Console console) {
    if (console == null) {
      return false;
    }
    try {
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (NoSuchMethodException e) {
      return true;
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private void prompt(boolean interactive, CharSequence text) {
    if (interactive) {
      out.print(text.length() == 0 ? "turso> " : "  ...> ");
    }
    out.flush();
  }

  private void runInput(String input) {
    if (input.startsWith(".")) {
      runCommand(input.trim());
    } else {
      runSql(input);
    }
  }

  private void runSql(String sql) {
    try (Statement statement = connection.createStatement()) {
      boolean rows = statement.execute(sql);
      while (rows || statement.getUpdateCount() >= 0) {
        if (rows) {
          try (ResultSet result = statement.getResultSet()) {
            if (PlanTree.isPlan(sql, result)) {
              PlanTree.print(result, out);
            } else {
              format.print(result, headers, out);
            }
          }
        }
        rows = statement.getMoreResults();
      }
    } catch (SQLException e) {
      report(e);
    }
  }

  private void report(SQLException e) {
    out.flush();
    err.println("Error: " + e.getMessage());
    failed = true;
  }

  /** Runs a dot command. @return whether to go on */
  private boolean runCommand(String line) {
    String[] words = line.split("\\s+");
    String argument = words.length > 1 ? words[1] : "";
    try {
      switch (words[0]) {
        case ".exit", ".quit" -> {
          return false;
        }
        case ".help" -> out.print(HELP);
        case ".mode" -> format = OutputFormat.valueOf(argument.toUpperCase(Locale.ROOT));
        case ".headers", ".header" -> headers = argument.equals("on");
        case ".tables" ->
            printLines(
                "SELECT name FROM sqlite_schema WHERE type IN ('table', 'view')"
                    + " AND name NOT LIKE 'sqlite_%' ORDER BY name");
        case ".schema" -> printLines(schemaQuery(argument));
        case ".dump" -> new Dump(connection, out).print();
        default -> {
          err.println("Error: unknown command: " + words[0] + "; .help lists them");
          failed = true;
        }
      }
    } catch (IllegalArgumentException e) {
      err.println("Error: unknown mode: " + argument);
      failed = true;
    } catch (SQLException e) {
      report(e);
    }
    return true;
  }

  private static String schemaQuery(String table) {
    String all = "SELECT sql || ';' FROM sqlite_schema WHERE sql IS NOT NULL";
    return table.isEmpty()
        ? all + " AND name NOT LIKE 'sqlite_%' ORDER BY rowid"
        : all + " AND lower(tbl_name) = lower('" + table.replace("'", "''") + "') ORDER BY rowid";
  }

  private void printLines(String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        out.println(rows.getString(1));
      }
    }
  }
}
