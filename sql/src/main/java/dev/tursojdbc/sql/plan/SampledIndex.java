package dev.tursojdbc.sql.plan;

import dev.tursojdbc.sql.bind.BoundExpression;
import dev.tursojdbc.sql.bind.Constant;
import dev.tursojdbc.sql.bind.Source;
import dev.tursojdbc.sql.schema.Index;
import dev.tursojdbc.sql.schema.IndexColumn;
import dev.tursojdbc.sql.schema.KeySamples;
import dev.tursojdbc.sql.value.Affinity;
import dev.tursojdbc.storage.record.KeyOrder;
import dev.tursojdbc.storage.record.RecordReader;
import dev.tursojdbc.storage.record.Register;
import dev.tursojdbc.storage.record.TextEncoding;
import dev.tursojdbc.storage.record.ValueOrder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Estimates from the samples of an index how many of its entries have a key, or lie between two.
 *
 * <p>A key is the values of the first columns. It grows with the search that is looked at: an
 * equality adds its value, if that is known before the query runs. The search says how many columns
 * it has got that way when it goes on to the next one, and goes back to fewer when it is done.
 */
final class SampledIndex {
  /** Both ends of a range near the same sample: then a quarter of what lies between samples. */
  private static final int SAME_SAMPLE = 20;

  /** Two rows, where samples say there are none. */
  private static final int LEAST_BETWEEN = 10;

  private final KeySamples samples;
  private final KeyOrder order;
  private final int entryColumns;
  private final List<Affinity> affinities = new ArrayList<>();
  private final KnownValue values;
  private final RecordReader reader;
  private final Register[] key;

  /** How many columns of the key are those of the search. */
  private int known;

  /** Entries before the key that {@link #locate} looked for. */
  private long before;

  /** Entries that have that key. */
  private long matching;

  SampledIndex(Source.OfTable source, Index index, KeySamples samples, TextEncoding encoding) {
    this.samples = samples;
    this.entryColumns = index.columns().size();
    List<KeyOrder.Column> columns = new ArrayList<>();
    this.key = new Register[samples.columnCount()];
    for (int i = 0; i < key.length; i++) {
      IndexColumn column = index.column(i);
      columns.add(
          new KeyOrder.Column(source.expressions().collation(column), column.descending(), false));
      affinities.add(source.expressions().indexed(source, column).affinity());
      key[i] = new Register();
    }
    this.order = new KeyOrder(columns, encoding);
    this.values = new KnownValue(encoding);
    this.reader = new RecordReader(encoding);
  }

  int known() {
    return known;
  }

  void setKnown(int columns) {
    known = columns;
  }

  /**
   * Number of entries with the search's key of this many columns, the last of which has this value;
   * 0 if there is no telling.
   */
  long equal(int columns, BoundExpression value) {
    if (known < columns - 1 || columns > key.length) {
      return 0;
    }
    if (columns >= entryColumns) {
      return 1;
    }
    if (!values.read(value, affinities.get(columns - 1), key[columns - 1])) {
      return 0;
    }
    known = columns;
    locate(columns, false);
    return matching;
  }

  /** The same for IS NULL. */
  long equalToNull(int columns) {
    return equal(columns, Constant.NULL);
  }

  /**
   * The same for any of several values; does not add to the search's key.
   *
   * @param most what the sum cannot exceed
   */
  long equalToAny(int columns, List<BoundExpression> list, long most) {
    int before = known;
    long sum = 0;
    for (BoundExpression value : list) {
      long rows = equal(columns, value);
      known = before;
      if (rows == 0) {
        return 0;
      }
      sum += rows;
    }
    return Math.min(sum, most);
  }

  /**
   * Estimate of the rows within a range of the column behind the search's key.
   *
   * @param columns of equalities before it
   * @param rows the estimate without the range
   */
  Range range(int columns, int rows, @Nullable Constraint lower, @Nullable Constraint upper) {
    if (columns >= key.length) {
      return new Range(rows, lower, upper, false);
    }
    return columns == known
        ? between(columns, rows, lower, upper)
        : within(columns, rows, lower, upper);
  }

  /**
   * What samples make of a range.
   *
   * @param lower an end of which they know nothing
   * @param decided whether the estimate of the rows is final
   */
  record Range(int rows, @Nullable Constraint lower, @Nullable Constraint upper, boolean decided) {}

