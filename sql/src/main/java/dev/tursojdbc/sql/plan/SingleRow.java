package dev.tursojdbc.sql.plan;

import dev.tursojdbc.sql.bind.BoundQuery;
import dev.tursojdbc.sql.schema.Index;
import dev.tursojdbc.sql.schema.IndexColumn;

/** Whether a scan finds at most one row: by its rowid, or by all columns of a unique key. */
public final class SingleRow {
  private SingleRow() {}

  public static boolean isAll(BoundQuery scan, Planner planner) {
    if (!(planner.plan(scan) instanceof QueryPlan.Select select) || select.levels().size() != 1) {
      return false;
    }
    AccessPath path = select.levels().get(0).path();
    if (path instanceof AccessPath.RowidLookup lookup) {
      return lookup.key().in() == null;
    }
    return path instanceof AccessPath.IndexSearch search && isWholeKey(search);
  }

  private static boolean isWholeKey(AccessPath.IndexSearch search) {
    Index index = search.index();
    if (!index.isUnique()
        || search.skipped() > 0
        || search.equal().size() < declaredColumns(index)) {
      return false;
    }
    // NULLs are all different to a unique index.
    return search.equal().stream().allMatch(key -> key.in() == null && !key.nullMatches());
  }

  private static int declaredColumns(Index index) {
    int count = index.keyColumnCount();
    while (count > 0 && index.column(count - 1).column() == IndexColumn.ROWID) {
      count--;
    }
    return count;
  }
}
