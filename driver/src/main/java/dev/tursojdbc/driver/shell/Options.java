package dev.tursojdbc.driver.shell;

import dev.tursojdbc.driver.TursoDriver;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The options before the name of the database. */
final class Options {
  private static final String USAGE =
      """
      Usage: java -jar turso-jdbc.jar [OPTIONS] [FILENAME [SQL...]]
      FILENAME is the name of a SQLite database; it is made if it does not exist.
      OPTIONS include:
         -bail                stop after hitting an error
         -box, -column, -csv, -json, -line, -list, -markdown, -quote, -table, -tabs
                              set the output mode
         -cmd COMMAND         run "COMMAND" before reading stdin
         -echo                print commands before they run
         -[no]header          turn headers on or off
         -help                show this message
         -newline SEP         set the output row separator
         -nullvalue TEXT      set the text for NULL
         -readonly            open the database read-only
         -separator SEP       set the output column separator
         -version             show the version
      """;

  private final Settings settings = new Settings();
  private final List<String> commands = new ArrayList<>();
  private boolean readOnly;
  private int status;

  Settings settings() {
    return settings;
  }

  /** What {@code -cmd} gave. */
  List<String> commands() {
    return commands;
  }

  boolean isReadOnly() {
    return readOnly;
  }

  /** The exit status, if there is nothing to run. */
  int status() {
    return status;
  }

  /** Takes the options from the arguments. @return whether there is something to run */
  boolean read(Deque<String> arguments, PrintStream out, PrintStream err) {
    while (!arguments.isEmpty() && arguments.peek().startsWith("-")) {
      String option = arguments.remove().replaceFirst("^--?", "");
      if (option.equals("help")) {
        out.print(USAGE);
        return false;
      }
      if (option.equals("version")) {
        out.print("turso-jdbc " + new TursoDriver().getMajorVersion());
        out.print("." + new TursoDriver().getMinorVersion() + "\n");
        return false;
      }
      if (!flag(option) && !setting(option, arguments)) {
        err.print("turso-jdbc: Error: unknown option: -" + option + "\n");
        err.print("Use -help for a list of options.\n");
        status = 1;
        return false;
      }
    }
    return true;
  }

  private boolean flag(String option) {
    OutputMode mode = OutputMode.find(option);
    if (mode != null) {
      settings.setMode(mode);
      settings.rowSeparator = "\n";
      return true;
    }
    switch (option) {
      case "bail" -> settings.bail = true;
      case "echo" -> settings.echo = true;
      case "readonly" -> readOnly = true;
      case "header", "noheader" -> {
        settings.headers = option.equals("header");
        settings.headersGiven = true;
      }
      // What this shell does by itself.
      case "batch", "interactive" -> {}
      default -> {
        return false;
      }
    }
    return true;
  }

  private boolean setting(String option, Deque<String> arguments) {
    String value = arguments.peek();
    if (value == null) {
      return false;
    }
    switch (option) {
      case "cmd" -> commands.add(value);
      case "separator" -> settings.columnSeparator = DotCommands.unescaped(value);
      case "newline" -> settings.rowSeparator = DotCommands.unescaped(value);
      case "nullvalue" -> settings.nullValue = value;
      default -> {
        return false;
      }
    }
    arguments.remove();
    return true;
  }
}
