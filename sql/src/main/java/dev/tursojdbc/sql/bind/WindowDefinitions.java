package dev.tursojdbc.sql.bind;

import dev.tursojdbc.sql.ast.Name;
import dev.tursojdbc.sql.ast.NamedWindow;
import dev.tursojdbc.sql.ast.WindowDefinition;
import dev.tursojdbc.sql.schema.Names;
import java.util.ArrayList;
import java.util.List;

/**
 * The windows that a WINDOW clause names. A window may extend one that stands before it; an OVER
 * may extend any, or be one as it is. What nobody uses is not bound, but extended it is.
 */
final class WindowDefinitions {
  static final WindowDefinitions NONE = new WindowDefinitions();

  /** With nothing left to extend. */
  private final List<NamedWindow> windows = new ArrayList<>();

  private WindowDefinitions() {}

  static WindowDefinitions of(List<NamedWindow> written) {
    if (written.isEmpty()) {
      return NONE;
    }
    WindowDefinitions definitions = new WindowDefinitions();
    for (NamedWindow window : written) {
      // SQLite does not look at what the first one extends.
      WindowDefinition definition =
          definitions.windows.isEmpty()
              ? window.definition()
              : definitions.extended(window.definition());
      definitions.windows.add(new NamedWindow(window.name(), definition));
    }
    return definitions;
  }

  /** What an OVER says, with nothing left to look up. */
  WindowDefinition resolve(WindowDefinition over) {
    Name base = over.base();
    return over.isReference() && base != null ? find(base) : extended(over);
  }

  private WindowDefinition extended(WindowDefinition definition) {
    Name name = definition.base();
    if (name == null) {
      return definition;
    }
    WindowDefinition base = find(name);
    if (!definition.partitionBy().isEmpty()) {
      throw cannotOverride("PARTITION clause", name);
    }
    if (!base.orderBy().isEmpty() && !definition.orderBy().isEmpty()) {
      throw cannotOverride("ORDER BY clause", name);
    }
    if (base.frame() != null) {
      throw cannotOverride("frame specification", name);
    }
    return new WindowDefinition(
        null,
        false,
        base.partitionBy(),
        base.orderBy().isEmpty() ? definition.orderBy() : base.orderBy(),
        definition.frame());
  }

  private static RuntimeException cannotOverride(String what, Name window) {
    return BindErrors.error("cannot override " + what + " of window: " + window.text());
  }

  /** Of two windows with one name the later one counts. */
  private WindowDefinition find(Name name) {
    for (int i = windows.size() - 1; i >= 0; i--) {
      if (Names.same(windows.get(i).name().text(), name.text())) {
        return windows.get(i).definition();
      }
    }
    throw BindErrors.error("no such window: " + name.text());
  }
}
