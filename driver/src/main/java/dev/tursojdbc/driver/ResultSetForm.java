package dev.tursojdbc.driver;

import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * What kind of result sets a statement gives.
 *
 * @param scrollable whether their rows can be visited in any order
 * @param holdability what {@link java.sql.Statement#getResultSetHoldability()} says
 */
record ResultSetForm(boolean scrollable, int holdability) {

  /**
   * The form that comes closest to what is asked for: all scrollable result sets are insensitive,
   * and none is updatable. The connection is warned of a difference, as JDBC wants it.
   */
  static ResultSetForm of(
      ConnectionAttributes connection, int type, int concurrency, int holdability)
      throws SQLException {
    boolean scrollable =
        switch (type) {
          case ResultSet.TYPE_FORWARD_ONLY -> false;
          case ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.TYPE_SCROLL_SENSITIVE -> true;
          default -> throw SqlErrors.misuse("no such result set type: " + type);
        };
    if (concurrency != ResultSet.CONCUR_READ_ONLY && concurrency != ResultSet.CONCUR_UPDATABLE) {
      throw SqlErrors.misuse("no such concurrency: " + concurrency);
    }
    ConnectionAttributes.checkHoldability(holdability);
    if (type == ResultSet.TYPE_SCROLL_SENSITIVE) {
      connection.warn("result sets are scroll-insensitive instead of scroll-sensitive");
    }
    if (concurrency == ResultSet.CONCUR_UPDATABLE) {
      connection.warn("result sets are read-only instead of updatable");
    }
    return new ResultSetForm(scrollable, holdability);
  }
}
