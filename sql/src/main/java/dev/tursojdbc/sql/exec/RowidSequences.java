package dev.tursojdbc.sql.exec;

import dev.tursojdbc.sql.plan.BoundTable;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The {@link RowidSequence}s of one statement, those of its triggers included: a table has one,
 * whichever of them inserts into it, and it is written when the outermost ends.
 */
final class RowidSequences {
  private final SequenceLookup roots;
  private final ChangeContext context;
  private final Map<Key, RowidSequence> sequences = new HashMap<>();

  private record Key(int database, String table) {}

  RowidSequences(SequenceLookup roots, ChangeContext context) {
    this.roots = roots;
    this.context = context;
  }

  /** The sequence of a table; null if the table has none. */
  @Nullable RowidSequence of(BoundTable target, TableChanger changer) {
    if (!target.table().isAutoincrement()) {
      return null;
    }
    int root = roots.rootPage(target.database());
    return sequences.computeIfAbsent(
        new Key(target.database(), target.table().name()),
        key ->
            new RowidSequence(context.writer(target.database()), root, changer, target.encoding()));
  }

  /** A statement begins. */
  void begin() {
    sequences.values().forEach(RowidSequence::forget);
  }

  /** The statement ends. */
  void end() {
    if (!sequences.isEmpty()) {
      sequences.values().forEach(RowidSequence::end);
    }
  }
}
