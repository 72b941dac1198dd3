package dev.tursojdbc.storage.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tursojdbc.storage.file.FileSystem.OpenMode;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** What a crash leaves is possible: each sector has a content that was written to it. */
class PowerLossPropertyTest {
  private static final int SECTORS = 6;
  private static final int SECTOR_SIZE = 512;

  @Property(tries = 300)
  void everySectorHoldsItsSyncedContentOrOneThatWasWrittenSince(
      @ForAll @Size(max = 25) List<@IntRange(max = 999) Integer> actions, @ForAll long seed) {
    RecordingFileSystem fileSystem = new RecordingFileSystem();
    StorageFile file = fileSystem.open("f", OpenMode.CREATE);
    fileSystem.syncDirectory("f");
    // Per sector what it may hold; -1: it lies beyond the end of the file.
    Set<Integer>[] possible = possibilities(-1);
    int[] current = new int[SECTORS];
    Arrays.fill(current, -1);
    for (int i = 0; i < actions.size(); i++) {
      int action = actions.get(i);
      int sector = action / 10 % SECTORS;
      if (action % 10 < 7) {
        int count = Math.min(SECTORS - sector, 1 + action / 100 % 3);
        byte[] bytes = new byte[count * SECTOR_SIZE];
        Arrays.fill(bytes, (byte) (i + 1));
        file.write((long) sector * SECTOR_SIZE, ByteBuffer.wrap(bytes));
        grow(current, possible, sector + count);
        for (int s = sector; s < sector + count; s++) {
          current[s] = i + 1;
          possible[s].add(i + 1);
        }
      } else if (action % 10 < 9) {
        file.sync(action % 2 == 0);
        for (int s = 0; s < SECTORS; s++) {
          possible[s].clear();
          possible[s].add(current[s]);
        }
      } else {
        file.truncate((long) sector * SECTOR_SIZE);
        for (int s = sector; s < SECTORS; s++) {
          current[s] = -1;
          possible[s].add(-1);
          possible[s].add(0);
        }
      }
    }

    byte[] disk = fileSystem.crash(seed).content("f");

    assertThat(disk.length % SECTOR_SIZE).isZero();
    for (int s = 0; s < SECTORS; s++) {
      assertThat(possible[s]).contains(sectorOf(disk, s));
    }
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private static Set<Integer>[] possibilities(int first) {
    Set<Integer>[] sets = new Set[SECTORS];
    for (int s = 0; s < SECTORS; s++) {
      sets[s] = new HashSet<>(Set.of(first));
    }
    return sets;
  }

  /** A file that grows, on the way to this size, has zeros where nothing was written. */
  private static void grow(int[] current, Set<Integer>[] possible, int sectorCount) {
    for (int s = 0; s < sectorCount; s++) {
      possible[s].add(0);
      if (current[s] < 0) {
        current[s] = 0;
      }
    }
  }

  private static int sectorOf(byte[] disk, int sector) {
    if (sector * SECTOR_SIZE >= disk.length) {
      return -1;
    }
    byte value = disk[sector * SECTOR_SIZE];
    for (int i = 1; i < SECTOR_SIZE; i++) {
      assertThat(disk[sector * SECTOR_SIZE + i]).isEqualTo(value);
    }
    return value;
  }
}
