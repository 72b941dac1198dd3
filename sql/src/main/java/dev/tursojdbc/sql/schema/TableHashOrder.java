package dev.tursojdbc.sql.schema;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The order in which SQLite goes through the tables of a database: that of the hash table which it
 * keeps them in. ANALYZE writes its rows in this order.
 *
 * <p>All elements are in one list. A new one is put before those of its bucket or, if there are
 * none, before all. The buckets become more when there are five elements, then whenever there are
 * more than twice as many elements as buckets, and all elements are put in again in the order of
 * the list.
 */
public final class TableHashOrder {
  private static final int FEWEST_WITH_BUCKETS = 5;
  private static final int MOST_BUCKETS = 64;
  private static final int FACTOR = 0x9e3779b1;

  private final List<Relation> order = new ArrayList<>();
  private final List<List<Relation>> buckets = new ArrayList<>();

  private TableHashOrder() {}

  /** The tables and views of a schema in that order. */
  public static List<Relation> of(Schema schema) {
    TableHashOrder table = new TableHashOrder();
    schema.relations().forEach(table::add);
    return table.order;
  }

  private void add(Relation relation) {
    int count = order.size() + 1;
    if (count >= FEWEST_WITH_BUCKETS && count > 2 * buckets.size()) {
      int wanted = Math.min(3 * count, MOST_BUCKETS);
      if (wanted != buckets.size()) {
        rehash(wanted);
      }
    }
    insert(relation);
  }

  private void rehash(int bucketCount) {
    buckets.clear();
    for (int i = 0; i < bucketCount; i++) {
      buckets.add(new ArrayList<>());
    }
    List<Relation> before = List.copyOf(order);
    order.clear();
    before.forEach(this::insert);
  }

  private void insert(Relation relation) {
    if (buckets.isEmpty()) {
      order.add(0, relation);
      return;
    }
    List<Relation> bucket =
        buckets.get(Integer.remainderUnsigned(hash(relation.name()), buckets.size()));
    order.add(bucket.isEmpty() ? 0 : order.indexOf(bucket.get(bucket.size() - 1)), relation);
    bucket.add(relation);
  }

  private static int hash(String name) {
    int hash = 0;
    for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
      hash += 0xdf & b;
      hash *= FACTOR;
    }
    return hash;
  }
}
