package dev.tursojdbc.storage.wal;

import static dev.tursojdbc.storage.wal.WalFixture.LOG;
import static dev.tursojdbc.storage.wal.WalFixture.PAGE_SIZE;
import static dev.tursojdbc.storage.wal.WalFixture.append;
import static dev.tursojdbc.storage.wal.WalFixture.pages;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tursojdbc.storage.file.FileSystem.OpenMode;
import dev.tursojdbc.storage.file.StorageFile;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class WalRecoveryTest {
  private final WalFixture fixture = new WalFixture();

  /** Last frame and content after each commit; the first is the state without a log. */
  private final List<Integer> lastFrames = new ArrayList<>(List.of(0));

  private final List<Map<Integer, Integer>> states =
      new ArrayList<>(List.of(Map.of(1, 0, 2, 0, 3, 0)));

  private void commit(SortedMap<Integer, Integer> pages) {
    fixture.commit(pages);
    Map<Integer, Integer> next = new TreeMap<>(states.get(states.size() - 1));
    next.putAll(pages);
    states.add(next);
    lastFrames.add(fixture.shared.statistics().maxFrame());
  }

  private void writeFourCommits() {
    commit(pages(1, 300, 2, 301));
    commit(pages(2, 302));
    commit(pages(1, 303, 3, 304, 4, 305));
    commit(pages(4, 306));
  }

  private Map<Integer, Integer> content() {
    try (Wal wal = fixture.connect()) {
      wal.beginRead();
      return fixture.readAll(wal, Math.max(3, wal.snapshot().pageCount()));
    }
  }

  /** Which commit ends with the frame, or before it. */
  private int commitAt(int frame) {
    int commit = 0;
    while (commit + 1 < lastFrames.size() && lastFrames.get(commit + 1) <= frame) {
      commit++;
    }
    return commit;
  }

  private byte[] logBytes() {
    try (StorageFile file = fixture.fileSystem.open(LOG, OpenMode.READ_WRITE)) {
      byte[] bytes = new byte[(int) file.size()];
      file.read(0, bytes, 0, bytes.length);
      return bytes;
    }
  }

  private void replaceLog(byte[] bytes, int length) {
    fixture.shared.closeLast(SyncMode.FULL, false);
    fixture.fileSystem.delete(LOG);
    try (StorageFile file = fixture.fileSystem.open(LOG, OpenMode.CREATE)) {
      file.write(0, ByteBuffer.wrap(bytes, 0, length));
    }
    fixture.reopen();
  }

  @Test
  void aLogThatIsCutAnywhereGivesTheCommitsThatAreWhole() {
    writeFourCommits();
    byte[] log = logBytes();

    for (int length = 0; length <= log.length; length++) {
      replaceLog(log, length);

      int frame = Math.max(0, length - WalHeader.SIZE) / (WalFrame.HEADER_SIZE + PAGE_SIZE);
      assertThat(content()).as("length %d", length).isEqualTo(states.get(commitAt(frame)));
    }
  }

  @Test
  void aLogWithAnyByteFlippedGivesTheCommitsBeforeIt() {
    writeFourCommits();
    byte[] log = logBytes();

    for (int offset = 0; offset < log.length; offset++) {
      log[offset] ^= 0x10;
      replaceLog(log, log.length);
      log[offset] ^= 0x10;

      int frame = Math.max(0, offset - WalHeader.SIZE) / (WalFrame.HEADER_SIZE + PAGE_SIZE);
      assertThat(content()).as("offset %d", offset).isEqualTo(states.get(commitAt(frame)));
    }
  }

  @Test
  void theNextCommitOverwritesTheInvalidTail() {
    writeFourCommits();
    byte[] log = logBytes();
    replaceLog(log, log.length - 1);

    fixture.commit(pages(2, 400));

    fixture.reopen();
    Map<Integer, Integer> expected = new TreeMap<>(states.get(3));
    expected.put(2, 400);
    assertThat(content()).isEqualTo(expected);
  }

  @Test
  void framesOfAnEarlierGenerationBehindANewCommitAreNotTaken() {
    writeFourCommits();
    fixture.checkpoint(CheckpointMode.RESTART);

    fixture.commit(pages(2, 400));
    fixture.reopen();

    assertThat(fixture.shared.statistics().maxFrame()).isEqualTo(1);
    Map<Integer, Integer> expected = new TreeMap<>(states.get(4));
    expected.put(2, 400);
    assertThat(content()).isEqualTo(expected);
  }

  @Test
  void framesThatWereSpilledAndNotCommittedAreNotTaken() {
    commit(pages(1, 300));
    try (Wal wal = fixture.connect()) {
      wal.beginRead();
      wal.beginWrite();
      append(wal, pages(2, 301, 3, 302));
      fixture.shared.syncLog();
    }

    fixture.reopen();

    assertThat(fixture.shared.statistics().maxFrame()).isEqualTo(1);
    assertThat(content()).isEqualTo(states.get(1));
  }

  @Test
  void backfillStartsAnewAfterRecovery() {
    writeFourCommits();
    fixture.checkpoint(CheckpointMode.PASSIVE);

    fixture.reopen();

    assertThat(fixture.shared.statistics().backfilledFrames()).isZero();
    assertThat(fixture.checkpoint(CheckpointMode.PASSIVE))
        .isEqualTo(new CheckpointResult(false, 7, 7));
    assertThat(content()).isEqualTo(states.get(4));
  }

  @Test
  void aLogWithBigEndianChecksumsIsContinuedInItsOrder() {
    WalHeader little = WalHeader.create(PAGE_SIZE, 3, 0x0102030405060708L);
    byte[] log = new byte[WalHeader.SIZE + WalFrame.HEADER_SIZE + PAGE_SIZE];
    byte[] checked = little.encode();
    checked[3] = (byte) 0x83;
    long seed = WalChecksum.update(0, checked, 0, 24, true);
    WalHeader header = new WalHeader(true, PAGE_SIZE, 3, little.salts(), seed);
    System.arraycopy(header.encode(), 0, log, 0, WalHeader.SIZE);
    byte[] image = WalFixture.image(300);
    WalFrame.encodeHeader(log, 32, 2, 3, header.salts(), seed, true, image, PAGE_SIZE);
    System.arraycopy(image, 0, log, 56, PAGE_SIZE);
    replaceLog(log, log.length);
    assertThat(fixture.read(2)).isEqualTo(300);

    fixture.commit(pages(3, 301));
    fixture.reopen();

    assertThat(fixture.shared.statistics().maxFrame()).isEqualTo(2);
    assertThat(fixture.read(3)).isEqualTo(301);
    assertThat(WalHeader.decode(logBytes())).isEqualTo(header);
  }

  @Test
  void aLogBesideAnEmptyDatabaseFileIsDeleted() {
    writeFourCommits();
    fixture.shared.closeLast(SyncMode.FULL, false);
    fixture.database.truncate(0);

    fixture.shared =
        WalFileShared.open(fixture.fileSystem, fixture.database, LOG, PAGE_SIZE, false);

    assertThat(fixture.fileSystem.exists(LOG)).isFalse();
    assertThat(fixture.shared.statistics().maxFrame()).isZero();
  }

  @Test
  void aReadOnlyOpenLeavesALogBesideAnEmptyDatabaseFileAlone() {
    writeFourCommits();
    fixture.shared.closeLast(SyncMode.FULL, false);
    fixture.database.truncate(0);

    fixture.shared = WalFileShared.open(fixture.fileSystem, fixture.database, LOG, PAGE_SIZE, true);

    assertThat(fixture.fileSystem.exists(LOG)).isTrue();
    assertThat(fixture.shared.statistics().maxFrame()).isZero();
  }

  @Test
  void thePageSizeOfALogWithFramesWins() {
    writeFourCommits();
    fixture.shared.closeLast(SyncMode.FULL, false);

    fixture.shared = WalFileShared.open(fixture.fileSystem, fixture.database, LOG, 4096, false);

    assertThat(fixture.shared.pageSize()).isEqualTo(PAGE_SIZE);
  }
}
