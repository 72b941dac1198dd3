package dev.tursojdbc.storage.wal;

import static dev.tursojdbc.storage.wal.WalFixture.LOG;
import static dev.tursojdbc.storage.wal.WalFixture.PAGE_SIZE;
import static dev.tursojdbc.storage.wal.WalFixture.append;
import static dev.tursojdbc.storage.wal.WalFixture.pages;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tursojdbc.storage.error.CorruptDatabaseException;
import dev.tursojdbc.storage.error.ErrorCode;
import dev.tursojdbc.storage.error.TursoException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who keeps a checkpoint from what, and what it answers: SQLite's table. */
class WalCheckpointTest {
  private final HookedFileSystem files = new HookedFileSystem();
  private final WalFixture fixture = new WalFixture(files);

  /** Gives up after three calls, and remembers them. */
  private final List<Integer> waits = new ArrayList<>();

  private final BusyHandler patient =
      attempt -> {
        waits.add(attempt);
        return attempt < 2;
      };

  private Wal reader() {
    Wal wal = fixture.connect();
    wal.beginRead();
    return wal;
  }

  private Wal writer() {
    Wal wal = reader();
    wal.beginWrite();
    return wal;
  }

  private CheckpointResult checkpoint(CheckpointMode mode) {
    return fixture.checkpoint(mode, patient);
  }

  private static CheckpointResult result(int busy, int log, int checkpointed) {
    return new CheckpointResult(busy == 1, log, checkpointed);
  }

  private int inDatabaseFile(int pageNumber) {
    byte[] image = new byte[PAGE_SIZE];
    fixture.database.read((pageNumber - 1L) * PAGE_SIZE, image, 0, PAGE_SIZE);
    return WalFixture.content(image);
  }

  @ParameterizedTest
  @EnumSource(
      value = CheckpointMode.class,
      names = {"PASSIVE", "FULL", "RESTART"})
  void copiesTheNewestImageOfEachPage(CheckpointMode mode) {
    fixture.commit(pages(1, 10, 2, 11));
    fixture.commit(pages(2, 12));

    assertThat(checkpoint(mode)).isEqualTo(result(0, 3, 3));
    assertThat(inDatabaseFile(1)).isEqualTo(10);
    assertThat(inDatabaseFile(2)).isEqualTo(12);
    assertThat(checkpoint(mode)).isEqualTo(result(0, 3, 3));
  }

  @Test
  void truncateLeavesAnEmptyLog() {
    fixture.commit(pages(1, 10, 2, 11));

    assertThat(checkpoint(CheckpointMode.TRUNCATE)).isEqualTo(result(0, 0, 0));
    assertThat(files.size(LOG)).isZero();
    assertThat(inDatabaseFile(2)).isEqualTo(11);

    fixture.commit(pages(2, 12));
    fixture.reopen();
    assertThat(fixture.read(2)).isEqualTo(12);
    assertThat(fixture.shared.statistics().maxFrame()).isEqualTo(1);
  }

  @Test
  void truncateCutsALogThatIsBackfilledAlready() {
    fixture.commit(pages(1, 10));
    checkpoint(CheckpointMode.RESTART);

    assertThat(checkpoint(CheckpointMode.TRUNCATE)).isEqualTo(result(0, 0, 0));
    assertThat(files.size(LOG)).isZero();
  }

  @ParameterizedTest
  @EnumSource(CheckpointMode.class)
  void anEmptyLogIsNoTrouble(CheckpointMode mode) {
    assertThat(checkpoint(mode)).isEqualTo(result(0, 0, 0));
  }

  @ParameterizedTest
  @EnumSource(names = "NOOP", mode = EnumSource.Mode.EXCLUDE)
  void anotherCheckpointIsNotWaitedFor(CheckpointMode mode) {
    fixture.commit(pages(1, 10));
    List<CheckpointResult> inner = new ArrayList<>();
    files.at("wal.checkpoint.before-copy", () -> inner.add(checkpoint(mode)));

    assertThat(fixture.checkpoint(CheckpointMode.PASSIVE)).isEqualTo(result(0, 1, 1));

    assertThat(inner).containsExactly(result(1, -1, -1));
    assertThat(waits).isEmpty();
  }

  @Test
  void noopOnlyTellsHowMuchThereIs() {
    fixture.commit(pages(1, 10));
    files.events.clear();

    assertThat(checkpoint(CheckpointMode.NOOP)).isEqualTo(result(0, 1, 0));

    assertThat(files.events).isEmpty();
    assertThat(inDatabaseFile(1)).isZero();
  }

