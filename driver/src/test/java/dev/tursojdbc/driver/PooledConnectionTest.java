package dev.tursojdbc.driver;

import static dev.tursojdbc.driver.Failures.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.ConnectionEvent;
import javax.sql.ConnectionEventListener;
import javax.sql.PooledConnection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class PooledConnectionTest {
  /** Writes down what it hears. */
  private static final class Events implements ConnectionEventListener {
    final List<String> heard = new ArrayList<>();

    @Override
    public void connectionClosed(ConnectionEvent event) {
      heard.add("closed");
    }

    @Override
    public void connectionErrorOccurred(ConnectionEvent event) {
      heard.add("error " + event.getSQLException().getSQLState());
    }
  }

  private final Events events = new Events();
  private PooledConnection pooled;

  @BeforeEach
  void open() throws SQLException {
    pooled = new TursoDataSource("jdbc:turso::memory:").getPooledConnection();
    pooled.addConnectionEventListener(events);
    try (Connection connection = pooled.getConnection()) {
      execute(connection, "CREATE TABLE t (a INTEGER)");
    }
    events.heard.clear();
  }

  @AfterEach
  void close() throws SQLException {
    pooled.close();
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private int rows() throws SQLException {
    try (Connection connection = pooled.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT count(*) FROM t")) {
      assertThat(rows.next()).isTrue();
      return rows.getInt(1);
    }
  }

  @Test
  void closingABorrowedConnectionIsHeardOnceAndTheDatabaseStaysOpen() throws SQLException {
    Connection connection = pooled.getConnection();
    execute(connection, "INSERT INTO t VALUES (1)");

    connection.close();
    connection.close();

    assertThat(events.heard).containsExactly("closed");
    assertThat(connection.isClosed()).isTrue();
    assertThat(rows()).isEqualTo(1);
  }

  @Test
  void whatIsNotCommittedIsRolledBack() throws SQLException {
    try (Connection connection = pooled.getConnection()) {
      connection.setAutoCommit(false);
      execute(connection, "INSERT INTO t VALUES (1)");
    }

    try (Connection next = pooled.getConnection()) {
      assertThat(next.getAutoCommit()).isTrue();
    }
    assertThat(rows()).isZero();
  }

  @Test
  void theNextBorrowerBeginsWithWhatTheSettingsSay() throws SQLException {
    try (Connection connection = pooled.getConnection()) {
      connection.setReadOnly(true);
      connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
    }

    try (Connection next = pooled.getConnection()) {
      assertThat(next.isReadOnly()).isFalse();
      assertThat(next.getTransactionIsolation()).isEqualTo(Connection.TRANSACTION_SERIALIZABLE);
      execute(next, "INSERT INTO t VALUES (1)");
    }
    assertThat(rows()).isEqualTo(1);
  }

  @Test
  void statementsEndWithTheBorrowedConnectionAndKnowIt() throws SQLException {
    Connection connection = pooled.getConnection();
    PreparedStatement statement = connection.prepareStatement("SELECT 1");
    assertThat(statement.getConnection()).isSameAs(connection);

    connection.close();

    assertThat(statement.isClosed()).isTrue();
    assertThat(failureOf(connection::createStatement).getSQLState()).isEqualTo("08003");
  }

  @Test
  void aSecondBorrowerTakesTheSessionWithoutTheListenersHearing() throws SQLException {
    Connection first = pooled.getConnection();
    Connection second = pooled.getConnection();

    assertThat(first.isClosed()).isTrue();
    first.close();
    assertThat(events.heard).isEmpty();
    execute(second, "INSERT INTO t VALUES (1)");
    second.close();
    assertThat(events.heard).containsExactly("closed");
  }

  @Test
  void anAbortedConnectionIsAnErrorAndTheSessionOfNoUse() throws SQLException {
    Connection connection = pooled.getConnection();

    connection.abort(Runnable::run);

    assertThat(events.heard).containsExactly("error 08003");
    assertThat(failureOf(pooled::getConnection).getSQLState()).isEqualTo("08003");
  }

  @Test
  void closingThePooledConnectionEndsWhatIsBorrowedSilently() throws SQLException {
    Connection connection = pooled.getConnection();

    pooled.close();

    assertThat(connection.isClosed()).isTrue();
    assertThat(events.heard).isEmpty();
    assertThat(failureOf(pooled::getConnection).getSQLState()).isEqualTo("08003");
  }

  @Test
  void aRemovedListenerHearsNothing() throws SQLException {
    pooled.removeConnectionEventListener(events);

    pooled.getConnection().close();

    assertThat(events.heard).isEmpty();
  }
}
