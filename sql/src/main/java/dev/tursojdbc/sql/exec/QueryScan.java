package dev.tursojdbc.sql.exec;

/** The rows of a query in FROM, as they are computed. */
final class QueryScan extends Operator {
  private final Operator query;
  private final QueryRow row;

  QueryScan(Operator query, QueryRow row) {
    this.query = query;
    this.row = row;
  }

  @Override
  public void open(Frame frame) {
    query.open(frame);
  }

  @Override
  public boolean next(Frame frame) {
    boolean found = query.next(frame);
    row.moved();
    return found;
  }
}