  @Test
  void passiveIgnoresAReaderOfTheDatabaseFileAndCopiesNothing() {
    Wal reader = reader();
    fixture.commit(pages(1, 10));

    assertThat(checkpoint(CheckpointMode.PASSIVE)).isEqualTo(result(0, 1, 0));
    assertThat(waits).isEmpty();
    assertThat(fixture.read(reader, 1)).isZero();
  }

  @Test
  void passiveCopiesUpToTheLowestHeldMark() {
    fixture.commit(pages(1, 10));
    Wal old = reader();
    fixture.commit(pages(1, 11));
    Wal newer = reader();
    fixture.commit(pages(1, 12));

    assertThat(checkpoint(CheckpointMode.PASSIVE)).isEqualTo(result(0, 3, 1));
    old.endRead();
    assertThat(checkpoint(CheckpointMode.PASSIVE)).isEqualTo(result(0, 3, 2));
    assertThat(fixture.read(newer, 1)).isEqualTo(11);
    newer.endRead();
    assertThat(checkpoint(CheckpointMode.PASSIVE)).isEqualTo(result(0, 3, 3));
    assertThat(waits).isEmpty();
  }

  @Test
  void aReaderThatIsUpToDateDoesNotKeepFullFromCopyingEverything() {
    fixture.commit(pages(1, 10));
    reader();

    assertThat(checkpoint(CheckpointMode.FULL)).isEqualTo(result(0, 1, 1));
    assertThat(waits).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = CheckpointMode.class,
      names = {"FULL", "RESTART", "TRUNCATE"})
  void aWriterIsWaitedForAndThenPassiveWorkIsDone(CheckpointMode mode) {
    fixture.commit(pages(1, 10, 2, 11));
    Wal writer = writer();

    assertThat(checkpoint(mode)).isEqualTo(result(1, 2, 2));
    assertThat(waits).containsExactly(0, 1, 2);
    assertThat(inDatabaseFile(1)).isEqualTo(10);

    writer.close();
    waits.clear();
    assertThat(checkpoint(mode).busy()).isFalse();
    assertThat(waits).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = CheckpointMode.class,
      names = {"FULL", "RESTART", "TRUNCATE"})
  void anOldReaderIsWaitedForAndThenWhatCanBeCopiedIs(CheckpointMode mode) {
    fixture.commit(pages(1, 10));
    Wal old = reader();
    fixture.commit(pages(1, 11));

    assertThat(checkpoint(mode)).isEqualTo(result(1, 2, 1));
    assertThat(waits).containsExactly(0, 1, 2);
    assertThat(fixture.read(old, 1)).isEqualTo(10);
  }

  @Test
  void aReaderThatLeavesWhileItIsWaitedForDoesNotMakeTheAnswerBusy() {
    fixture.commit(pages(1, 10));
    Wal old = reader();
    fixture.commit(pages(1, 11));

    CheckpointResult result =
        fixture.checkpoint(
            CheckpointMode.RESTART,
            attempt -> {
              old.endRead();
              return true;
            });

    assertThat(result).isEqualTo(result(0, 2, 2));
  }

  @ParameterizedTest
  @EnumSource(
      value = CheckpointMode.class,
      names = {"RESTART", "TRUNCATE"})
  void aReaderOfFramesKeepsTheLogFromRestarting(CheckpointMode mode) {
    fixture.commit(pages(1, 10));
    Wal reader = reader();

    assertThat(checkpoint(mode)).isEqualTo(result(1, 1, 1));
    assertThat(waits).containsExactly(0, 1, 2);
    assertThat(fixture.read(reader, 1)).isEqualTo(10);
  }

  @ParameterizedTest
  @EnumSource(
      value = CheckpointMode.class,
      names = {"RESTART", "TRUNCATE"})
  void aReaderOfTheDatabaseFileDoesNotKeepTheLogFromRestarting(CheckpointMode mode) {
    fixture.commit(pages(1, 10));
    checkpoint(CheckpointMode.PASSIVE);
    Wal reader = reader();

    assertThat(checkpoint(mode).busy()).isFalse();

    assertThat(waits).isEmpty();
    fixture.commit(pages(1, 11));
    assertThat(fixture.read(reader, 1)).isEqualTo(10);
    assertThat(checkpoint(CheckpointMode.PASSIVE)).isEqualTo(result(0, 1, 0));
  }

