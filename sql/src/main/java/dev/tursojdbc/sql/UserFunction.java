package dev.tursojdbc.sql;

import dev.tursojdbc.sql.function.Accumulator;
import dev.tursojdbc.sql.function.AggregateFunction;
import dev.tursojdbc.sql.function.FunctionContext;
import dev.tursojdbc.sql.function.FunctionFlag;
import dev.tursojdbc.sql.function.ScalarFunction;
import dev.tursojdbc.sql.function.SqlFunction;
import dev.tursojdbc.storage.error.ErrorCode;
import dev.tursojdbc.storage.error.TursoException;
import dev.tursojdbc.storage.record.Register;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The engine's view of a function that the application defines for one session. */
abstract class UserFunction implements SqlFunction {
  private static final Register[] NO_ARGUMENTS = {};

  private final Session session;
  private final FunctionSignature signature;
  private final Set<FunctionFlag> flags;

  private UserFunction(Session session, FunctionSignature signature, boolean window) {
    this.session = session;
    this.signature = signature;
    this.flags = flags(signature, window);
  }

  private static Set<FunctionFlag> flags(FunctionSignature signature, boolean window) {
    Set<FunctionFlag> flags = EnumSet.noneOf(FunctionFlag.class);
    if (signature.deterministic()) {
      flags.add(FunctionFlag.DETERMINISTIC);
    }
    if (signature.directOnly()) {
      flags.add(FunctionFlag.DIRECT_ONLY);
    }
    if (signature.innocuous()) {
      flags.add(FunctionFlag.INNOCUOUS);
    }
    if (window) {
      flags.add(FunctionFlag.WINDOW);
    }
    return flags;
  }

  static SqlFunction of(Session session, FunctionSignature signature, UserScalar body) {
    return new Scalar(session, signature, body);
  }

  static SqlFunction of(Session session, FunctionSignature signature, UserAggregate<?> body) {
    return new Aggregate<>(session, signature, body);
  }

  @Override
  public final String name() {
    return signature.key();
  }

  @Override
  public final int argumentCount() {
    return signature.argumentCount();
  }

  @Override
  public final boolean isDeterministic() {
    return signature.deterministic();
  }

  @Override
  public final Set<FunctionFlag> flags() {
    return flags;
  }

  /** Something of the application's. */
  @FunctionalInterface
  private interface Body {
    void run() throws Exception;
  }

  /**
   * Runs the application's code, which may run statements of the session that calls it, and throws
   * what it likes.
   */
  final void callOut(Body body) {
    @Nullable Query caller = session.current();
    try {
      body.run();
    } catch (TursoException known) {
      throw known;
    } catch (Exception failure) {
      String message = failure.getMessage();
      throw new TursoException(
          ErrorCode.ERROR, message == null ? failure.toString() : message, failure);
    } finally {
      session.resume(caller);
    }
  }

  private static final class Scalar extends UserFunction implements ScalarFunction {
    private final UserScalar body;

    Scalar(Session session, FunctionSignature signature, UserScalar body) {
      super(session, signature, false);
      this.body = body;
    }

    @Override
    public void call(FunctionContext context, Register[] arguments, Register result) {
      result.setNull();
      callOut(() -> body.call(new FunctionCall(context, arguments, result)));
    }
  }

  private static final class Aggregate<S> extends UserFunction implements AggregateFunction {
    private final UserAggregate<S> body;

    Aggregate(Session session, FunctionSignature signature, UserAggregate<S> body) {
      super(session, signature, body.isInvertible());
      this.body = body;
    }

    @Override
    public Accumulator start() {
      return new Group();
    }

    /** One group. The application hears of it with its first row, or when its result is asked. */
    private final class Group extends Accumulator {
      private @Nullable S state;

      private S state() throws Exception {
        S known = state;
        if (known == null) {
          known = body.start();
          state = known;
        }
        return known;
      }

      @Override
      public void step(FunctionContext context, Register[] arguments) {
        callOut(() -> body.add(state(), new FunctionCall(context, arguments, new Register())));
      }

      @Override
      public void inverse(FunctionContext context, Register[] arguments) {
        callOut(() -> body.remove(state(), new FunctionCall(context, arguments, new Register())));
      }

      @Override
      public boolean isInvertible() {
        return body.isInvertible();
      }

      @Override
      public void result(FunctionContext context, Register result) {
        result.setNull();
        callOut(() -> body.result(state(), new FunctionCall(context, NO_ARGUMENTS, result)));
      }
    }
  }
}
