package dev.tursojdbc.storage.wal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Which frames a checkpoint copies, and in how many rounds it lists them. */
class NewestFramesTest {
  @Property(tries = 500)
  void eachPageIsListedOnceWithItsNewestFrameInPageOrder(
      @ForAll @Size(min = 1, max = 200) List<@IntRange(min = 1, max = 40) Integer> pages,
      @ForAll @IntRange(min = 1, max = 40) int pageCount,
      @ForAll @IntRange(min = 2, max = 50) int limit) {
    int first = 1 + pages.size() / 3;
    Map<Integer, Integer> expected = new TreeMap<>();
    for (int frame = first; frame <= pages.size(); frame++) {
      if (pages.get(frame - 1) <= pageCount) {
        expected.put(pages.get(frame - 1), frame);
      }
    }

    NewestFrames newest =
        new NewestFrames(frame -> pages.get(frame - 1), first, pages.size(), pageCount, limit);
    List<String> found = new ArrayList<>();
    int rounds = 0;
    while (newest.next()) {
      rounds++;
      for (int i = 0; i < newest.count(); i++) {
        found.add(newest.pageNumber(i) + "=" + newest.frame(i));
      }
    }

    assertThat(found)
        .isEqualTo(expected.entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()).toList());
    assertThat(rounds).isLessThanOrEqualTo(1 + expected.size() / (limit / 2));
  }

  @Test
  void aLogThatNamesFewPagesOftenIsListedInOneRound() {
    NewestFrames newest = new NewestFrames(frame -> 1 + frame % 50, 1, 1_000_000, 100, 128);

    assertThat(newest.next()).isTrue();
    assertThat(newest.count()).isEqualTo(50);
    assertThat(newest.frame(0)).isEqualTo(1_000_000);
    assertThat(newest.next()).isFalse();
  }
}
