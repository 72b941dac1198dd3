package dev.tursojdbc.sql.exec;

import dev.tursojdbc.sql.ast.ConflictAction;
import dev.tursojdbc.storage.error.ErrorCode;

/**
 * How many violations of foreign keys there are: of immediate keys since the statement began, of
 * deferred keys since the transaction did.
 *
 * <pre>
 *   immediate           must be 0 at the end of the statement
 *   deferred            must be 0 at the commit
 *   deferredImmediate   immediate keys while PRAGMA defer_foreign_keys is on; 0 at the commit
 * </pre>
 *
 * <p>Rows that were violations before foreign keys were enforced are not counted. So a counter of 0
 * means that a row that goes cannot have been one, and need not be looked at.
 */
public final class ForeignKeyCounter {
  private long immediate;
  private long deferred;
  private long deferredImmediate;
  private boolean defersAll;

  /** What a savepoint or a statement goes back to. */
  public record Mark(long deferred, long deferredImmediate) {}

  /**
   * A statement begins.
   *
   * @param allDeferred whether immediate keys count as deferred
   */
  public void beginStatement(boolean allDeferred) {
    immediate = 0;
    defersAll = allDeferred;
  }

  void count(boolean isDeferred, long violations) {
    if (isDeferred) {
      deferred += violations;
    } else if (defersAll) {
      deferredImmediate += violations;
    } else {
      immediate += violations;
    }
  }

  /** Whether a key of this kind is broken nowhere. */
  boolean isZero(boolean isDeferred) {
    return (isDeferred ? deferred : immediate) == 0 && deferredImmediate == 0;
  }

  /** Whether a violation of a key of this kind shows at the end of the statement. */
  boolean isImmediate(boolean isDeferred) {
    return !isDeferred && !defersAll;
  }

  /** At the end of a statement. */
  public void requireNoImmediate() {
    if (immediate > 0) {
      throw failure();
    }
  }

  /** Whether there are violations of deferred keys, or such as were mended before they came. */
  public boolean hasAnyDeferred() {
    return !isZero(true);
  }

  /** Whether the transaction must not be committed. */
  public boolean hasDeferred() {
    return deferred + deferredImmediate > 0;
  }

  public Mark mark() {
    return new Mark(deferred, deferredImmediate);
  }

  public void backTo(Mark mark) {
    deferred = mark.deferred();
    deferredImmediate = mark.deferredImmediate();
  }

  /** PRAGMA defer_foreign_keys was switched off. */
  public void forgetDeferredImmediate() {
    deferredImmediate = 0;
  }

  /** The transaction is over. */
  public void clear() {
    deferred = 0;
    deferredImmediate = 0;
  }

  public static ConstraintException failure() {
    return new ConstraintException(
        ErrorCode.CONSTRAINT_FOREIGNKEY, "FOREIGN KEY constraint failed", ConflictAction.ABORT);
  }
}