  @Test
  void aConnectionInATransactionCannotCheckpoint() {
    Wal reader = reader();

    assertThatThrownBy(
            () -> reader.checkpoint(CheckpointMode.PASSIVE, BusyHandler.NONE, SyncMode.FULL))
        .isInstanceOfSatisfying(
            TursoException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.LOCKED));
  }

  @Test
  void uncommittedFramesAreNotCopied() {
    fixture.commit(pages(1, 10));
    Wal writer = writer();
    append(writer, pages(1, 11));

    assertThat(checkpoint(CheckpointMode.PASSIVE)).isEqualTo(result(0, 1, 1));
    assertThat(inDatabaseFile(1)).isEqualTo(10);
    assertThat(fixture.read(writer, 1)).isEqualTo(11);
  }

  @Test
  void theDatabaseFileGetsTheSizeOfTheLastCommit() {
    fixture.commit(pages(6, 10));
    checkpoint(CheckpointMode.PASSIVE);
    assertThat(fixture.database.size()).isEqualTo(6 * PAGE_SIZE);

    Wal writer = writer();
    writer.commit(
        new int[] {1, 5},
        new byte[][] {WalFixture.image(11), WalFixture.image(12)},
        2,
        2,
        SyncMode.FULL);
    writer.close();
    checkpoint(CheckpointMode.PASSIVE);

    assertThat(fixture.database.size()).isEqualTo(2 * PAGE_SIZE);
    assertThat(inDatabaseFile(1)).isEqualTo(11);
  }

  @Test
  void pagesThatWereAllocatedAndNeverWrittenAreInTheDatabaseFile() {
    Wal writer = writer();
    writer.commit(new int[] {1}, new byte[][] {WalFixture.image(11)}, 1, 9, SyncMode.FULL);
    writer.close();

    checkpoint(CheckpointMode.PASSIVE);

    assertThat(fixture.database.size()).isEqualTo(9 * PAGE_SIZE);
    assertThat(inDatabaseFile(9)).isZero();
    assertThat(inDatabaseFile(3)).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {65536, 65535, 0, -1})
  void aDatabaseGrowsByNoMoreThanTheLogExplains(int bytesBelowTheBorder) {
    // Three pages are there, one is in the log, and 64 KiB more are tolerated.
    long border = 4 * PAGE_SIZE + 65536;
    int pageCount = Math.toIntExact((border - bytesBelowTheBorder + PAGE_SIZE - 1) / PAGE_SIZE);
    Wal writer = writer();
    writer.commit(new int[] {1}, new byte[][] {WalFixture.image(11)}, 1, pageCount, SyncMode.FULL);
    writer.close();

    if (bytesBelowTheBorder >= 0) {
      assertThat(checkpoint(CheckpointMode.PASSIVE)).isEqualTo(result(0, 1, 1));
      assertThat(fixture.database.size()).isEqualTo((long) pageCount * PAGE_SIZE);
    } else {
      assertThatThrownBy(() -> checkpoint(CheckpointMode.PASSIVE))
          .isInstanceOf(CorruptDatabaseException.class);
      assertThat(inDatabaseFile(1)).isZero();
      assertThat(fixture.database.size()).isEqualTo(3 * PAGE_SIZE);
      assertThat(fixture.shared.statistics().backfilledFrames()).isZero();
    }
  }

  @Test
  void whatIsCopiedAlreadyIsNotCopiedAgain() {
    fixture.commit(pages(1, 10));
    checkpoint(CheckpointMode.PASSIVE);
    files.events.clear();
    checkpoint(CheckpointMode.PASSIVE);
    assertThat(files.events).containsExactly("wal.checkpoint.locked");

    Wal reader = reader();
    fixture.commit(pages(2, 11));
    fixture.database.write(0, ByteBuffer.wrap(WalFixture.image(99)));
    reader.endRead();

    assertThat(checkpoint(CheckpointMode.PASSIVE).busy()).isFalse();
    assertThat(inDatabaseFile(1)).isEqualTo(99);
  }

  @Test
  void aCheckpointMakesMark1ReadyForTheNextReaderAndFreesTheOthers() {
    fixture.commit(pages(1, 10));
    reader().endRead();
    Wal first = reader();
    fixture.commit(pages(1, 11));
    Wal second = reader();
    fixture.commit(pages(1, 12));
    first.endRead();
    second.endRead();
    assertThat(fixture.shared.statistics().marks())
        .extracting(WalStatistics.Mark::frame)
        .containsExactly(0, 1, 2, -1, -1);

    checkpoint(CheckpointMode.PASSIVE);

    assertThat(fixture.shared.statistics().marks())
        .extracting(WalStatistics.Mark::frame)
        .containsExactly(0, 3, -1, -1, -1);
  }

  @Test
  void aPartialCheckpointNeitherCutsNorSyncsTheDatabaseFile() {
    fixture.commit(pages(1, 9, 6, 10));
    reader();
    Wal writer = writer();
    writer.commit(new int[] {1}, new byte[][] {WalFixture.image(11)}, 1, 2, SyncMode.FULL);
    writer.close();
    files.events.clear();

    assertThat(checkpoint(CheckpointMode.PASSIVE)).isEqualTo(result(0, 3, 2));

    assertThat(files.events).contains("write database");
    assertThat(files.events).doesNotContain("truncate database", "sync database");
  }

  @Test
  void everythingIsDurableBeforeItIsNeeded() {
    fixture.commit(pages(1, 10, 2, 11));
    files.events.clear();

    checkpoint(CheckpointMode.TRUNCATE);

    assertThat(files.events)
        .containsExactly(
            "wal.checkpoint.locked",
            "wal.checkpoint.marks-read",
            "sync log",
            "wal.checkpoint.before-copy",
            "read log",
            "write database",
            "wal.checkpoint.copied",
            "wal.checkpoint.before-cut",
            "sync database",
            "wal.checkpoint.before-publish",
            "wal.checkpoint.published",
            "wal.checkpoint.before-restart",
            "wal.checkpoint.before-truncate",
            "truncate log",
            "sync log");
  }

  @Test
  void underOffNothingIsSyncedAndProgressIsPublished() {
    Wal wal = fixture.connect();
    wal.beginRead();
    wal.beginWrite();
    files.events.clear();
    WalFixture.commit(wal, pages(1, 10), SyncMode.OFF);
    wal.endWrite();
    wal.endRead();

    wal.checkpoint(CheckpointMode.PASSIVE, BusyHandler.NONE, SyncMode.OFF);

    assertThat(files.events).doesNotContain("sync log", "sync database");
    assertThat(fixture.shared.statistics().backfilledFrames()).isEqualTo(1);
  }

  @Test
  void whatWasCopiedUnderOffIsSyncedBeforeADurableWriterOverwritesIt() {
    fixture.commit(pages(1, 10));
    fixture.connect().checkpoint(CheckpointMode.PASSIVE, BusyHandler.NONE, SyncMode.OFF);
    files.events.clear();

    fixture.commit(pages(1, 11));

    assertThat(files.events).containsSubsequence("sync database", "write log", "sync log");
  }

  @Test
  void whatWasCopiedUnderOffIsSyncedBeforeTheLastConnectionDeletesTheLog() {
    fixture.commit(pages(1, 10));
    fixture.connect().checkpoint(CheckpointMode.PASSIVE, BusyHandler.NONE, SyncMode.OFF);
    files.events.clear();

    fixture.shared.closeLast(SyncMode.NORMAL, true);

    assertThat(files.events).containsSubsequence("sync database", "delete log");
  }

  @Test
  void aLogThatIsDeletedWithoutSyncingIsDeletedUnderOffOnly() {
    fixture.commit(pages(1, 10));
    files.events.clear();

    fixture.shared.closeLast(SyncMode.OFF, true);

    assertThat(files.events).contains("delete log").doesNotContain("sync database");
  }

  @Test
  void eachRestartCountsInTheHeader() {
    for (int restarts = 0; restarts < 3; restarts++) {
      fixture.commit(pages(1, restarts + 1));
      byte[] header = new byte[WalHeader.SIZE];
      fixture.shared.log().read(0, header, 0, header.length);
      assertThat(Objects.requireNonNull(WalHeader.decode(header)).sequence()).isEqualTo(restarts);
      checkpoint(CheckpointMode.RESTART);
    }
  }

  @Test
  void aReaderThatStartsDuringTheCopyGoesToTheLog() {
    fixture.commit(pages(1, 10));
    List<Integer> seen = new ArrayList<>();
    files.at(
        "wal.checkpoint.before-publish",
        () -> {
          Wal reader = reader();
          seen.add(reader.findFrame(1));
          seen.add(fixture.read(reader, 1));
          reader.close();
        });

    checkpoint(CheckpointMode.PASSIVE);

    assertThat(seen).containsExactly(1, 10);
  }

  @Test
  void aReaderThatStartsInTheTailOfACheckpointGoesToTheLogThoughAllIsBackfilled() {
    fixture.commit(pages(1, 10));
    List<Integer> held = new ArrayList<>();
    files.at(
        "wal.checkpoint.published",
        () -> {
          Wal reader = reader();
          fixture.shared.statistics().heldMarks().forEach(mark -> held.add(mark.index()));
          assertThat(fixture.read(reader, 1)).isEqualTo(10);
          reader.close();
        });

    checkpoint(CheckpointMode.PASSIVE);

    assertThat(held).containsExactly(1);
  }

  @ParameterizedTest
  @EnumSource(
      value = CheckpointMode.class,
      names = {"PASSIVE", "FULL", "RESTART"})
  void theLastConnectionDeletesALogOfWhichEverythingWasCopiedBefore(CheckpointMode mode) {
    fixture.commit(pages(1, 10));
    checkpoint(mode);
    assertThat(files.size(LOG)).isPositive();

    fixture.shared.closeLast(SyncMode.FULL, true);

    assertThat(files.exists(LOG)).isFalse();
    assertThat(inDatabaseFile(1)).isEqualTo(10);
  }

  @Test
  void aFailedCopyPublishesNothingAndLocksNobodyOut() {
    fixture.commit(pages(1, 10));
    files.fail("write database", ErrorCode.FULL);
    assertThatThrownBy(() -> checkpoint(CheckpointMode.TRUNCATE))
        .isInstanceOf(TursoException.class);
    assertThat(fixture.shared.statistics().backfilledFrames()).isZero();

    files.heal();

    assertThat(fixture.read(1)).isEqualTo(10);
    assertThat(checkpoint(CheckpointMode.TRUNCATE)).isEqualTo(result(0, 0, 0));
    assertThat(inDatabaseFile(1)).isEqualTo(10);
  }

  @Test
  void aFailedSyncOfTheDatabaseFileKeepsTheLog() {
    fixture.commit(pages(1, 10));
    files.fail("sync database", ErrorCode.IOERR_FSYNC);

    assertThatThrownBy(() -> checkpoint(CheckpointMode.TRUNCATE))
        .isInstanceOf(TursoException.class);

    assertThat(fixture.shared.isPoisoned()).isTrue();
    assertThat(fixture.shared.statistics().backfilledFrames()).isZero();
    files.heal();
    fixture.shared.closeLast(SyncMode.FULL, true);
    assertThat(files.exists(LOG)).isTrue();
  }

  @Test
  void threeConnectionsWithTwoSnapshotsOccupyTwoMarks() {
    fixture.commit(pages(1, 10));
    reader();
    reader();
    fixture.commit(pages(1, 11));
    reader();

    assertThat(fixture.shared.statistics().heldMarks())
        .containsExactlyInAnyOrder(
            new WalStatistics.Mark(1, 1, 2), new WalStatistics.Mark(2, 2, 1));
  }

  @Test
  void moreSnapshotsThanMarksShareAnOlderMark() {
    List<Wal> readers = new ArrayList<>();
    for (int i = 1; i <= 7; i++) {
      fixture.commit(pages(1, i));
      readers.add(reader());
    }

    for (int i = 1; i <= 7; i++) {
      assertThat(fixture.read(readers.get(i - 1), 1)).isEqualTo(i);
    }
    assertThat(fixture.shared.statistics().heldMarks()).hasSize(4);
    readers.subList(0, 4).forEach(Wal::endRead);
    // Reader 5 to 7 share the mark of reader 4.
    assertThat(checkpoint(CheckpointMode.PASSIVE)).isEqualTo(result(0, 7, 4));
  }

  @Test
  void marksAfterARestartAreAsInAFreshLog() {
    fixture.commit(pages(1, 10));
    reader().endRead();
    checkpoint(CheckpointMode.TRUNCATE);

    assertThat(fixture.shared.statistics().marks())
        .extracting(WalStatistics.Mark::frame)
        .containsExactly(0, 0, -1, -1, -1);
  }

  @Test
  void aCheckpointIsDueWhenTheLogHasAsManyFramesAsWanted() {
    Wal wal = fixture.connect();
    wal.setAutoActions(new WalAutoActions(3, true, -1));
    fixture.commit(pages(1, 10, 2, 11));
    assertThat(wal.isCheckpointDue()).isFalse();
    fixture.commit(pages(1, 12));
    assertThat(wal.isCheckpointDue()).isTrue();

    wal.setAutoActions(new WalAutoActions(0, true, -1));
    assertThat(wal.isCheckpointDue()).isFalse();
  }

  @Test
  void aLogThatReadersKeepLongIsCopiedNowAndThen() {
    Wal wal = fixture.connect();
    wal.setAutoActions(new WalAutoActions(16, true, -1));
    for (int i = 1; i <= 16; i++) {
      fixture.commit(pages(1, i));
    }
    reader();
    assertThat(wal.isCheckpointDue()).isTrue();
    checkpoint(CheckpointMode.PASSIVE);

    assertThat(wal.isCheckpointDue()).isFalse();
    fixture.commit(pages(1, 17));
    assertThat(wal.isCheckpointDue()).isFalse();
    fixture.commit(pages(1, 18));
    assertThat(wal.isCheckpointDue()).isTrue();
  }
}
