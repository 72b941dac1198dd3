package dev.tursojdbc.storage.pager;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tursojdbc.storage.page.DatabaseHeader;
import dev.tursojdbc.storage.page.PageSource;
import dev.tursojdbc.storage.wal.CheckpointMode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Drives a pager and, beside it, a model that is maps of page contents: one for the committed
 * state, one for the transaction, one for each savepoint and view. Each command is a number, so
 * that a failing history shrinks.
 */
final class PagerModel {
  private static final int RESERVED_FOR_HEADER = 100;

  /** A state of the database: a fill byte for each page in use. */
  record State(Map<Integer, Byte> pages, int pageCount, int freeCount) {
    State copy() {
      return new State(new HashMap<>(pages), pageCount, freeCount);
    }
  }

  private record View(Pager.PageView view, State state) {}

  private final Pager pager;
  private State committed = new State(new HashMap<>(), 1, 0);
  private State current = committed.copy();
  private final Deque<State> savepoints = new ArrayDeque<>();
  private final List<View> views = new ArrayList<>();

  PagerModel(Pager pager) {
    this.pager = pager;
    pager.beginRead();
    pager.beginWrite();
    pager.commit();
    pager.endRead();
    pager.beginRead();
  }

  void run(int command) {
    SplittableRandom random = new SplittableRandom(command);
    int kind = random.nextInt(100);
    if (kind < 35) {
      write(random);
    } else if (kind < 55) {
      allocate(random);
    } else if (kind < 62) {
      free(random);
    } else if (kind < 70) {
      openSavepoint();
    } else if (kind < 76) {
      rollbackTo(random);
    } else if (kind < 80) {
      release(random);
    } else if (kind < 86) {
      freeze();
    } else if (kind < 90) {
      closeView(random);
    } else if (kind < 93) {
      check();
    } else if (kind < 96) {
      end(true);
    } else if (kind < 98) {
      end(false);
    } else {
      renewSnapshot();
    }
    if (random.nextBoolean()) {
      pager.spillPoint();
    }
  }

  private void beginWrite() {
    if (!pager.isWriting()) {
      pager.beginWrite();
    }
  }

  private int pick(SplittableRandom random) {
    List<Integer> numbers = new ArrayList<>(current.pages.keySet());
    return numbers.get(random.nextInt(numbers.size()));
  }

  private void write(SplittableRandom random) {
    if (!current.pages.isEmpty()) {
      beginWrite();
      fill(pick(random), (byte) random.nextInt());
    }
  }

  private void fill(int pageNumber, byte value) {
    Arrays.fill(pager.writable(pageNumber), value);
    current.pages.put(pageNumber, value);
  }

  private void allocate(SplittableRandom random) {
    beginWrite();
    int count = 1 + random.nextInt(5);
    for (int i = 0; i < count; i++) {
      int pageNumber = pager.allocate(random.nextInt(4));
      assertThat(current.pages).doesNotContainKey(pageNumber);
      assertThat(pager.page(pageNumber)).containsOnly(0);
      boolean reused = current.freeCount > 0;
      current =
          new State(
              current.pages,
              reused ? current.pageCount : current.pageCount + 1,
              reused ? current.freeCount - 1 : 0);
      fill(pageNumber, (byte) random.nextInt());
    }
  }

  private void free(SplittableRandom random) {
    if (!current.pages.isEmpty()) {
      beginWrite();
      int pageNumber = pick(random);
      pager.free(pageNumber);
      current.pages.remove(pageNumber);
      current = new State(current.pages, current.pageCount, current.freeCount + 1);
    }
  }

  private void openSavepoint() {
    assertThat(pager.openSavepoint()).isEqualTo(savepoints.size());
    savepoints.addLast(current.copy());
  }

  private void rollbackTo(SplittableRandom random) {
    if (!savepoints.isEmpty()) {
      int id = random.nextInt(savepoints.size());
      pager.rollbackTo(id);
      while (savepoints.size() > id + 1) {
        savepoints.removeLast();
      }
      current = savepoints.getLast().copy();
    }
  }

  private void release(SplittableRandom random) {
    if (!savepoints.isEmpty()) {
      int id = random.nextInt(savepoints.size());
      pager.release(id);
      while (savepoints.size() > id) {
        savepoints.removeLast();
      }
    }
  }

  private void freeze() {
    if (views.size() < 5) {
      views.add(new View(pager.freeze(), current.copy()));
    }
  }

  private void closeView(SplittableRandom random) {
    if (!views.isEmpty()) {
      View closing = views.remove(random.nextInt(views.size()));
      check(closing.view, closing.state);
      closing.view.close();
    }
  }

  private void end(boolean commit) {
    savepoints.clear();
    if (!pager.isWriting()) {
      pager.rollback();
    } else if (commit) {
      pager.commit();
      committed = current.copy();
    } else {
      pager.rollback();
      current = committed.copy();
    }
  }

  /** Lets the log restart. */
  private void renewSnapshot() {
    if (!pager.isWriting() && views.isEmpty()) {
      pager.endRead();
      pager.checkpoint(CheckpointMode.PASSIVE);
      pager.beginRead();
    }
  }

  void check() {
    check(pager, current);
    assertThat(pager.headerValue(DatabaseHeader.FREELIST_COUNT_OFFSET))
        .isEqualTo(current.freeCount);
    for (View view : views) {
      check(view.view, view.state);
    }
  }

  /** What was committed last; another object after each commit. */
  State committed() {
    return committed;
  }

  /** Whether the pages are exactly those of the state. */
  static boolean matches(PageSource source, State state) {
    return source.pageCount() == state.pageCount
        && state.pages.entrySet().stream()
            .allMatch(page -> isFilled(source.page(page.getKey()), page.getValue()));
  }

  private static boolean isFilled(byte[] image, byte value) {
    for (byte found : image) {
      if (found != value) {
        return false;
      }
    }
    return true;
  }

  private static void check(PageSource source, State state) {
    assertThat(source.pageCount()).isEqualTo(state.pageCount);
    state.pages.forEach(
        (pageNumber, value) -> {
          byte[] image = source.page(pageNumber);
          assertThat(image[0]).as("page %d", pageNumber).isEqualTo(value);
          assertThat(image[image.length - 1]).as("page %d", pageNumber).isEqualTo(value);
        });
    assertThat(source.page(1).length).isGreaterThan(RESERVED_FOR_HEADER);
  }

  /** Ends everything. @return the committed contents, to be found again after reopening */
  void finish() {
    views.forEach(
        view -> {
          check(view.view, view.state);
          view.view.close();
        });
    views.clear();
    end(false);
    check();
    pager.endRead();
  }

  /** Whether another connection sees the committed state. */
  void checkCommitted(Pager other) {
    other.beginRead();
    check(other, committed);
    other.endRead();
  }
}
