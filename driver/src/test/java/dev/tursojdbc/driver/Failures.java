package dev.tursojdbc.driver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tursojdbc.api.TursoError;
import java.sql.SQLException;
import org.assertj.core.api.AbstractThrowableAssert;

/** Catches what must fail, and looks at it. */
final class Failures {
  private Failures() {}

  /** A call that fails. */
  interface Attempt {
    void run() throws SQLException;
  }

  static SQLException failureOf(Attempt attempt) {
    try {
      attempt.run();
    } catch (SQLException e) {
      return e;
    }
    throw new AssertionError("nothing failed");
  }

  /** An SQLException is iterable, too, so that assertThat cannot choose by itself. */
  static AbstractThrowableAssert<?, ? extends Throwable> assertFailure(Throwable failure) {
    return assertThat(failure);
  }

  static void assertCodes(SQLException e, int primary, int extended, String state) {
    assertThat(e.getErrorCode()).isEqualTo(primary);
    assertThat(((TursoError) e).extendedResultCode()).isEqualTo(extended);
    assertThat(e.getSQLState()).isEqualTo(state);
  }
}
