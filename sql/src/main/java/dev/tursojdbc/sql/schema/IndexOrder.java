package dev.tursojdbc.sql.schema;

import dev.tursojdbc.sql.ast.ConflictAction;
import java.util.ArrayList;
import java.util.List;

/**
 * The order in which a change visits the indexes of a table: as they are, but those that answer a
 * duplicate with REPLACE last, because they may delete a row after which another check would fail.
 */
final class IndexOrder {
  private IndexOrder() {}

  static List<Index> replaceLast(List<Index> indexes) {
    List<Index> ordered = new ArrayList<>(indexes.size());
    for (Index index : indexes) {
      if (index.onConflict() != ConflictAction.REPLACE) {
        ordered.add(index);
      }
    }
    for (Index index : indexes) {
      if (index.onConflict() == ConflictAction.REPLACE) {
        ordered.add(index);
      }
    }
    return ordered;
  }
}
