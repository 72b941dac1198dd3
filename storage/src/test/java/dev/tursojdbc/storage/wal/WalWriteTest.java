package dev.tursojdbc.storage.wal;

import static dev.tursojdbc.storage.wal.WalFixture.LOG;
import static dev.tursojdbc.storage.wal.WalFixture.PAGE_SIZE;
import static dev.tursojdbc.storage.wal.WalFixture.append;
import static dev.tursojdbc.storage.wal.WalFixture.commit;
import static dev.tursojdbc.storage.wal.WalFixture.pages;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tursojdbc.storage.error.ErrorCode;
import dev.tursojdbc.storage.error.TursoException;
import java.util.Arrays;
import java.util.Collections;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Appends, commits, savepoint positions, restarts, and what happens when they fail. */
class WalWriteTest {
  private final HookedFileSystem files = new HookedFileSystem();
  private final WalFixture fixture = new WalFixture(files);

  private Wal writer() {
    Wal wal = fixture.connect();
    wal.beginRead();
    wal.beginWrite();
    return wal;
  }

  private static void assertFails(Runnable action, ErrorCode code) {
    assertThatThrownBy(action::run)
        .isInstanceOfSatisfying(TursoException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  @Test
  void theHeaderIsOnDiskBeforeTheFirstFrame() {
    Wal writer = writer();
    files.events.clear();

    commit(writer, pages(1, 10, 2, 11), SyncMode.NORMAL);

    assertThat(files.events)
        .containsSubsequence(
            "open log", "write log", "sync log", "sync-directory log", "write log");
    assertThat(Collections.frequency(files.events, "sync log")).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(SyncMode.class)
  void aCommitSyncsTheLogOnceUnderFullAndExtra(SyncMode mode) {
    fixture.commit(pages(1, 10));
    Wal writer = writer();
    files.events.clear();

    commit(writer, pages(1, 11), mode);

    int syncs = mode == SyncMode.FULL || mode == SyncMode.EXTRA ? 1 : 0;
    assertThat(Collections.frequency(files.events, "sync log")).isEqualTo(syncs);
  }

  @Test
  void aBatchIsOneWrite() {
    fixture.commit(pages(1, 10));
    Wal writer = writer();
    int count = 1024;
    int[] numbers = new int[count];
    byte[][] images = new byte[count][];
    Arrays.setAll(numbers, i -> i + 1);
    Arrays.setAll(images, i -> WalFixture.image(i));
    files.events.clear();

    writer.commit(numbers, images, count, count, SyncMode.NORMAL);

    assertThat(Collections.frequency(files.events, "write log")).isEqualTo(1);
  }

  @Test
  void aCommitOfManyBatchesIsOneTransaction() {
    Wal writer = writer();
    int count = 3000;
    int[] numbers = new int[count];
    byte[][] images = new byte[count][];
    Arrays.setAll(numbers, i -> count - i);
    Arrays.setAll(images, i -> WalFixture.image(i));

    writer.commit(numbers, images, count, count, SyncMode.FULL);
    writer.close();
    fixture.reopen();

    assertThat(fixture.shared.statistics().maxFrame()).isEqualTo(count);
    assertThat(fixture.read(count)).isZero();
    assertThat(fixture.read(1)).isEqualTo(count - 1);
    assertThat(fixture.checkpoint(CheckpointMode.PASSIVE).checkpointedFrames()).isEqualTo(count);
    assertThat(fixture.read(count - 2000)).isEqualTo(2000);
  }

  @Test
  void aRewrittenFrameIsCommittedWithItsNewContent() {
    fixture.commit(pages(1, 9));
    Wal writer = writer();
    int frame = append(writer, pages(1, 10, 2, 11, 3, 12));
    rewrite(writer, pages(frame, 20, frame + 2, 22));
    rewrite(writer, pages(frame + 1, 21));
    append(writer, pages(2, 31));
    assertThat(fixture.read(writer, 1)).isEqualTo(20);
    assertThat(fixture.read(writer, 2)).isEqualTo(31);

    commit(writer, pages(1, 40), SyncMode.FULL);
    writer.close();
    fixture.reopen();

    assertThat(fixture.shared.statistics().maxFrame()).isEqualTo(6);
    assertThat(fixture.read(1)).isEqualTo(40);
    assertThat(fixture.read(2)).isEqualTo(31);
    assertThat(fixture.read(3)).isEqualTo(22);
    assertThat(fixture.checkpoint(CheckpointMode.TRUNCATE).busy()).isFalse();
    assertThat(fixture.read(3)).isEqualTo(22);
  }

  @Test
  void neighboursAreRewrittenInOneWriteAndEachKeepsItsPage() {
    Wal writer = writer();
    int frame = append(writer, pages(1, 10, 2, 11, 3, 12, 5, 13, 6, 14));
    files.events.clear();

    rewrite(writer, pages(frame, 20, frame + 1, 21, frame + 2, 22, frame + 4, 24));

    assertThat(files.events).containsExactly("write log", "write log", "wal.rewrite.written");
    commit(writer, pages(4, 40), SyncMode.FULL);
    writer.close();
    fixture.reopen();
    try (Wal reader = fixture.connect()) {
      reader.beginRead();
      assertThat(fixture.readAll(reader, 6))
          .containsExactlyEntriesOf(pages(1, 20, 2, 21, 3, 22, 4, 40, 5, 13, 6, 24));
    }
  }

  @Test
  void aChainOfManyBatchesIsRepaired() {
    Wal writer = writer();
    int count = 5000;
    int[] numbers = new int[count];
    byte[][] images = new byte[count][];
    Arrays.setAll(numbers, i -> i + 1);
    Arrays.setAll(images, i -> WalFixture.image(i));
    int frame = writer.append(numbers, images, count);
    rewrite(writer, pages(frame, 20_001, frame + 4000, 20_002));

    writer.commit(new int[] {1}, new byte[][] {WalFixture.image(20_003)}, 1, count, SyncMode.OFF);
    writer.close();
    fixture.reopen();

    assertThat(fixture.shared.statistics().maxFrame()).isEqualTo(count + 1);
    assertThat(fixture.read(1)).isEqualTo(20_003);
    assertThat(fixture.read(2)).isEqualTo(1);
    assertThat(fixture.read(4001)).isEqualTo(20_002);
    assertThat(fixture.read(count)).isEqualTo(count - 1);
  }

  @Test
  void aPositionBeforeTheRewrittenFramesBringsBackTheChainOfItsTime() {
    Wal writer = writer();
    append(writer, pages(1, 10));
    WalPosition position = writer.position();
    int frame = append(writer, pages(2, 11));
    rewrite(writer, pages(frame, 21));

    writer.rollbackTo(position);
    commit(writer, pages(3, 30), SyncMode.FULL);
    writer.close();
    fixture.reopen();

    assertThat(fixture.shared.statistics().maxFrame()).isEqualTo(2);
    assertThat(fixture.read(1)).isEqualTo(10);
    assertThat(fixture.read(2)).isZero();
    assertThat(fixture.read(3)).isEqualTo(30);
  }

  @Test
  void aFrameBeforeAPositionKeepsItsNewContent() {
    Wal writer = writer();
    int frame = append(writer, pages(1, 10, 2, 11));
    WalPosition position = writer.position();
    append(writer, pages(3, 12));
    rewrite(writer, pages(frame + 1, 21));

    writer.rollbackTo(position);
    commit(writer, pages(3, 30), SyncMode.FULL);
    writer.close();
    fixture.reopen();

    assertThat(fixture.read(1)).isEqualTo(10);
    assertThat(fixture.read(2)).isEqualTo(21);
    assertThat(fixture.read(3)).isEqualTo(30);
  }

  @Test
  void rewrittenFramesThatWereNotCommittedAreNotRecovered() {
    fixture.commit(pages(1, 9));
    Wal writer = writer();
    int frame = append(writer, pages(1, 10, 2, 11));
    rewrite(writer, pages(frame, 20));

    writer.close();
    fixture.commit(pages(3, 30));
    fixture.reopen();

    assertThat(fixture.shared.statistics().maxFrame()).isEqualTo(2);
    assertThat(fixture.read(1)).isEqualTo(9);
    assertThat(fixture.read(3)).isEqualTo(30);
  }

  @Test
  void aCommittedFrameCannotBeRewritten() {
    fixture.commit(pages(1, 9));
    Wal writer = writer();

    assertThatThrownBy(() -> rewrite(writer, pages(1, 10)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static void rewrite(Wal wal, SortedMap<Integer, Integer> framesAndContents) {
    wal.rewrite(
        WalFixture.numbers(framesAndContents),
        WalFixture.images(framesAndContents),
        framesAndContents.size());
  }

  @Test
  void spilledFramesAreCommittedByTheFramesBehindThem() {
    Wal writer = writer();
    append(writer, pages(1, 10, 2, 11));
    append(writer, pages(2, 12));
    assertThat(fixture.read(writer, 2)).isEqualTo(12);

    commit(writer, pages(3, 13), SyncMode.FULL);
    writer.close();
    fixture.reopen();

    assertThat(fixture.shared.statistics().maxFrame()).isEqualTo(4);
    assertThat(fixture.read(1)).isEqualTo(10);
    assertThat(fixture.read(2)).isEqualTo(12);
    assertThat(fixture.read(3)).isEqualTo(13);
  }

  @Test
  void aWriterKeepsReadingAfterItsCommit() {
    Wal writer = writer();
    long before = writer.snapshot().changeCount();

    commit(writer, pages(1, 10), SyncMode.FULL);
    writer.endWrite();

    assertThat(fixture.read(writer, 1)).isEqualTo(10);
    assertThat(writer.snapshot().maxFrame()).isEqualTo(1);
    assertThat(writer.snapshot().changeCount()).isGreaterThan(before);
    writer.endRead();
    assertThat(writer.beginRead()).isFalse();
  }

  @Test
  void rollbackToAPositionForgetsWhatCameAfterIt() {
    fixture.commit(pages(1, 10));
    Wal writer = writer();
    append(writer, pages(1, 11));
    WalPosition position = writer.position();
    append(writer, pages(1, 12, 2, 13));

    writer.rollbackTo(position);

    assertThat(fixture.read(writer, 1)).isEqualTo(11);
    assertThat(fixture.read(writer, 2)).isZero();
    commit(writer, pages(3, 14), SyncMode.FULL);
    writer.close();
    fixture.reopen();
    assertThat(fixture.shared.statistics().maxFrame()).isEqualTo(3);
    assertThat(fixture.read(1)).isEqualTo(11);
    assertThat(fixture.read(2)).isZero();
    assertThat(fixture.read(3)).isEqualTo(14);
  }

  @Test
  void aPositionFromBeforeARestartStandsForTheBeginningOfTheTransaction() {
    fixture.commit(pages(1, 10, 2, 11));
    fixture.checkpoint(CheckpointMode.PASSIVE);
    Wal writer = writer();
    WalPosition position = writer.position();
    append(writer, pages(1, 12));
    assertThat(writer.position().generation()).isNotEqualTo(position.generation());

    writer.rollbackTo(position);

    assertThat(fixture.read(writer, 1)).isEqualTo(10);
    commit(writer, pages(2, 13), SyncMode.FULL);
    writer.close();
    fixture.reopen();
    assertThat(fixture.shared.statistics().maxFrame()).isEqualTo(1);
    assertThat(fixture.read(1)).isEqualTo(10);
    assertThat(fixture.read(2)).isEqualTo(13);
  }

  @Test
  void aPositionFromBeforeTheFirstFrameOfANewLogWorks() {
    Wal writer = writer();
    WalPosition position = writer.position();
    append(writer, pages(1, 12));

    writer.rollbackTo(position);
    commit(writer, pages(2, 13), SyncMode.FULL);
    writer.close();
    fixture.reopen();

    assertThat(fixture.read(1)).isZero();
    assertThat(fixture.read(2)).isEqualTo(13);
  }

  @Test
  void rollbackToTheBeginningAndCommitLeavesAWholeChain() {
    fixture.commit(pages(1, 10));
    Wal writer = writer();
    append(writer, pages(1, 11, 2, 12));

    writer.rollback();
    commit(writer, pages(3, 13), SyncMode.FULL);
    writer.close();
    fixture.reopen();

    assertThat(fixture.read(1)).isEqualTo(10);
    assertThat(fixture.read(2)).isZero();
    assertThat(fixture.read(3)).isEqualTo(13);
  }

  @Test
  void aReaderOfFramesKeepsAWriterFromRestartingTheLog() {
    fixture.commit(pages(1, 10));
    Wal reader = fixture.connect();
    reader.beginRead();
    fixture.checkpoint(CheckpointMode.PASSIVE);

    fixture.commit(pages(1, 11));

    assertThat(fixture.shared.statistics().maxFrame()).isEqualTo(2);
    assertThat(fixture.read(reader, 1)).isEqualTo(10);
  }

  @Test
  void aReaderOfTheDatabaseFileSurvivesARestartOfTheLog() {
    fixture.commit(pages(1, 10));
    fixture.checkpoint(CheckpointMode.PASSIVE);
    Wal reader = fixture.connect();
    reader.beginRead();

    fixture.commit(pages(1, 11));
    fixture.commit(pages(1, 12));

    assertThat(fixture.shared.statistics().maxFrame()).isEqualTo(2);
    assertThat(reader.findFrame(1)).isZero();
    assertThat(fixture.read(reader, 1)).isEqualTo(10);
  }

  @Test
  void aLogIsNotRestartedIfThatIsNotWanted() {
    fixture.commit(pages(1, 10));
    fixture.checkpoint(CheckpointMode.PASSIVE);
    Wal writer = writer();
    writer.setAutoActions(new WalAutoActions(1000, false, -1));

    commit(writer, pages(1, 11), SyncMode.FULL);

    assertThat(fixture.shared.statistics().maxFrame()).isEqualTo(2);
  }

  @Test
  void aWriterDoesNotKeepACheckpointFromCopyingTheFramesBeforeIt() {
    fixture.commit(pages(1, 10));
    fixture.checkpoint(CheckpointMode.PASSIVE);
    Wal writer = writer();
    append(writer, pages(1, 11));

    assertThat(fixture.shared.statistics().heldMarks())
        .extracting(WalStatistics.Mark::index)
        .doesNotContain(0);
    assertThat(fixture.read(writer, 1)).isEqualTo(11);
  }

  @Test
  void theSizeLimitIsAppliedWhenTheLogRestarts() {
    fixture.commit(pages(1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6));
    long full = files.size(LOG);
    fixture.checkpoint(CheckpointMode.PASSIVE);
    Wal writer = writer();
    writer.setAutoActions(new WalAutoActions(1000, true, 1000));

    commit(writer, pages(1, 7), SyncMode.FULL);

    assertThat(full).isGreaterThan(1000);
    assertThat(files.size(LOG)).isEqualTo(1000);
    commit(writer, pages(1, 8, 2, 9), SyncMode.FULL);
    assertThat(files.size(LOG)).isEqualTo(32 + 3 * (24 + PAGE_SIZE));
  }

  @Test
  void aFailedWriteLeavesTheLogAsItWas() {
    fixture.commit(pages(1, 10));
    Wal writer = writer();
    append(writer, pages(2, 11));
    files.fail("write log", ErrorCode.FULL);

    assertFails(() -> commit(writer, pages(1, 12), SyncMode.FULL), ErrorCode.FULL);
    files.heal();

    assertThat(fixture.read(1)).isEqualTo(10);
    assertThat(fixture.read(writer, 2)).isEqualTo(11);
    writer.endWrite();
    writer.endRead();
    fixture.commit(pages(3, 13));
    fixture.reopen();
    assertThat(fixture.read(1)).isEqualTo(10);
    assertThat(fixture.read(2)).isZero();
    assertThat(fixture.read(3)).isEqualTo(13);
  }

  @Test
  void aWriteThatFailedCanBeTriedAgainInTheSameTransaction() {
    fixture.commit(pages(1, 10));
    Wal writer = writer();
    files.fail("write log", ErrorCode.FULL);
    assertFails(() -> append(writer, pages(2, 11)), ErrorCode.FULL);
    assertFails(() -> commit(writer, pages(2, 12), SyncMode.FULL), ErrorCode.FULL);
    files.heal();

    assertThat(append(writer, pages(2, 13))).isEqualTo(2);
    files.fail("write log", ErrorCode.FULL);
    assertFails(() -> commit(writer, pages(3, 14), SyncMode.FULL), ErrorCode.FULL);
    files.heal();
    commit(writer, pages(3, 15), SyncMode.FULL);
    writer.close();
    fixture.reopen();

    assertThat(fixture.shared.statistics().maxFrame()).isEqualTo(3);
    assertThat(fixture.read(1)).isEqualTo(10);
    assertThat(fixture.read(2)).isEqualTo(13);
    assertThat(fixture.read(3)).isEqualTo(15);
  }

  @Test
  void aFailureThatIsNotOfTheDiskLeavesTheTransactionAsItWas() {
    Wal writer = writer();
    assertThatThrownBy(
            () ->
                writer.commit(
                    new int[] {1, 2},
                    new byte[][] {WalFixture.image(1), new byte[3]},
                    2,
                    3,
                    SyncMode.FULL))
        .isInstanceOf(IllegalArgumentException.class);
    files.at(
        "wal.commit.written",
        () -> {
          throw new IllegalStateException("ours");
        });
    assertThatThrownBy(() -> commit(writer, pages(1, 9), SyncMode.FULL)).hasMessage("ours");
    assertThat(fixture.read(1)).isZero();

    commit(writer, pages(1, 10), SyncMode.FULL);
    writer.close();
    fixture.reopen();

    assertThat(fixture.shared.statistics().maxFrame()).isEqualTo(1);
    assertThat(fixture.read(1)).isEqualTo(10);
  }

  @Test
  void afterAFailedSyncNothingIsWrittenUntilReopened() {
    fixture.commit(pages(1, 10));
    Wal writer = writer();
    files.fail("sync log", ErrorCode.IOERR_FSYNC);
    assertFails(() -> commit(writer, pages(1, 11), SyncMode.FULL), ErrorCode.IOERR_FSYNC);
    files.heal();

    assertFails(() -> commit(writer, pages(1, 11), SyncMode.FULL), ErrorCode.IOERR_FSYNC);
    writer.close();
    assertThat(fixture.read(1)).isEqualTo(10);
    Wal next = fixture.connect();
    next.beginRead();
    assertFails(next::beginWrite, ErrorCode.IOERR_FSYNC);
    assertFails(() -> fixture.checkpoint(CheckpointMode.PASSIVE), ErrorCode.IOERR_FSYNC);
    next.close();

    fixture.reopen();
    assertThat(fixture.read(1)).isEqualTo(10);
    fixture.commit(pages(1, 12));
    assertThat(fixture.read(1)).isEqualTo(12);
  }

  @Test
  void aFailedSyncOfTheHeaderMakesTheNextOpenWriteItAgain() {
    files.fail("sync log", ErrorCode.IOERR_FSYNC);
    Wal writer = writer();
    assertFails(() -> commit(writer, pages(1, 11), SyncMode.FULL), ErrorCode.IOERR_FSYNC);
    writer.close();
    files.heal();

    fixture.reopen();
    fixture.commit(pages(1, 12));
    fixture.reopen();

    assertThat(fixture.read(1)).isEqualTo(12);
  }

  @Test
  void noFrameIsWrittenBesideADatabaseFileThatWouldMakeItAnOrphan() {
    fixture.database.truncate(0);
    Wal writer = writer();

    assertThatThrownBy(() -> commit(writer, pages(1, 11), SyncMode.FULL))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aReadErrorDuringRecoveryFailsTheOpenInsteadOfHidingCommits() {
    fixture.commit(pages(1, 10));
    files.fail("read log", ErrorCode.IOERR_READ);

    assertFails(fixture::reopen, ErrorCode.IOERR_READ);
    files.heal();
    fixture.shared = WalFileShared.open(files, fixture.database, LOG, PAGE_SIZE, false);

    assertThat(fixture.read(1)).isEqualTo(10);
  }

  @Test
  void aReadOnlyLogIsNotWritten() {
    fixture.commit(pages(1, 10));
    fixture.shared.closeLast(SyncMode.FULL, false);
    fixture.shared = WalFileShared.open(files, fixture.database, LOG, PAGE_SIZE, true);
    Wal wal = fixture.connect();
    wal.beginRead();

    assertThat(fixture.read(wal, 1)).isEqualTo(10);
    assertFails(wal::beginWrite, ErrorCode.READONLY);
    wal.endRead();
    assertFails(() -> fixture.checkpoint(CheckpointMode.PASSIVE), ErrorCode.READONLY);
    fixture.shared.closeLast(SyncMode.FULL, true);
    assertThat(files.exists(LOG)).isTrue();
  }

  @Test
  void reopeningADatabaseThatIsOnlyReadMakesNoLog() {
    assertThat(fixture.read(1)).isZero();
    assertThat(files.exists(LOG)).isFalse();
    fixture.shared.closeLast(SyncMode.FULL, true);
    assertThat(files.exists(LOG)).isFalse();
  }

  @Test
  void theOrderOfCallsIsChecked() {
    Wal wal = fixture.connect();
    assertThatThrownBy(wal::beginWrite).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(wal::snapshot).isInstanceOf(IllegalStateException.class);
    wal.beginRead();
    assertThatThrownBy(wal::beginRead).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(wal::position).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(wal::rollback).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> append(wal, pages(1, 10))).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> rewrite(wal, pages(1, 10))).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> commit(wal, pages(1, 10), SyncMode.FULL))
        .isInstanceOf(IllegalStateException.class);
    wal.beginWrite();
    assertThatThrownBy(wal::beginWrite).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> wal.commit(new int[0], new byte[0][], 0, 3, SyncMode.FULL))
        .isInstanceOf(IllegalArgumentException.class);
    byte[][] image = {WalFixture.image(10)};
    assertThatThrownBy(() -> wal.commit(new int[] {1}, image, 1, 0, SyncMode.FULL))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(wal::endRead).isInstanceOf(IllegalStateException.class);
    wal.close();
    assertThat(fixture.shared.statistics().writerHeld()).isFalse();
    assertThat(fixture.shared.statistics().heldMarks()).isEmpty();
  }
}
