package dev.tursojdbc.storage.record;

/**
 * SQLite's five storage classes, as ints because they travel through every expression node. Their
 * order is SQLite's sort order, except that INTEGER and REAL compare by value.
 */
public final class StorageClass {
  public static final int NULL = 0;
  public static final int INTEGER = 1;
  public static final int REAL = 2;
  public static final int TEXT = 3;
  public static final int BLOB = 4;

  private StorageClass() {}
}
