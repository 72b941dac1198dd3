package dev.tursojdbc.sql.schema;

import java.util.List;

/**
 * A table whose rows a module provides.
 *
 * @param arguments of the module, as written
 */
public record VirtualTable(String name, String module, List<String> arguments, String sql)
    implements Relation {
  public VirtualTable {
    arguments = List.copyOf(arguments);
  }
}
