package dev.tursojdbc.storage.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tursojdbc.storage.file.MemoryFileSystem;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SpillFileTest {
  private static final int PAGE_SIZE = 512;
  private static final int BASE = 7;

  private final SpillFile spill = new SpillFile(new MemoryFileSystem(), PAGE_SIZE, BASE);

  @AfterEach
  void close() {
    spill.close();
  }

  private static byte[] image(int value) {
    byte[] image = new byte[PAGE_SIZE];
    Arrays.fill(image, (byte) value);
    return image;
  }

  private byte[] read(int number) {
    byte[] image = new byte[PAGE_SIZE];
    spill.read(number, image);
    return image;
  }

  @Test
  void ofAPageTheLastImageCounts() {
    assertThat(spill.append(new int[] {3, 5}, new byte[][] {image(1), image(2)}, 2)).isEqualTo(8);
    assertThat(spill.append(new int[] {3}, new byte[][] {image(3)}, 1)).isEqualTo(10);

    assertThat(spill.find(3)).isEqualTo(10);
    assertThat(spill.find(4)).isZero();
    assertThat(spill.pages()).containsExactly(3, 5);
    assertThat(read(8)).isEqualTo(image(1));
    assertThat(read(10)).isEqualTo(image(3));
  }

  @Test
  void cuttingBringsTheImagesBeforeBack() {
    spill.append(new int[] {3, 5}, new byte[][] {image(1), image(2)}, 2);
    spill.append(new int[] {3, 6}, new byte[][] {image(3), image(4)}, 2);

    spill.cut(9);

    assertThat(spill.last()).isEqualTo(9);
    assertThat(spill.find(3)).isEqualTo(8);
    assertThat(spill.find(6)).isZero();
    spill.rewrite(8, image(9));
    assertThat(read(8)).isEqualTo(image(9));
  }

  @Test
  void aCommitWritesWhatIsInMemoryOverWhatWasSpilled() {
    spill.append(new int[] {9, 2, 4}, new byte[][] {image(1), image(2), image(3)}, 3);

    CommittedImages all =
        CommittedImages.of(
            new int[] {1, 4, 5}, new byte[][] {image(10), image(11), image(12)}, 3, spill, 8);

    assertThat(all.pageNumbers()).containsExactly(1, 2, 4, 5);
    assertThat(all.image(1)).isEqualTo(image(2));
    assertThat(all.image(2)).isEqualTo(image(11));
  }
}
