package dev.tursojdbc.sql.exec;

import org.jspecify.annotations.Nullable;

/** What one operator takes of the {@link MemoryBudget}. */
final class MemoryClaim implements AutoCloseable {
  /** Less is not worth being given back before the statement runs again. */
  private static final long WORTH_CLEARING = 1 << 16;

  private final Runnable clear;
  private @Nullable MemoryBudget budget;
  private long run;
  private long bytes;
  private boolean closesAtEnd;

  /**
   * @param clear makes the operator let go of its rows; called when the run ends, if they are many
   */
  MemoryClaim(Runnable clear) {
    this.clear = clear;
  }

  /**
   * Says how many bytes the operator has now.
   *
   * @return whether it should not get more
   */
  boolean set(Frame frame, long newBytes) {
    MemoryBudget memory = frame.memory();
    if (memory != budget || run != memory.run()) {
      budget = memory;
      run = memory.run();
      bytes = 0;
      closesAtEnd = false;
    }
    memory.use(newBytes - bytes);
    bytes = newBytes;
    if (!closesAtEnd && newBytes > WORTH_CLEARING) {
      closesAtEnd = true;
      frame.closeAtEnd(this);
    }
    return memory.isUsedUp() && newBytes >= memory.part();
  }

  /** The operator has let go of everything. */
  void release() {
    MemoryBudget memory = budget;
    if (memory != null && run == memory.run()) {
      memory.use(-bytes);
    }
    bytes = 0;
  }

  @Override
  public void close() {
    clear.run();
  }
}
