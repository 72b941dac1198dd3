package dev.tursojdbc.storage.page;

/**
 * The page that is never used because SQLite locks its bytes.
 *
 * <p>The locks lie at 1 GiB, so that most files end before them; a mandatory lock there would keep
 * others from reading data. The page is neither in a tree nor on the freelist nor written.
 */
public final class LockBytePage {
  /** Offset in the file of the first of SQLite's lock bytes. */
  public static final long PENDING_BYTE = 0x40000000L;

  private LockBytePage() {}

  public static int number(int pageSize) {
    return (int) (PENDING_BYTE / pageSize) + 1;
  }
}
