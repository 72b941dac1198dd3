package dev.tursojdbc.sql.exec;

import dev.tursojdbc.sql.value.Affinity;
import dev.tursojdbc.storage.record.Collation;
import dev.tursojdbc.storage.record.Register;

/**
 * The rows of a query that a row value is IN, as keys of an index: of each row the elements that
 * the index has columns for, in the order of these; each key once, none with NULL in it. Filled
 * once per run if the query depends on nothing else.
 */
final class KeyRows {
  private final BuiltQuery query;
  private final int[] elements;
  private final Affinity[] conversions;
  private final boolean oncePerRun;
  private final KeySet keys;
  private final Register[] key;
  private long filledIn = -1;

  /**
   * @param elements which columns of the query; conversions and collations are theirs
   */
  KeyRows(
      BuiltQuery query,
      int[] elements,
      Affinity[] conversions,
      Collation[] collations,
      boolean oncePerRun) {
    this.query = query;
    this.elements = elements;
    this.conversions = conversions;
    this.oncePerRun = oncePerRun;
    this.keys = new KeySet(collations);
    this.key = Registers.of(elements.length);
  }

  void fill(Frame frame) {
    if (oncePerRun && filledIn == frame.run()) {
      return;
    }
    filledIn = frame.run();
    keys.clear();
    query.operator().forEach(frame, this::add);
  }

  private void add(Frame frame) {
    for (int i = 0; i < key.length; i++) {
      query.columns()[elements[i]].into(frame, key[i]);
      if (key[i].isNull()) {
        return;
      }
      conversions[i].apply(key[i]);
    }
    keys.add(frame, key);
  }

  /** The keys, to be read in their order. */
  SortedKeys sorted() {
    return new SortedKeys(keys);
  }
}
