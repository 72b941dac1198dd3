package dev.tursojdbc.sql.function;

import dev.tursojdbc.storage.record.Register;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The JSON texts that a statement has read last, as JSONB: several calls on one column read its
 * text once for each row.
 *
 * <p>Texts are found by their content, as the bytes under a register may change. What is found is
 * shared and must not be changed.
 */
public final class JsonCache {
  private static final int ENTRIES = 4;

  /** Shorter texts are read as fast as they are compared and copied. */
  private static final int MIN_LENGTH = 16;

  /** Longer texts would take too much memory. */
  private static final int MAX_LENGTH = 1 << 20;

  private final byte[][] texts = new byte[ENTRIES][];
  private final int[] lengths = new int[ENTRIES];
  private final Jsonb[] values = new Jsonb[ENTRIES];
  private int next;

  /** The JSON of a text; null if it is not known. */
  @Nullable Jsonb find(Register text) {
    for (int i = 0; i < ENTRIES; i++) {
      if (lengths[i] == text.length
          && text.length > 0
          && Arrays.equals(
              texts[i], 0, text.length, text.bytes, text.offset, text.offset + text.length)) {
        return values[i];
      }
    }
    return null;
  }

  /** Keeps a text with its JSON, in the place of the text that was kept first. */
  void put(Register text, Jsonb json) {
    if (text.length < MIN_LENGTH || text.length > MAX_LENGTH) {
      return;
    }
    byte[] copy = texts[next];
    if (copy == null || copy.length < text.length) {
      copy = new byte[text.length];
      texts[next] = copy;
    }
    System.arraycopy(text.bytes, text.offset, copy, 0, text.length);
    lengths[next] = text.length;
    values[next] = json;
    next = (next + 1) % ENTRIES;
  }
}
