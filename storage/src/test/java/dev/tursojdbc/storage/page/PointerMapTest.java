package dev.tursojdbc.storage.page;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class PointerMapTest {
  @Test
  void mapPagesAreSpacedByTheEntriesTheyHold() {
    PointerMap map = new PointerMap(512, 512);

    // 512 / 5 = 102 entries: pages 3 to 104 on page 2, then page 105.
    assertThat(map.isMapPage(1)).isFalse();
    assertThat(map.isMapPage(2)).isTrue();
    assertThat(map.mapPageOf(3)).isEqualTo(2);
    assertThat(map.entryOffset(3)).isZero();
    assertThat(map.mapPageOf(104)).isEqualTo(2);
    assertThat(map.entryOffset(104)).isEqualTo(505);
    assertThat(map.isMapPage(105)).isTrue();
    assertThat(map.mapPageCount(104)).isEqualTo(1);
    assertThat(map.mapPageCount(105)).isEqualTo(2);
  }

  @Test
  void theLockBytePageIsTheOneWithTheFirstLockByte() {
    assertThat(LockBytePage.number(512)).isEqualTo(2097153);
    assertThat(LockBytePage.number(4096)).isEqualTo(262145);
    assertThat(LockBytePage.number(65536)).isEqualTo(16385);
  }

  @Test
  void theLockBytePageDisplacesAMapPage() {
    // 1020 usable bytes hold 204 entries, and the lock-byte page is 2 + 205 * 5115.
    PointerMap map = new PointerMap(1024, 1020);
    int lockBytePage = LockBytePage.number(1024);
    assertThat((lockBytePage - 2) % 205).isZero();

    assertThat(map.isMapPage(lockBytePage)).isFalse();
    assertThat(map.hasEntry(lockBytePage)).isFalse();
    assertThat(map.isMapPage(lockBytePage + 1)).isTrue();
    assertThat(map.entryOffset(lockBytePage + 2)).isZero();
    assertThat(map.mapPageCount(lockBytePage)).isEqualTo(map.mapPageCount(lockBytePage - 1));
    assertThat(map.mapPageCount(lockBytePage + 1))
        .isEqualTo(map.mapPageCount(lockBytePage - 1) + 1);
  }

  @Property
  void everyEntryLiesInsideTheUsableSizeOfAMapPage(
      @ForAll @IntRange(min = 9, max = 16) int pageSizeBits,
      @ForAll @IntRange(max = 32) int reserved,
      @ForAll @IntRange(min = 3, max = 2_000_000_000) int pageNumber) {
    int pageSize = 1 << pageSizeBits;
    PointerMap map = new PointerMap(pageSize, pageSize - reserved);

    assertThat(map.isMapPage(map.mapPageOf(pageNumber))).isTrue();
    if (map.hasEntry(pageNumber)) {
      assertThat(map.mapPageOf(pageNumber)).isLessThan(pageNumber);
      assertThat(map.entryOffset(pageNumber))
          .isBetween(0, pageSize - reserved - PointerMap.ENTRY_SIZE);
    }
  }
}
