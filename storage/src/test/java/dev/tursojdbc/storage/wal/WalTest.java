package dev.tursojdbc.storage.wal;

import static dev.tursojdbc.storage.wal.WalFixture.append;
import static dev.tursojdbc.storage.wal.WalFixture.pages;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tursojdbc.storage.error.ErrorCode;
import dev.tursojdbc.storage.error.TursoException;
import org.junit.jupiter.api.Test;

class WalTest {
  private final WalFixture fixture = new WalFixture();

  @Test
  void readerKeepsItsSnapshotAcrossACommitAndACheckpoint() {
    fixture.commit(pages(2, 10));
    Wal reader = fixture.connect();
    reader.beginRead();

    fixture.commit(pages(2, 11));
    fixture.checkpoint(CheckpointMode.PASSIVE);

    assertThat(fixture.read(reader, 2)).isEqualTo(10);
    assertThat(fixture.read(2)).isEqualTo(11);
    assertThat(fixture.shared.statistics().backfilledFrames()).isEqualTo(1);
  }

  @Test
  void unpublishedFramesAreSeenByTheirWriterOnly() {
    Wal writer = fixture.connect();
    writer.beginRead();
    writer.beginWrite();

    int frame = append(writer, pages(1, 20, 2, 21));

    assertThat(frame).isEqualTo(1);
    assertThat(writer.findFrame(2)).isEqualTo(2);
    assertThat(fixture.read(writer, 2)).isEqualTo(21);
    assertThat(fixture.read(2)).isZero();
  }

  @Test
  void whatWasNotCommittedIsGoneWhenTheWriterLeaves() {
    Wal writer = fixture.connect();
    writer.beginRead();
    writer.beginWrite();
    append(writer, pages(1, 20, 2, 21));

    writer.close();
    fixture.commit(pages(3, 30));

    assertThat(fixture.read(2)).isZero();
    assertThat(fixture.read(3)).isEqualTo(30);
    fixture.reopen();
    assertThat(fixture.read(2)).isZero();
    assertThat(fixture.read(3)).isEqualTo(30);
  }

  @Test
  void onlyOneConnectionWrites() {
    Wal first = fixture.connect();
    first.beginRead();
    first.beginWrite();
    Wal second = fixture.connect();
    second.beginRead();

    assertThatThrownBy(second::beginWrite)
        .isInstanceOfSatisfying(
            TursoException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BUSY));
  }

  @Test
  void anOldSnapshotCannotBecomeAWriter() {
    Wal old = fixture.connect();
    old.beginRead();
    fixture.commit(pages(2, 10));

    assertThatThrownBy(old::beginWrite)
        .isInstanceOfSatisfying(
            TursoException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BUSY_SNAPSHOT));
    old.endRead();
    old.beginRead();
    old.beginWrite();
    assertThat(old.isWriting()).isTrue();
  }

  @Test
  void aCheckpointDoesNotMakeASnapshotOld() {
    fixture.commit(pages(2, 10));
    Wal wal = fixture.connect();
    wal.beginRead();

    fixture.checkpoint(CheckpointMode.PASSIVE);

    wal.beginWrite();
    assertThat(wal.isWriting()).isTrue();
  }

  @Test
  void commitsSurviveReopening() {
    fixture.commit(pages(1, 10, 2, 11));
    fixture.commit(pages(2, 12, 5, 13));

    fixture.reopen();

    Wal wal = fixture.connect();
    assertThat(wal.beginRead()).isTrue();
    assertThat(wal.snapshot().pageCount()).isEqualTo(5);
    assertThat(fixture.read(wal, 1)).isEqualTo(10);
    assertThat(fixture.read(wal, 2)).isEqualTo(12);
    assertThat(fixture.read(wal, 5)).isEqualTo(13);
  }

  @Test
  void theNextWriterRestartsALogThatIsAllBackfilled() {
    fixture.commit(pages(1, 10, 2, 11));
    long generation = fixture.shared.statistics().generation();
    fixture.checkpoint(CheckpointMode.PASSIVE);
    long size = fixture.fileSystem.size(WalFixture.LOG);

    fixture.commit(pages(2, 12));

    WalStatistics statistics = fixture.shared.statistics();
    assertThat(statistics.maxFrame()).isEqualTo(1);
    assertThat(statistics.backfilledFrames()).isZero();
    assertThat(statistics.generation() >>> 32).isEqualTo((generation >>> 32) + 1 & 0xFFFF_FFFFL);
    assertThat(fixture.fileSystem.size(WalFixture.LOG)).isEqualTo(size);
    fixture.reopen();
    assertThat(fixture.shared.statistics().maxFrame()).isEqualTo(1);
    assertThat(fixture.read(1)).isEqualTo(10);
    assertThat(fixture.read(2)).isEqualTo(12);
  }

  @Test
  void theLastConnectionLeavesOnlyTheDatabaseFile() {
    fixture.commit(pages(1, 10, 4, 11));

    fixture.shared.closeLast(SyncMode.FULL, true);

    assertThat(fixture.fileSystem.exists(WalFixture.LOG)).isFalse();
    assertThat(fixture.database.size()).isEqualTo(4 * WalFixture.PAGE_SIZE);
    byte[] image = new byte[WalFixture.PAGE_SIZE];
    fixture.database.read(3 * WalFixture.PAGE_SIZE, image, 0, image.length);
    assertThat(WalFixture.content(image)).isEqualTo(11);
  }
}
