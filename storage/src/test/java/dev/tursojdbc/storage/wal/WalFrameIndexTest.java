package dev.tursojdbc.storage.wal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class WalFrameIndexTest {

  /** Runs of appended frames and truncations, against a list of page numbers. */
  @Property(tries = 60)
  void findsWhatASearchThroughAListFinds(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 5000) int differentPages) {
    Random random = new Random(seed);
    WalFrameIndex index = new WalFrameIndex();
    List<Integer> model = new ArrayList<>();
    for (int step = 0; step < 12; step++) {
      int count = random.nextInt(2000);
      for (int i = 0; i < count; i++) {
        // Multiples of the number of slots collide.
        int page = 1 + random.nextInt(differentPages) * (random.nextBoolean() ? 1 : 8192);
        model.add(page);
        index.append(model.size(), page);
      }
      if (random.nextInt(3) == 0) {
        int kept = random.nextInt(model.size() + 1);
        index.truncate(kept);
        model.subList(kept, model.size()).clear();
      }
      for (int i = 0; i < 50 && !model.isEmpty(); i++) {
        int page = random.nextBoolean() ? model.get(random.nextInt(model.size())) : 1 + i;
        int max = 1 + random.nextInt(model.size());
        int min = 1 + random.nextInt(max + 1);
        int expected = model.subList(0, max).lastIndexOf(page) + 1;
        assertThat(index.find(page, min, max)).isEqualTo(expected >= min ? expected : 0);
        assertThat(index.pageNumber(max)).isEqualTo(model.get(max - 1));
      }
    }
    assertThat(index.frameCount()).isEqualTo(model.size());
  }

  @Test
  void blocksJoinWithoutAGap() {
    WalFrameIndex index = new WalFrameIndex();
    for (int frame = 1; frame <= 3 * WalFrameIndex.BLOCK_FRAMES + 1; frame++) {
      index.append(frame, frame + 10);
    }

    for (int edge = 1; edge <= 3; edge++) {
      int last = edge * WalFrameIndex.BLOCK_FRAMES;
      assertThat(index.find(last + 10, 1, last)).isEqualTo(last);
      assertThat(index.find(last + 11, 1, last)).isZero();
      assertThat(index.find(last + 11, 1, last + 1)).isEqualTo(last + 1);
      assertThat(index.find(last + 10, last + 1, last + 1)).isZero();
    }
  }

  @Test
  @Timeout(20)
  void readersAreNotDisturbedByAWriterThatAppendsAndRollsBack() throws InterruptedException {
    WalFrameIndex index = new WalFrameIndex();
    int committed = 4000;
    for (int frame = 1; frame <= committed; frame++) {
      index.append(frame, 1 + frame % 500);
    }
    AtomicBoolean done = new AtomicBoolean();
    AtomicInteger wrong = new AtomicInteger();
    Thread reader =
        new Thread(
            () -> {
              Random random = new Random(1);
              while (!done.get()) {
                int page = 1 + random.nextInt(500);
                int newest = committed - Math.floorMod(committed - (page - 1), 500);
                wrong.addAndGet(index.find(page, 1, committed) == newest ? 0 : 1);
              }
            });
    reader.start();

    Random random = new Random(2);
    for (int round = 0; round < 2000; round++) {
      for (int i = 1; i <= 150; i++) {
        index.append(committed + i, 1 + random.nextInt(700));
      }
      index.truncate(committed);
    }
    done.set(true);
    reader.join();

    assertThat(wrong).hasValue(0);
  }
}
