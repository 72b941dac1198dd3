package dev.tursojdbc.sql.exec;

import dev.tursojdbc.storage.record.Collation;
import dev.tursojdbc.storage.record.KeyOrder;
import dev.tursojdbc.storage.record.RecordReader;
import dev.tursojdbc.storage.record.Register;
import dev.tursojdbc.storage.record.TextEncoding;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Groups by hash. Groups come out in the order of their keys, as they do where rows are sorted to
 * be grouped.
 *
 * <p>When memory is used up, no more groups are made: rows that have none are set aside, to be
 * sorted and grouped at the end. If the state of a group grows with its rows, all rows are set
 * aside from then on, and each group goes on when its turn to come out has come.
 */
final class HashGroups extends Operator {
  private final Operator input;
  private final Evaluator[] keys;
  private final Register[] keyValues;
  private final GroupAggregates aggregates;
  private final KeyTable table;
  private final KeyOrder order;
  private final List<GroupAggregates.@Nullable State> states = new ArrayList<>();
  private final RecordReader reader = new RecordReader(TextEncoding.UTF8);
  private final MemoryClaim claim = new MemoryClaim(this::clear);
  private final Supplier<RowsSetAside> rowsSetAside;
  private @Nullable RowsSetAside aside;
  private boolean settingAside;
  private boolean hasAside;
  private long stateBytes;
  private Integer[] sorted = {};
  private int next;
  private boolean grouped;

  /**
   * @param rowsSetAside called once, should memory not suffice
   */
  HashGroups(
      Operator input,
      Evaluator[] keys,
      List<KeyOrder.Column> order,
      GroupAggregates aggregates,
      Supplier<RowsSetAside> rowsSetAside) {
    this.input = input;
    this.keys = keys;
    this.keyValues = Registers.of(keys.length);
    this.aggregates = aggregates;
    this.table =
        new KeyTable(order.stream().map(KeyOrder.Column::collation).toArray(Collation[]::new));
    this.order = new KeyOrder(order, TextEncoding.UTF8);
    this.rowsSetAside = rowsSetAside;
  }

  /** The keys of the current group. */
  Register[] keyValues() {
    return keyValues;
  }

  @Override
  public void open(Frame frame) {
    grouped = false;
  }

  private void clear() {
    table.clear();
    states.clear();
    sorted = new Integer[0];
    claim.release();
    stateBytes = 0;
    settingAside = false;
    if (aside != null) {
      aside.clear();
    }
  }

  private void group(Frame frame) {
    clear();
    input.forEach(frame, this::take);
    sorted = table.sorted(order);
    next = 0;
    hasAside = settingAside && aside != null && aside.sort(frame);
    grouped = true;
  }

  private void take(Frame frame) {
    for (int i = 0; i < keys.length; i++) {
      keys[i].into(frame, keyValues[i]);
    }
    if (settingAside) {
      int number = aggregates.grows() ? -1 : table.find(keyValues);
      GroupAggregates.State state = number < 0 ? null : states.get(number);
      if (state != null) {
        aggregates.step(frame, state);
      } else {
        aside().add(frame, keyValues);
      }
      return;
    }
    int number = table.findOrAdd(keyValues);
    boolean isNew = number == states.size();
    if (isNew) {
      states.add(aggregates.start());
      stateBytes += aggregates.stateBytes();
    }
    GroupAggregates.State state = Objects.requireNonNull(states.get(number));
    aggregates.step(frame, state);
    if (aggregates.grows()) {
      stateBytes += aggregates.growth(state);
      settingAside = claim.set(frame, table.bytes() + stateBytes) || frame.memory().isUsedUp();
    } else if (isNew) {
      settingAside = claim.set(frame, table.bytes() + stateBytes);
    }
  }

  private RowsSetAside aside() {
    RowsSetAside rows = aside;
    if (rows == null) {
      rows = rowsSetAside.get();
      aside = rows;
    }
    return rows;
  }

  @Override
  public boolean next(Frame frame) {
    if (!grouped) {
      group(frame);
    }
    byte[] key = next < sorted.length ? table.key(sorted[next]) : null;
    RowsSetAside rows = hasAside ? aside : null;
    if (rows == null) {
      if (key == null) {
        return false;
      }
      finish(frame, key);
      return true;
    }
    rows.readKey(keyValues);
    int order = key == null ? -1 : this.order.compare(keyValues, keys.length, key, 0, key.length);
    if (order > 0 && key != null) {
      finish(frame, key);
      return true;
    }
    GroupAggregates.State state = order == 0 ? takeState() : aggregates.start();
    hasAside = rows.stepGroup(frame, state, keyValues);
    if (order == 0 && key != null) {
      // The group began in memory, so its key looks as it did there.
      readKey(key);
    }
    aggregates.finish(frame, state);
    return true;
  }

  private void finish(Frame frame, byte[] key) {
    readKey(key);
    aggregates.finish(frame, takeState());
  }

  private void readKey(byte[] key) {
    reader.attach(key, 0, key.length);
    for (int i = 0; i < keyValues.length; i++) {
      reader.read(i, keyValues[i]);
    }
  }

  /** The state of the next group in memory, which it leaves. */
  private GroupAggregates.State takeState() {
    int number = sorted[next];
    next++;
    return Objects.requireNonNull(states.set(number, null));
  }
}
