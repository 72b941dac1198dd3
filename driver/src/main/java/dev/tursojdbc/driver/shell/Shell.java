package dev.tursojdbc.driver.shell;

import dev.tursojdbc.api.TursoError;
import dev.tursojdbc.driver.TursoDriver;
import java.io.BufferedReader;
import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * The SQL shell: {@code [options] [database [statement ...]]}. Statements come from the arguments,
 * else from standard input; lines that begin with a dot are commands of the shell. Not interactive,
 * it prints as SQLite's own shell does: list mode, errors on standard error.
 *
 * <p>The exit status is 0, or 1 after an error. An error in an argument ends the shell with its
 * result code.
 */
public final class Shell {
  /** The first words of an error, of compiling and of running. */
  private record Place(String compiling, String running) {
    static final Place ARGUMENT = new Place("Error: in prepare, ", "Error: stepping, ");

    static Place line(int number) {
      return new Place(
          "Parse error near line " + number + ": ", "Runtime error near line " + number + ": ");
    }
  }

  /** How much of a statement is shown beside the place of an error. */
  private static final int CONTEXT_BEFORE = 50;

  private static final int CONTEXT_LENGTH = 78;
  private static final int ARROW_LENGTH = 14;

  final Connection connection;
  final PrintStream out;
  final PrintStream err;
  final Settings settings;
  private final DotCommands commands = new DotCommands(this);
  private boolean failed;

  private Shell(Connection connection, PrintStream out, PrintStream err, Settings settings) {
    this.connection = connection;
    this.out = out;
    this.err = err;
    this.settings = settings;
  }

  public static void main(String[] arguments) throws IOException {
    PrintStream out =
        new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
    PrintStream err =
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
    int status = run(arguments, System.in, out, err);
    out.flush();
    System.exit(status);
  }

  /** Runs as a process would. @return the exit status */
  static int run(String[] words, InputStream in, PrintStream out, PrintStream err)
      throws IOException {
    Options options = new Options();
    Deque<String> arguments = new ArrayDeque<>(Arrays.asList(words));
    if (!options.read(arguments, out, err)) {
      return options.status();
    }
    String database = arguments.isEmpty() ? ":memory:" : arguments.remove();
    String url = "jdbc:turso:" + database + (options.isReadOnly() ? "?open_mode=1" : "");
    try (Connection connection = new TursoDriver().connect(url, new Properties())) {
      Shell shell = new Shell(connection, out, err, options.settings());
      try {
        int status = shell.runArguments(options.commands());
        if (status == 0 && arguments.isEmpty()) {
          shell.readInput(in);
        } else if (status == 0) {
          status = shell.runArguments(arguments);
        }
        return status == 0 && shell.failed ? 1 : status;
      } catch (DotCommands.Exit exit) {
        return exit.status();
      }
    } catch (SQLException e) {
      return refuse(database, e, err);
    }
  }

  private static int refuse(String database, SQLException e, PrintStream err) {
    if (e.getErrorCode() == 14) {
      err.print("Error: unable to open database \"" + database + "\": " + e.getMessage() + "\n");
      return 1;
    }
    err.print(Place.ARGUMENT.compiling + message(e) + "\n");
    return Math.max(1, e.getErrorCode());
  }

  /** Runs statements and commands one after the other, to the first error. */
  private int runArguments(Iterable<String> arguments) throws IOException {
    for (String argument : arguments) {
      if (argument.startsWith(".")) {
        if (!commands.run(argument)) {
          return 1;
        }
      } else {
        int status = runText(argument, Place.ARGUMENT);
        if (status != 0) {
          return status;
        }
      }
    }
    return 0;
  }

