package dev.tursojdbc.storage.wal;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/**
 * Random schedules of readers, writers, savepoints and checkpoints, in one process and in two.
 * After every step every reader must see exactly its version; see {@link WalModel}.
 */
class WalModelPropertyTest {
  @Property(tries = 400)
  void everyReaderSeesExactlyItsSnapshot(
      @ForAll @Size(max = 150) List<@IntRange(max = 999_999) Integer> schedule) {
    new WalModel(WalModel.Sharing.NONE).run(schedule);
  }

  @Property(tries = 400)
  void alsoIfAnotherProcessCommitsBackfillsAndRestarts(
      @ForAll @Size(max = 150) List<@IntRange(max = 999_999) Integer> schedule) {
    new WalModel(WalModel.Sharing.VIEWS).run(schedule);
  }

  @Property(tries = 400)
  void alsoIfTheProcessesShareAWalIndexInMappedMemory(
      @ForAll @Size(max = 150) List<@IntRange(max = 999_999) Integer> schedule) {
    new WalModel(WalModel.Sharing.MEMORY).run(schedule);
  }
}
