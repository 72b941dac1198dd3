package dev.tursojdbc.storage.error;

/** The file breaks its own format; says at which page and how. */
public final class CorruptDatabaseException extends TursoException {
  private static final long serialVersionUID = 1L;

  private final int pageNumber;
  private final String finding;
  private final boolean ofRecord;

  private CorruptDatabaseException(int pageNumber, String finding, boolean ofRecord) {
    super(ErrorCode.CORRUPT);
    this.pageNumber = pageNumber;
    this.finding = finding;
    this.ofRecord = ofRecord;
  }

  /**
   * @param pageNumber the page that is malformed
   * @param finding what is wrong there, such as "cell 7 begins at 4091, usable size is 4084"
   */
  public static CorruptDatabaseException atPage(int pageNumber, String finding) {
    return new CorruptDatabaseException(pageNumber, finding, false);
  }

  /**
   * A record whose header does not fit its values, on a page that is sound itself: {@code PRAGMA
   * integrity_check} makes a finding of it, while it fails where the page is malformed.
   */
  public static CorruptDatabaseException ofRecord(int pageNumber, String finding) {
    return new CorruptDatabaseException(pageNumber, finding, true);
  }

  /** Whether the header of a record is malformed. */
  public boolean isOfRecord() {
    return ofRecord;
  }

  public int pageNumber() {
    return pageNumber;
  }

  public String finding() {
    return finding;
  }

  /** For logs and tests; {@link #getMessage()} stays SQLite's. */
  public String detail() {
    return "page " + pageNumber + ": " + finding;
  }
}
