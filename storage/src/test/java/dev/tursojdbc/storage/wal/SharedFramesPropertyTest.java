package dev.tursojdbc.storage.wal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tursojdbc.storage.file.SharedDisk;
import dev.tursojdbc.storage.file.SharedMemoryFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/**
 * Whatever writers append, take back, or leave behind when they die: SQLite's way of looking a page
 * up finds its newest frame.
 */
class SharedFramesPropertyTest {
  private static final int PAGES = 40;

  private final SharedMemoryFile file = new SharedDisk().process().openSharedMemory("/db-shm");
  private final WalIndexMemory memory = new WalIndexMemory(file);
  private final SharedFrames frames = new SharedFrames(memory);

  /** Page of each frame that counts. */
  private final List<Integer> pages = new ArrayList<>();

  /** A step: what is done, and with how many frames. */
  @Property(tries = 60)
  void aLookupAsInSqliteFindsTheNewestFrame(
      @ForAll @Size(max = 30) List<@IntRange(max = 99_999) Integer> steps) {
    for (int step : steps) {
      int count = step / 10 % 1500;
      switch (step % 10) {
        case 0, 1, 2, 3, 4 -> {
          append(count, step);
          pages.addAll(appended(count, step));
        }
        case 5, 6 -> append(count, step); // A writer dies; its frames do not count.
        case 7 -> {
          append(count, step);
          frames.truncate(pages.size());
        }
        case 8 -> pages.clear(); // The log restarts.
        default -> rebuild();
      }
      verify();
    }
  }

  private static List<Integer> appended(int count, int seed) {
    List<Integer> numbers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      numbers.add(1 + (seed + i * 7) % PAGES * (seed % 3 == 0 ? 1 : 8192));
    }
    return numbers;
  }

  private void append(int count, int seed) {
    frames.reserve(pages.size() + count);
    int frame = pages.size();
    for (int page : appended(count, seed)) {
      frames.append(++frame, page);
    }
  }

  private void rebuild() {
    WalFrameIndex index = new WalFrameIndex();
    for (int i = 0; i < pages.size(); i++) {
      index.append(i + 1, pages.get(i));
    }
    frames.rebuild(index, pages.size());
  }

  private void verify() {
    assertThat(frames.pageNumbers(1, pages.size()))
        .containsExactly(pages.stream().mapToInt(Integer::intValue).toArray());
    for (int page : new int[] {1, 8, 8193, 7 * 8192 + 1, 999_999}) {
      assertThat(lookUp(page)).as("page %d", page).isEqualTo(pages.lastIndexOf(page) + 1);
    }
  }

  /** By the description of the format, not by our code. */
  private int lookUp(int page) {
    for (int region = (pages.size() + 33) / 4096; region >= 0 && !pages.isEmpty(); region--) {
      ByteBuffer bytes = file.map((long) region * 32768, 32768).order(ByteOrder.nativeOrder());
      int zero = region == 0 ? 0 : 4062 + 4096 * (region - 1);
      int firstPage = region == 0 ? 136 : 0;
      int newest = 0;
      int slot = page * 383 & 8191;
      for (int probes = 0; bytes.getChar(16384 + 2 * slot) != 0; probes++) {
        assertThat(probes).isLessThan(8192);
        int entry = bytes.getChar(16384 + 2 * slot);
        if (zero + entry <= pages.size() && bytes.getInt(firstPage + 4 * (entry - 1)) == page) {
          newest = Math.max(newest, zero + entry);
        }
        slot = slot + 1 & 8191;
      }
      if (newest != 0) {
        return newest;
      }
    }
    return 0;
  }
}
