package dev.tursojdbc.storage.wal;

import static dev.tursojdbc.storage.wal.WalFixture.pages;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tursojdbc.storage.error.ErrorCode;
import dev.tursojdbc.storage.error.TursoException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * One connection is stopped at each point that it passes, and others do there whatever they may: in
 * the middle of a commit, of a checkpoint and of a reader's choice of its mark. Each commit gives
 * pages 1 to 3 the same content; so whoever reads two contents, or an older one than the last that
 * was committed, has no snapshot.
 */
class WalInterleavingTest {
  private static final List<String> POINTS =
      List.of(
          "wal.read.marked",
          "wal.read.begun",
          "wal.write.begun",
          "wal.restart.locked",
          "wal.header.written",
          "wal.header.synced",
          "wal.append.written",
          "wal.rewrite.written",
          "wal.commit.chain-repaired",
          "wal.commit.written",
          "wal.commit.before-publish",
          "wal.commit.published",
          "wal.checkpoint.locked",
          "wal.checkpoint.before-copy",
          "wal.checkpoint.copied",
          "wal.checkpoint.before-cut",
          "wal.checkpoint.before-publish",
          "wal.checkpoint.published",
          "wal.checkpoint.before-restart",
          "wal.checkpoint.before-truncate");

  /** What a connection does. */
  private enum Action {
    COMMIT,
    SPILL_AND_COMMIT,
    ROLL_BACK,
    READ,
    PASSIVE,
    FULL,
    RESTART,
    TRUNCATE,
    COMMIT_AND_TRUNCATE,
    TRUNCATE_AND_COMMIT
  }

  /** What was done before. */
  private enum Beginning {
    EMPTY_LOG,
    FRAMES,
    SOME_COPIED,
    ALL_COPIED
  }

  private record Reader(Wal wal, int content) {}

  private final HookedFileSystem files = new HookedFileSystem();
  private final WalFixture fixture = new WalFixture(files);
  private String description = "";
  private final List<Reader> readers = new ArrayList<>();
  private int committed;
  private int next = 1;

  static Stream<Arguments> beginnings() {
    return Stream.of(Beginning.values())
        .flatMap(
            beginning -> Stream.of(Action.values()).map(action -> Arguments.of(beginning, action)));
  }

  @ParameterizedTest
  @MethodSource("beginnings")
  void whateverComesBetweenEverybodyHasASnapshotAndNoCommitGetsLost(
      Beginning beginning, Action action) {
    int stopped = 0;
    for (String point : POINTS) {
      for (Action other : Action.values()) {
        if (new WalInterleavingTest().run(beginning, action, point, other)) {
          stopped++;
        }
      }
    }
    assertThat(stopped).isGreaterThanOrEqualTo(Action.values().length);
  }

  /** Returns whether the point was passed. */
  private boolean run(Beginning beginning, Action action, String point, Action other) {
    description = beginning + ", " + other + " in " + action + " at " + point;
    begin(beginning);
    boolean[] passed = {false};
    files.at(
        point,
        () -> {
          passed[0] = true;
          attempt(other);
          verify();
        });
    attempt(action);
    files.at(point, () -> {});
    verify();
    readers.forEach(reader -> reader.wal.close());
    readers.clear();
    attempt(Action.COMMIT);
    verify();
    assertThat(fixture.shared.statistics().heldMarks()).as(description).isEmpty();
    assertThat(fixture.shared.statistics().writerHeld()).as(description).isFalse();
    fixture.reopen();
    for (int page = 1; page <= 3; page++) {
      assertThat(fixture.read(page)).as(description).isEqualTo(committed);
    }
    assertThat(fixture.checkpoint(CheckpointMode.TRUNCATE).busy()).as(description).isFalse();
    assertThat(fixture.read(1)).as(description).isEqualTo(committed);
    return passed[0];
  }

  private void begin(Beginning beginning) {
    attempt(Action.READ);
    if (beginning != Beginning.EMPTY_LOG) {
      attempt(Action.COMMIT);
      attempt(Action.COMMIT);
    }
    if (beginning == Beginning.SOME_COPIED) {
      // The first reader, of the database file alone, would let nothing be copied.
      readers.remove(0).wal.close();
      attempt(Action.READ);
      attempt(Action.COMMIT);
      attempt(Action.PASSIVE);
    } else if (beginning == Beginning.ALL_COPIED) {
      readers.remove(0).wal.close();
      attempt(Action.PASSIVE);
    }
  }

  /** Does something that a lock may refuse. */
  private void attempt(Action action) {
    try {
      perform(action);
    } catch (TursoException e) {
      assertThat(e.code()).isIn(ErrorCode.BUSY, ErrorCode.BUSY_SNAPSHOT);
    }
  }

  private void perform(Action action) {
    switch (action) {
      case COMMIT -> commit(false);
      case SPILL_AND_COMMIT -> commit(true);
      case ROLL_BACK -> rollBack();
      case READ -> read();
      case PASSIVE -> fixture.checkpoint(CheckpointMode.PASSIVE);
      case FULL -> fixture.checkpoint(CheckpointMode.FULL);
      case RESTART -> fixture.checkpoint(CheckpointMode.RESTART);
      case TRUNCATE -> fixture.checkpoint(CheckpointMode.TRUNCATE);
      case COMMIT_AND_TRUNCATE -> {
        commit(false);
        fixture.checkpoint(CheckpointMode.TRUNCATE);
      }
      case TRUNCATE_AND_COMMIT -> {
        fixture.checkpoint(CheckpointMode.TRUNCATE);
        commit(true);
      }
    }
  }

  private void commit(boolean spills) {
    try (Wal wal = fixture.connect()) {
      wal.beginRead();
      wal.beginWrite();
      int content = next++;
      int[] numbers = {1, 2, 3};
      byte[][] images = WalFixture.images(pages(1, content, 2, content, 3, content));
      if (spills) {
        int frame = wal.append(new int[] {1, 2}, WalFixture.images(pages(1, 99, 2, 99)), 2);
        wal.rewrite(new int[] {frame, frame + 1}, images, 2);
        wal.commit(new int[] {3}, new byte[][] {images[2]}, 1, 3, SyncMode.FULL);
      } else {
        wal.commit(numbers, images, 3, 3, SyncMode.FULL);
      }
      committed = Math.max(committed, content);
    }
  }

  private void rollBack() {
    try (Wal wal = fixture.connect()) {
      wal.beginRead();
      wal.beginWrite();
      wal.append(new int[] {1, 2}, WalFixture.images(pages(1, 98, 2, 98)), 2);
    }
  }

  private void read() {
    Wal wal = fixture.connect();
    int least = committed;
    wal.beginRead();
    int content = fixture.read(wal, 1);
    assertThat(content).as(description).isGreaterThanOrEqualTo(least);
    readers.add(new Reader(wal, content));
  }

  private void verify() {
    for (Reader reader : readers) {
      for (int page = 1; page <= 3; page++) {
        assertThat(fixture.read(reader.wal, page)).as(description).isEqualTo(reader.content);
      }
    }
    try (Wal wal = fixture.connect()) {
      wal.beginRead();
      int content = fixture.read(wal, 1);
      assertThat(content).as(description).isGreaterThanOrEqualTo(committed);
      assertThat(fixture.read(wal, 2)).as(description).isEqualTo(content);
      assertThat(fixture.read(wal, 3)).as(description).isEqualTo(content);
    }
  }
}
