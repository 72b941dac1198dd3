package dev.tursojdbc.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tursojdbc.storage.error.ErrorCode;
import dev.tursojdbc.storage.error.TursoException;
import org.junit.jupiter.api.Test;

/** What a session throws. */
class StatementFailureTest {
  @Test
  void whatShouldNotBePossibleIsAnErrorWithItsCause() {
    IllegalStateException cause = new IllegalStateException("no such row");

    assertThat(StatementFailure.toThrow(cause))
        .isInstanceOfSatisfying(
            TursoException.class, thrown -> assertThat(thrown.code()).isEqualTo(ErrorCode.INTERNAL))
        .hasMessageContaining("no such row")
        .hasCause(cause);
  }

  @Test
  void anErrorOfTheDatabaseStaysItself() {
    TursoException error = new TursoException(ErrorCode.BUSY);

    assertThat(StatementFailure.toThrow(error)).isSameAs(error);
  }
}
