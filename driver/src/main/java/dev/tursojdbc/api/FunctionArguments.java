package dev.tursojdbc.api;

import org.jspecify.annotations.Nullable;

/**
 * The arguments of one call of an SQL function, counted from 0. Of no use after the call.
 *
 * <p>A getter converts as SQLite does: the text {@code '12abc'} is 12 as a number, NULL is 0.
 */
public interface FunctionArguments {

  /** How many there are. */
  int count();

  boolean isNull(int index);

  long getLong(int index);

  double getDouble(int index);

  /** The value as text, null for NULL. */
  @Nullable String getString(int index);

  /** The value's bytes, null for NULL. The array is the caller's own. */
  byte @Nullable [] getBytes(int index);

  /** A Long, Double, String or byte[] as the value is stored, or null. */
  @Nullable Object getObject(int index);
}