  private Range between(
      int columns, int rows, @Nullable Constraint lower, @Nullable Constraint upper) {
    long first = 0;
    long end = samples.rows();
    if (columns > 0) {
      locate(columns, false);
      first = before;
      end = before + matching;
    }
    boolean descending = order.columns().get(columns).descending();
    Constraint start = descending ? upper : lower;
    Constraint stop = descending ? lower : upper;
    int startSample = -2;
    int stopSample = -1;
    int estimate = rows;
    if (start != null && readEnd(columns, start)) {
      startSample = locate(columns + 1, false);
      first = Math.max(first, before + (isBehindEquals(start) ? matching : 0));
      estimate--;
      start = null;
    }
    if (stop != null && readEnd(columns, stop)) {
      stopSample = locate(columns + 1, true);
      end = Math.min(end, before + (isBehindEquals(stop) ? matching : 0));
      estimate--;
      stop = null;
    }
    int found = LEAST_BETWEEN;
    if (end > first) {
      found = LogEstimate.of(end - first) - (startSample == stopSample ? SAME_SAMPLE : 0);
    }
    estimate = Math.min(estimate, found);
    return new Range(estimate, descending ? stop : start, descending ? start : stop, false);
  }

  private boolean readEnd(int columns, Constraint end) {
    BoundExpression value = end.value();
    return value != null && values.read(value, affinities.get(columns), key[columns]);
  }

  /** Whether the end of the range lies behind the entries that equal it. */
  private static boolean isBehindEquals(Constraint end) {
    return end.kind() == Constraint.Kind.GREATER || end.kind() == Constraint.Kind.LESS_OR_EQUAL;
  }

  /**
   * A range whose key before it is not known: the part of the samples, whatever is before, whose
   * value of the column lies in it.
   */
  private Range within(
      int columns, int rows, @Nullable Constraint lower, @Nullable Constraint upper) {
    int count = samples.count();
    Register low = lower == null ? null : end(columns, lower);
    Register high = upper == null ? null : end(columns, upper);
    if (low == null && high == null) {
      return new Range(rows, lower, upper, false);
    }
    int notAboveLow = lower == null ? -1 : 0;
    int notAboveHigh = upper == null ? count + 1 : high == null ? count : 0;
    Register value = new Register();
    for (int i = 0; i < count; i++) {
      readSampled(i, columns, value);
      if (low != null && compare(columns, low, value) >= 0) {
        notAboveLow++;
      }
      if (high != null && compare(columns, high, value) >= 0) {
        notAboveHigh++;
      }
    }
    int inside = Math.max(1, notAboveHigh - notAboveLow);
    if (inside == 1 && lower != null && upper != null) {
      return new Range(rows, lower, upper, false);
    }
    int estimate = rows - (LogEstimate.of(count) - LogEstimate.of(inside));
    return new Range(estimate, null, null, true);
  }

  private @Nullable Register end(int columns, Constraint end) {
    BoundExpression value = end.value();
    Register target = new Register();
    return value != null && values.read(value, affinities.get(columns), target) ? target : null;
  }

  private void readSampled(int sample, int column, Register target) {
    if (column >= samples.valueCount(sample)) {
      target.setNull();
      return;
    }
    byte[] record = samples.key(sample);
    reader.attach(record, 0, record.length);
    reader.read(column, target);
  }

  private int compare(int column, Register left, Register right) {
    return ValueOrder.compare(left, right, order.columns().get(column).collation());
  }

  /**
   * Looks for the key among all prefixes of all samples; how many entries are before it and equal
   * to it is exact if one is found, else an estimate.
   *
   * @param columns how many columns the key has
   * @param up whether the key is taken to lie rather behind than before the middle of two samples
   * @return the number of the first sample that is not before the key
   */
  private int locate(int columns, boolean up) {
    int from = 0;
    int to = samples.count() * columns;
    int column = 0;
    long less = 0;
    boolean equal = false;
    do {
      int test = (from + to) / 2;
      int sample = test / columns;
      int prefix = prefix(sample, test % columns + 1, columns);
      int compared = compare(sample, prefix);
      if (compared < 0) {
        less = samples.less(sample, prefix - 1) + samples.equal(sample, prefix - 1);
        from = test + 1;
      } else if (compared == 0 && prefix < columns) {
        less = samples.less(sample, prefix - 1);
        from = test + 1;
      } else {
        equal = compared == 0;
        to = test;
        column = prefix - 1;
      }
    } while (!equal && from < to);
    int sample = to / columns;
    if (equal) {
      before = samples.less(sample, column);
      matching = samples.equal(sample, column);
      return sample;
    }
    long end = sample >= samples.count() ? samples.rows() : samples.less(sample, column);
    long gap = Math.max(0, end - less);
    before = less + (up ? gap * 2 / 3 : gap / 3);
    matching = samples.averageEqual(columns - 1);
    return sample;
  }

  /** Compares a sample with the key, in as many columns as both have. */
  private int compare(int sample, int columns) {
    int count = Math.min(columns, samples.valueCount(sample));
    byte[] record = samples.key(sample);
    return count == 0 ? 0 : -order.compare(key, count, record, 0, record.length);
  }

  /** The shortest prefix, of at least this length, that the sample before does not have. */
  private int prefix(int sample, int least, int most) {
    int prefix = least;
    if (sample > 0) {
      while (prefix < most
          && samples.less(sample - 1, prefix - 1) == samples.less(sample, prefix - 1)) {
        prefix++;
      }
    }
    return prefix;
  }
}
