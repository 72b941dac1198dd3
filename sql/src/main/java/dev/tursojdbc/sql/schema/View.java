package dev.tursojdbc.sql.schema;

import dev.tursojdbc.sql.ast.SelectStatement;
import java.util.List;

/**
 * A named query.
 *
 * @param columns names given to its columns; empty where the query names them
 */
public record View(String name, List<String> columns, SelectStatement query, String sql)
    implements Relation {
  public View {
    columns = List.copyOf(columns);
  }
}
