package dev.tursojdbc.storage.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tursojdbc.storage.file.FileSystem.OpenMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** The lock table against a model of what each of three users holds of four ranges. */
class RangeLocksPropertyTest {
  private static final int USERS = 3;
  private static final int NONE = 0;
  private static final int SHARED = 1;
  private static final int EXCLUSIVE = 2;

  /** Position and length; the last spans two others, and is locked exclusively only. */
  private static final long[][] RANGES = {{0x40000002L, 510}, {120, 1}, {121, 1}, {120, 2}};

  private final int[][] held = new int[USERS][RANGES.length];

  private static boolean overlap(int a, int b) {
    return RANGES[a][0] < RANGES[b][0] + RANGES[b][1] && RANGES[b][0] < RANGES[a][0] + RANGES[a][1];
  }

  private boolean holdsOverlapping(int user, int range) {
    for (int other = 0; other < RANGES.length; other++) {
      if (held[user][other] != NONE && overlap(range, other)) {
        return true;
      }
    }
    return false;
  }

  private boolean conflicts(int user, int range, boolean shared) {
    for (int other = 0; other < USERS; other++) {
      for (int i = 0; other != user && i < RANGES.length; i++) {
        if (held[other][i] != NONE && overlap(range, i) && !(shared && held[other][i] == SHARED)) {
          return true;
        }
      }
    }
    return false;
  }

  private int strongest(int range) {
    int strongest = NONE;
    for (int[] ranges : held) {
      strongest = Math.max(strongest, ranges[range]);
    }
    return strongest;
  }

  @Property(tries = 300)
  void usersExcludeEachOtherAndTheKernelSeesTheStrongestOfThem(
      @ForAll @Size(max = 60) List<@IntRange(max = 23) Integer> actions) {
    for (int[] ranges : held) {
      Arrays.fill(ranges, NONE);
    }
    RecordingFileSystem fileSystem = new RecordingFileSystem();
    List<StorageFile> users = new ArrayList<>();
    for (int i = 0; i < USERS; i++) {
      users.add(fileSystem.openShared("f", OpenMode.CREATE));
    }
    for (int action : actions) {
      int user = action % USERS;
      int range = action / USERS % RANGES.length;
      boolean shared = action / USERS / RANGES.length == 0 && range != 3;
      act(users.get(user), user, range, shared);
      for (int i = 0; i < RANGES.length - 1; i++) {
        int seen = Math.max(strongest(i), i > 0 ? strongest(3) : NONE);
        assertThat(lockableByOthers(fileSystem, i, true)).isEqualTo(seen != EXCLUSIVE);
        assertThat(lockableByOthers(fileSystem, i, false)).isEqualTo(seen == NONE);
      }
    }
    users.forEach(StorageFile::close);
    assertThat(fileSystem.otherProcess().tryLock("f", 0, Long.MAX_VALUE, false)).isTrue();
  }

  private void act(StorageFile file, int user, int range, boolean shared) {
    long position = RANGES[range][0];
    long length = RANGES[range][1];
    if (held[user][range] != NONE) {
      file.unlock(position, length);
      held[user][range] = NONE;
    } else if (holdsOverlapping(user, range)) {
      assertThatThrownBy(() -> file.tryLock(position, length, shared))
          .isInstanceOf(IllegalStateException.class);
    } else {
      boolean expected = !conflicts(user, range, shared);
      assertThat(file.tryLock(position, length, shared)).isEqualTo(expected);
      if (expected) {
        held[user][range] = shared ? SHARED : EXCLUSIVE;
      }
    }
  }

  private static boolean lockableByOthers(
      RecordingFileSystem fileSystem, int range, boolean shared) {
    OtherProcess other = fileSystem.otherProcess();
    if (!other.tryLock("f", RANGES[range][0], RANGES[range][1], shared)) {
      return false;
    }
    other.unlock("f", RANGES[range][0], RANGES[range][1]);
    return true;
  }
}
