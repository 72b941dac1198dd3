package dev.tursojdbc.driver;

import dev.tursojdbc.api.AggregateFunction;
import dev.tursojdbc.api.FunctionTrait;
import dev.tursojdbc.api.ScalarFunction;
import dev.tursojdbc.api.WalState;
import dev.tursojdbc.sql.FunctionSignature;
import dev.tursojdbc.sql.Session;
import dev.tursojdbc.sql.UserDefinitions;
import dev.tursojdbc.storage.error.TursoException;
import dev.tursojdbc.storage.wal.WalStatistics;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** What a connection offers beyond JDBC: counters, functions and collations, the log's state. */
abstract class EngineConnection extends TransactionConnection {
  EngineConnection(Session session, String mode) {
    super(session, mode);
  }

  abstract DateStorage dates();

  @Override
  public long lastInsertRowid() throws SQLException {
    checkOpen();
    return session.lastInsertRowid();
  }

  @Override
  public long changes() throws SQLException {
    checkOpen();
    return session.changes();
  }

  @Override
  public long totalChanges() throws SQLException {
    checkOpen();
    return session.totalChanges();
  }

  @Override
  public void interrupt() {
    session.interrupt();
  }

  @Override
  public void setBusyTimeout(int milliseconds) throws SQLException {
    checkOpen();
    session.setBusyTimeoutMillis(milliseconds);
  }

  @Override
  public Optional<WalState> walState() throws SQLException {
    WalStatistics log;
    lock();
    try {
      log = session.walStatistics();
    } catch (TursoException e) {
      throw SqlErrors.running(e);
    } finally {
      unlock();
    }
    if (log == null) {
      return Optional.empty();
    }
    List<WalState.ReadMark> marks =
        log.heldMarks().stream()
            .map(mark -> new WalState.ReadMark(mark.index(), mark.frame(), mark.readers()))
            .toList();
    return Optional.of(
        new WalState(log.maxFrame(), log.backfilledFrames(), marks, log.writerHeld()));
  }

  @Override
  public void createFunction(
      String name, int argumentCount, ScalarFunction function, FunctionTrait... traits)
      throws SQLException {
    ParameterConversion results = new ParameterConversion(dates());
    FunctionSignature signature = signature(name, argumentCount, traits);
    define(definitions -> definitions.define(signature, new CalledScalar(function, results)));
  }

  @Override
  public void createAggregate(
      String name, int argumentCount, AggregateFunction<?> function, FunctionTrait... traits)
      throws SQLException {
    ParameterConversion results = new ParameterConversion(dates());
    FunctionSignature signature = signature(name, argumentCount, traits);
    define(definitions -> definitions.define(signature, new CalledAggregate<>(function, results)));
  }

  private static FunctionSignature signature(String name, int argumentCount, FunctionTrait[] traits)
      throws SQLException {
    Set<FunctionTrait> known = Set.of(traits);
    try {
      return new FunctionSignature(
          name,
          argumentCount,
          known.contains(FunctionTrait.DETERMINISTIC),
          known.contains(FunctionTrait.DIRECT_ONLY),
          known.contains(FunctionTrait.INNOCUOUS));
    } catch (IllegalArgumentException e) {
      throw SqlErrors.misuse(e.getMessage());
    }
  }

  @Override
  public void dropFunction(String name, int argumentCount) throws SQLException {
    define(definitions -> definitions.remove(name, argumentCount));
  }

  @Override
  public void createCollation(String name, Comparator<String> order) throws SQLException {
    define(definitions -> definitions.defineCollation(name, order));
  }

  @Override
  public void dropCollation(String name) throws SQLException {
    define(definitions -> definitions.removeCollation(name));
  }

  private void define(Consumer<UserDefinitions> change) throws SQLException {
    lock();
    try {
      change.accept(session.definitions());
    } catch (TursoException e) {
      throw SqlErrors.running(e);
    } catch (IllegalArgumentException e) {
      throw SqlErrors.misuse(e.getMessage());
    } finally {
      unlock();
    }
  }
}
