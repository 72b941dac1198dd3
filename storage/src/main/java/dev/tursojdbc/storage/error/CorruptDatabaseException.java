package dev.tursojdbc.storage.error;

/** The file breaks its own format; says at which page and how. */
public final class CorruptDatabaseException extends TursoException {
  private static final long serialVersionUID = 1L;

  private final int pageNumber;
  private final String finding;

  private CorruptDatabaseException(int pageNumber, String finding) {
    super(ErrorCode.CORRUPT);
    this.pageNumber = pageNumber;
    this.finding = finding;
  }

  /**
   * @param pageNumber the page that is malformed
   * @param finding what is wrong there, such as "cell 7 begins at 4091, usable size is 4084"
   */
  public static CorruptDatabaseException atPage(int pageNumber, String finding) {
    return new CorruptDatabaseException(pageNumber, finding);
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
