package dev.tursojdbc.storage.wal;

import static dev.tursojdbc.storage.wal.WalFixture.LOG;
import static dev.tursojdbc.storage.wal.WalFixture.pages;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tursojdbc.storage.error.ErrorCode;
import dev.tursojdbc.storage.error.TursoException;
import dev.tursojdbc.storage.file.FileSystem.OpenMode;
import dev.tursojdbc.storage.file.StorageFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Another process commits, backfills and restarts the log behind our back. */
class WalForeignProcessTest {
  private final WalFixture fixture = new WalFixture();
  private ProcessView ourView;
  private WalFileShared other;

  @BeforeEach
  void openTwice() {
    StorageFile log = fixture.fileSystem.open(LOG, OpenMode.CREATE);
    WalRecovery nothing = WalRecovery.empty(WalFixture.PAGE_SIZE);
    WalCoordination common = new InProcessWalCoordination(nothing.state(), nothing.index());
    ourView = new ProcessView(common);
    fixture.shared = open(log, ourView);
    other = open(log, new ProcessView(common));
  }

  private WalFileShared open(StorageFile log, WalCoordination coordination) {
    return new WalFileShared(
        fixture.fileSystem, fixture.database, LOG, log, false, coordination, 0);
  }

  private void otherCommits(int page, int content) {
    try (Wal wal = other.connect()) {
      wal.beginRead();
      wal.beginWrite();
      WalFixture.commit(wal, pages(page, content), SyncMode.FULL);
    }
  }

  private void otherCheckpoints(CheckpointMode mode) {
    other.connect().checkpoint(mode, BusyHandler.NONE, SyncMode.FULL);
  }

  @Test
  void itsCommitIsSeenByTheNextReadTransaction() {
    Wal wal = fixture.connect();
    wal.beginRead();
    otherCommits(2, 10);
    assertThat(fixture.read(wal, 2)).isZero();
    wal.endRead();

    assertThat(wal.beginRead()).isTrue();

    assertThat(fixture.read(wal, 2)).isEqualTo(10);
  }

  @Test
  void itsCommitMakesOurSnapshotTooOldToWrite() {
    Wal wal = fixture.connect();
    wal.beginRead();
    otherCommits(2, 10);

    assertThatThrownBy(wal::beginWrite)
        .isInstanceOfSatisfying(
            TursoException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BUSY_SNAPSHOT));
  }

  @Test
  void aSnapshotThatItBroughtBackToTheSameFrameIsStillAnother() {
    otherCommits(2, 10);
    Wal wal = fixture.connect();
    wal.beginRead();
    WalSnapshot before = wal.snapshot();
    wal.endRead();

    otherCheckpoints(CheckpointMode.TRUNCATE);
    otherCommits(2, 11);

    assertThat(wal.beginRead()).isTrue();
    assertThat(wal.snapshot().maxFrame()).isEqualTo(before.maxFrame());
    assertThat(wal.snapshot().generation()).isNotEqualTo(before.generation());
    assertThat(wal.snapshot().changeCount()).isNotEqualTo(before.changeCount());
    assertThat(fixture.read(wal, 2)).isEqualTo(11);
  }

  @Test
  void aReaderThatIsOvertakenWhileItChoosesItsMarkStartsAgain() {
    otherCommits(2, 10);
    ourView.beforeBackfilled =
        () -> {
          otherCommits(2, 11);
          otherCheckpoints(CheckpointMode.TRUNCATE);
          otherCommits(2, 12);
        };
    Wal wal = fixture.connect();

    wal.beginRead();

    assertThat(fixture.read(wal, 2)).isEqualTo(12);
    assertThat(wal.snapshot().maxFrame()).isEqualTo(1);
  }

  @Test
  void aCheckpointThatMissedARestartCopiesNothing() {
    otherCommits(2, 10);
    otherCommits(3, 11);
    otherCheckpoints(CheckpointMode.PASSIVE);
    // Our checkpoint has seen two frames; now the log gets a new one, not to be counted as copied.
    ourView.beforeBackfilled = () -> otherCommits(2, 12);

    CheckpointResult result = fixture.checkpoint(CheckpointMode.PASSIVE);

    assertThat(result).isEqualTo(new CheckpointResult(false, 1, 0));
    assertThat(fixture.read(2)).isEqualTo(12);
    assertThat(fixture.read(3)).isEqualTo(11);
    assertThat(fixture.checkpoint(CheckpointMode.PASSIVE))
        .isEqualTo(new CheckpointResult(false, 1, 1));
  }

  @Test
  void itsReaderHoldsOurCheckpointBack() {
    otherCommits(2, 10);
    Wal reader = other.connect();
    reader.beginRead();
    fixture.commit(pages(2, 11));

    assertThat(fixture.checkpoint(CheckpointMode.PASSIVE))
        .isEqualTo(new CheckpointResult(false, 2, 1));
    reader.endRead();
    assertThat(fixture.checkpoint(CheckpointMode.PASSIVE))
        .isEqualTo(new CheckpointResult(false, 2, 2));
  }
}
