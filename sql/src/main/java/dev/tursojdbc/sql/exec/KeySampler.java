package dev.tursojdbc.sql.exec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Chooses the entries of an index that go into sqlite_stat4, as it sees all entries in order.
 *
 * <p>A third of the samples are periodic: entries that lie a fixed number of entries apart. The
 * others are those with the most equals: for each prefix of the columns there is a best entry of
 * the run of equal ones that is just passing by; when the run ends, it becomes a sample if there is
 * room, or if it is better than the worst there is.
 *
 * <p>How many equals an entry has is known only when its run ends. Until then 0 stands for it, and
 * a sample with such a 0 already represents the run.
 */
final class KeySampler {
  /** Most samples of an index. */
  private static final int MOST = 24;

  private static final int LOT_OF_COLUMNS = 0x689e962d;
  private static final int LOT_OF_ROWS = 0xd0944565;
  private static final int LOT_FACTOR = 1103515245;
  private static final int LOT_STEP = 12345;

  private final int columns;
  private final long period;
  private final KeySample current;

  /** The best entry of the run that is passing, for each column but the last. */
  private final List<KeySample> best = new ArrayList<>();

  private final List<KeySample> samples = new ArrayList<>();

  /** The worst sample, once there are as many as there may be. */
  private int worst;

  /** No sample has a 0 at this column or a later one. */
  private int openColumns;

  private int lot;
  private boolean started;

  /**
   * @param columns number of columns that count
   * @param rows number of entries that there are going to be
   */
  KeySampler(int columns, long rows) {
    this.columns = columns;
    this.period = rows / (MOST / 3 + 1) + 1;
    this.lot = LOT_OF_COLUMNS * columns ^ LOT_OF_ROWS * (int) rows;
    this.current = new KeySample(columns);
    for (int i = 0; i < columns; i++) {
      best.add(new KeySample(columns));
    }
  }

  /**
   * Takes the next entry.
   *
   * @param changed the first column that is not as in the entry before
   * @param entry its record
   */
  void add(int changed, byte[] entry) {
    if (started) {
      endRuns(changed);
      for (int i = 0; i < changed; i++) {
        current.equal[i]++;
      }
      for (int i = changed; i < columns; i++) {
        current.distinctLess[i]++;
        current.less[i] += current.equal[i];
        current.equal[i] = 1;
      }
    } else {
      Arrays.fill(current.equal, 1);
      started = true;
    }
    current.entry = entry;
    lot = lot * LOT_FACTOR + LOT_STEP;
    current.lot = lot;
    long before = current.less[columns - 1];
    if (before / period != (before + 1) / period) {
      current.periodic = true;
      current.column = 0;
      insert(current, columns - 1);
      current.periodic = false;
    }
    for (int i = 0; i < columns - 1; i++) {
      current.column = i;
      if (i >= changed || current.isBetterBeyond(best.get(i))) {
        best.get(i).set(current);
      }
    }
  }

  /** The samples, when all entries were added. */
  List<KeySample> finish() {
    endRuns(0);
    return samples;
  }

  /** The runs of entries that are equal in the changed column and those behind it are over. */
  private void endRuns(int changed) {
    for (int i = columns - 2; i >= changed; i--) {
      KeySample candidate = best.get(i);
      candidate.equal[i] = current.equal[i];
      if (samples.size() < MOST || candidate.isBetterThan(samples.get(worst))) {
        insert(candidate, i);
      }
    }
    if (changed < openColumns) {
      for (KeySample sample : samples) {
        for (int i = changed; i < columns; i++) {
          if (sample.equal[i] == 0) {
            sample.equal[i] = current.equal[i];
          }
        }
      }
      openColumns = changed;
    }
  }

  /**
   * @param open for how many columns the run is not over
   */
  private void insert(KeySample candidate, int open) {
    openColumns = Math.max(openColumns, open);
    if (!candidate.periodic) {
      KeySample same = null;
      for (int i = samples.size() - 1; i >= 0; i--) {
        KeySample sample = samples.get(i);
        if (sample.equal[candidate.column] == 0) {
          if (sample.periodic) {
            return;
          }
          if (same == null || sample.isBetterThan(same)) {
            same = sample;
          }
        }
      }
      if (same != null) {
        same.column = candidate.column;
        same.equal[same.column] = candidate.equal[same.column];
        findWorst();
        return;
      }
    }
    if (samples.size() >= MOST) {
      samples.remove(worst);
    }
    KeySample sample = candidate.copy();
    Arrays.fill(sample.equal, 0, open, 0);
    samples.add(sample);
    findWorst();
  }

  private void findWorst() {
    if (samples.size() < MOST) {
      return;
    }
    int found = -1;
    for (int i = 0; i < samples.size(); i++) {
      if (!samples.get(i).periodic
          && (found < 0 || samples.get(found).isBetterThan(samples.get(i)))) {
        found = i;
      }
    }
    worst = found;
  }
}
