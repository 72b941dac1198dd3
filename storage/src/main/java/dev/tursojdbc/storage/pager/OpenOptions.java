package dev.tursojdbc.storage.pager;

/**
 * How a database is opened.
 *
 * @param readOnly never write; see {@code mode=ro}
 * @param create make the file if it is absent; see {@code mode=rwc}
 * @param immutable trust that nobody changes the file: no locks, no log
 * @param pageSize page size of a database that is made anew, in bytes
 * @param temporary delete the database when its last connection leaves; for memory
 */
public record OpenOptions(
    boolean readOnly, boolean create, boolean immutable, int pageSize, boolean temporary) {
  /** Read, write, create, 4096-byte pages. */
  public static final OpenOptions DEFAULT = new OpenOptions(false, true, false, 4096);

  /** Of a database that stays. */
  public OpenOptions(boolean readOnly, boolean create, boolean immutable, int pageSize) {
    this(readOnly, create, immutable, pageSize, false);
  }
}
