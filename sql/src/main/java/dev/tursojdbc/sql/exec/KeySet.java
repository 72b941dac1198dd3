package dev.tursojdbc.sql.exec;

import dev.tursojdbc.storage.record.Collation;
import dev.tursojdbc.storage.record.KeyOrder;
import dev.tursojdbc.storage.record.Register;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A set of keys: in a hash table as long as memory allows, the others in a temporary file. No key
 * is in both.
 */
final class KeySet {
  private final KeyTable table;
  private final List<KeyOrder.Column> order = new ArrayList<>();
  private final MemoryClaim claim = new MemoryClaim(this::clear);
  private @Nullable TemporaryIndex others;

  KeySet(Collation... collations) {
    table = new KeyTable(collations);
    for (Collation collation : collations) {
      order.add(new KeyOrder.Column(collation, false, false));
    }
  }

  void clear() {
    table.clear();
    claim.release();
    if (others != null) {
      others.close();
      others = null;
    }
  }

  boolean isEmpty() {
    return table.size() == 0;
  }

  /** Adds the key. @return whether there was none that equals it */
  boolean add(Frame frame, Register[] key) {
    TemporaryIndex spilled = others;
    if (spilled != null) {
      return table.find(key) < 0 && spilled.add(key, order.size());
    }
    if (!table.add(key)) {
      return false;
    }
    if (claim.set(frame, table.bytes())) {
      others = new TemporaryIndex(frame, order);
    }
    return true;
  }

  boolean contains(Register[] key) {
    return table.find(key) >= 0 || (others != null && others.contains(key));
  }

  /** The keys that are in memory. */
  KeyTable table() {
    return table;
  }

  /** The keys that are not; null if there are none. */
  @Nullable TemporaryIndex others() {
    return others;
  }

  List<KeyOrder.Column> order() {
    return order;
  }
}
