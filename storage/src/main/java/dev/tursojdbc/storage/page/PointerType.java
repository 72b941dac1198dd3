package dev.tursojdbc.storage.page;

/** Kinds of entry in a pointer-map page: what the page is, hence what its parent is. */
public final class PointerType {
  /** Root of a tree; parent 0. */
  public static final int ROOT = 1;

  /** Page on the freelist; parent 0. */
  public static final int FREE = 2;

  /** First page of an overflow chain; parent is the tree page with the cell. */
  public static final int OVERFLOW_FIRST = 3;

  /** Later page of an overflow chain; parent is the page before it. */
  public static final int OVERFLOW_NEXT = 4;

  /** Tree page that is not a root; parent is its parent in the tree. */
  public static final int TREE = 5;

  private PointerType() {}
}