  private void readInput(InputStream in) throws IOException {
    boolean interactive = in == System.in && isTerminal(System.console());
    if (interactive) {
      out.println("turso-jdbc shell, SQLite's dialect; enter .help for commands");
    }
    readLines(new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)), interactive);
  }

  /** Runs the lines of a file or of standard input. */
  void readLines(BufferedReader input, boolean interactive) throws IOException {
    StringBuilder text = new StringBuilder();
    int lineNumber = 0;
    int startLine = 1;
    prompt(interactive, text);
    for (String line = input.readLine(); line != null; line = input.readLine()) {
      lineNumber++;
      if (text.length() == 0 && line.startsWith(".")) {
        echo(line);
        failed |= !commands.run(line);
      } else if (text.length() > 0 || !StatementEnd.isBlank(line, 0)) {
        startLine = text.length() == 0 ? lineNumber : startLine;
        text.append(line).append('\n');
        // Only what ends with a statement runs; until then it is cheap to wait for more.
        if (line.indexOf(';') >= 0 && isComplete(text.toString())) {
          runEchoed(text.toString(), Place.line(startLine));
          text.setLength(0);
        }
      }
      if (failed && settings.bail && !interactive) {
        return;
      }
      prompt(interactive, text);
    }
    if (!StatementEnd.isBlank(text.toString(), 0)) {
      runEchoed(text.substring(0, text.length() - 1), Place.line(startLine));
    }
  }

  private static boolean isComplete(String text) {
    int at = 0;
    while (!StatementEnd.isBlank(text, at)) {
      at = StatementEnd.find(text, at);
      if (at < 0) {
        return false;
      }
    }
    return true;
  }

  private void runEchoed(String text, Place place) {
    echo(text.stripTrailing());
    failed |= runText(text, place) != 0;
  }

  private void echo(String text) {
    if (settings.echo) {
      out.print(text + "\n");
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
    if (interactive || text.length() == 0) {
      out.flush();
    }
  }

  /** Runs the statements of a text up to the first error. @return its result code, or 0 */
  private int runText(String text, Place place) {
    int at = 0;
    while (!StatementEnd.isBlank(text, at)) {
      int end = StatementEnd.find(text, at);
      int next = end < 0 ? text.length() : end;
      int start = at;
      while (start < next && text.charAt(start) <= ' ') {
        start++;
      }
      int status = runStatement(text, start, next, place);
      if (status != 0) {
        return status;
      }
      at = next;
    }
    return 0;
  }

  private int runStatement(String text, int start, int end, Place place) {
    PreparedStatement statement;
    try {
      statement = connection.prepareStatement(text.substring(start, end));
    } catch (SQLException e) {
      int offset = e instanceof TursoError error ? error.sqlOffset() : -1;
      return report(place.compiling, e, offset < 0 ? "" : context(text.substring(start), offset));
    }
    try (statement) {
      for (int i = statement.getParameterMetaData().getParameterCount(); i > 0; i--) {
        statement.setNull(i, Types.NULL);
      }
      if (statement.execute()) {
        try (ResultSet rows = statement.getResultSet()) {
          if (PlanTree.isPlan(text.substring(start, end), rows)) {
            PlanTree.print(rows, out);
          } else {
            settings.mode.printer(settings).print(rows, out);
          }
        }
      }
      return 0;
    } catch (SQLException e) {
      return report(place.running, e, "");
    }
  }

  private int report(String start, SQLException e, String context) {
    out.flush();
    err.print(start + message(e) + context + "\n");
    return Math.max(1, e.getErrorCode());
  }

  /** The message, with the result code if there is one that says more than ERROR. */
  static String message(SQLException e) {
    return e.getErrorCode() > 1 ? e.getMessage() + " (" + e.getErrorCode() + ")" : e.getMessage();
  }

  /** The statement around an error, and an arrow below it. */
  private static String context(String sql, int offset) {
    int skipped = Math.max(0, offset - CONTEXT_BEFORE);
    String shown = sql.substring(skipped, Math.min(sql.length(), skipped + CONTEXT_LENGTH));
    int arrow = offset - skipped;
    String below =
        arrow < 25
            ? " ".repeat(arrow) + "^--- error here"
            : " ".repeat(arrow - ARROW_LENGTH) + "error here ---^";
    return "\n  " + shown.stripTrailing().replaceAll("\\s", " ") + "\n  " + below;
  }
}
