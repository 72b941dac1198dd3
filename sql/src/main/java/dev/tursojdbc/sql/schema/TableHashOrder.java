package dev.tursojdbc.sql.schema;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * The order in which SQLite goes through the tables of a database, or its triggers: that of the
 * hash table which it keeps them in. ANALYZE writes its rows in this order, and triggers of temp
 * fire in the opposite one.
 *
 * <p>All elements are in one list. A new one is put before those of its bucket or, if there are
 * none, before all. The buckets become more when there are five elements, then whenever there are
 * more than twice as many elements as buckets, and all elements are put in again in the order of
 * the list.
 */
public final class TableHashOrder<T> {
  private static final int FEWEST_WITH_BUCKETS = 5;
  private static final int MOST_BUCKETS = 64;
  private static final int FACTOR = 0x9e3779b1;

  private final Function<T, String> name;
  private final List<T> order = new ArrayList<>();
  private final List<List<T>> buckets = new ArrayList<>();

  private TableHashOrder(Function<T, String> name) {
    this.name = name;
  }

  /** The tables and views of a schema in that order. */
  public static List<Relation> of(Schema schema) {
    TableHashOrder<Relation> table = new TableHashOrder<>(Relation::name);
    schema.relations().forEach(table::add);
    return table.order;
  }

  /** The triggers of a schema in that order. */
  static List<Trigger> ofTriggers(Schema schema) {
    TableHashOrder<Trigger> table = new TableHashOrder<>(Trigger::name);
    schema.triggers().forEach(table::add);
    return table.order;
  }

  private void add(T element) {
    int count = order.size() + 1;
    if (count >= FEWEST_WITH_BUCKETS && count > 2 * buckets.size()) {
      int wanted = Math.min(3 * count, MOST_BUCKETS);
      if (wanted != buckets.size()) {
        rehash(wanted);
      }
    }
    insert(element);
  }

  private void rehash(int bucketCount) {
    buckets.clear();
    for (int i = 0; i < bucketCount; i++) {
      buckets.add(new ArrayList<>());
    }
    List<T> before = List.copyOf(order);
    order.clear();
    before.forEach(this::insert);
  }

  private void insert(T element) {
    if (buckets.isEmpty()) {
      order.add(0, element);
      return;
    }
    List<T> bucket =
        buckets.get(Integer.remainderUnsigned(hash(name.apply(element)), buckets.size()));
    order.add(bucket.isEmpty() ? 0 : order.indexOf(bucket.get(bucket.size() - 1)), element);
    bucket.add(element);
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
