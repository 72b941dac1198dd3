package dev.tursojdbc.driver.shell;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How the shell prints a result. */
enum OutputMode {
  BOX,
  COLUMN,
  CSV,
  INSERT,
  JSON,
  LINE,
  LIST,
  MARKDOWN,
  QUOTE,
  TABLE,
  TABS;

  /** The mode of a name, or null. */
  static @Nullable OutputMode find(String name) {
    for (OutputMode mode : values()) {
      if (mode.toString().equals(name)) {
        return mode;
      }
    }
    return null;
  }

  static String names() {
    return Arrays.stream(values()).map(OutputMode::toString).collect(Collectors.joining(" "));
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  String columnSeparator() {
    return switch (this) {
      case CSV, QUOTE -> ",";
      case TABS -> "\t";
      default -> "|";
    };
  }

  String rowSeparator() {
    return this == CSV ? "\r\n" : "\n";
  }

  RowPrinter printer(Settings settings) {
    return switch (this) {
      case LIST, TABS, CSV, QUOTE -> new SeparatedPrinter(settings);
      case COLUMN, BOX, TABLE, MARKDOWN -> new TablePrinter(settings);
      case LINE -> new LinePrinter(settings);
      case INSERT -> new InsertPrinter(settings);
      case JSON -> new JsonPrinter();
    };
  }
}
