package dev.tursojdbc.sql.exec;

import java.util.ArrayList;
import java.util.List;

/** What a check has found, up to as many findings as are wanted; the rest is not kept. */
public final class Findings {
  private final List<String> rows = new ArrayList<>();
  private final int wanted;

  /** How many more count as wanted after the next one, which is always taken. */
  private int left;

  private boolean full;

  /**
   * @param wanted 1 at least
   */
  public Findings(int wanted) {
    this.wanted = wanted;
    left = wanted - 1;
  }

  /** How many more findings are wanted. */
  public int room() {
    return full ? 0 : left + 1;
  }

  public boolean isFull() {
    return full;
  }

  public boolean isEmpty() {
    return rows.isEmpty();
  }

  public void add(String finding) {
    addSeveral(finding, 1);
  }

  /** Adds one text that holds several findings. */
  public void addSeveral(String text, int count) {
    if (full) {
      return;
    }
    rows.add(text);
    left -= count - 1;
    full = left <= 0;
    left--;
  }

  /** Adds a last one, whatever was wanted. */
  public void end(String finding) {
    rows.add(finding);
    full = true;
  }

  public List<String> rows() {
    return List.copyOf(rows);
  }

  @Override
  public String toString() {
    return rows.size() + " of " + wanted;
  }
}
