package dev.tursojdbc.sql;

import dev.tursojdbc.sql.exec.Frame;
import dev.tursojdbc.sql.exec.MemoryBudget;
import dev.tursojdbc.storage.page.PageSource;
import dev.tursojdbc.storage.record.Register;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The frames of one program: one for queries whose pages must not change while they run, one for
 * expressions that see what the statement has done so far.
 */
final class ProgramFrames {
  private final Frame stable;
  private final Frame live;
  private final StatementPages[] pages;
  private final long databases;

  /** For a program that may read whatever there is. */
  ProgramFrames(Session session, Register[] parameters) {
    this(session, parameters, -1);
  }

  /**
   * @param read the databases that the program reads, one bit each
   */
  ProgramFrames(Session session, Register[] parameters, long read) {
    SessionContext context = session.context();
    MemoryBudget memory = new MemoryBudget();
    stable = new Frame(context, parameters, memory);
    live = new Frame(context, parameters, memory);
    List<SessionDatabase> open = session.databases().open();
    pages = new StatementPages[open.size()];
    PageSource[] sources = new PageSource[open.size()];
    long bits = 0;
    for (int i = 0; i < pages.length; i++) {
      if ((read >> i & 1) != 0 && open.get(i).isOpen()) {
        pages[i] = new StatementPages(open.get(i).pager());
        sources[i] = pages[i];
        bits |= 1L << i;
      }
    }
    databases = bits;
    stable.freeze(sources);
  }

  /** Runs what is no program of its own and has no parameters over the newest pages. */
  static void runLive(Session session, Consumer<Frame> action) {
    computeLive(
        session,
        live -> {
          action.accept(live);
          return true;
        });
  }

  /** As {@link #runLive}, for what has a result. */
  static <T> T computeLive(Session session, Function<Frame, T> action) {
    ProgramFrames frames = new ProgramFrames(session, new Register[0]);
    frames.begin();
    try {
      return action.apply(frames.live);
    } finally {
      frames.end();
    }
  }

  /** The frame for queries: they see the state at the start. */
  Frame stable() {
    return stable;
  }

  /** The frame for what reads the newest pages. */
  Frame live() {
    return live;
  }

  /** The databases that are read, one bit each. */
  long databases() {
    return databases;
  }

  void begin() {
    stable.begin();
    live.begin();
  }

  /** From now on the stable frame keeps seeing the present state, whatever is changed. */
  void freeze() {
    for (StatementPages each : pages) {
      if (each != null) {
        each.freeze();
      }
    }
  }

  void end() {
    try {
      stable.end();
      live.end();
    } finally {
      for (StatementPages each : pages) {
        if (each != null) {
          each.close();
        }
      }
    }
  }
}
