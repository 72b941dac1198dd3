package dev.tursojdbc.storage.btree;

import dev.tursojdbc.storage.error.CorruptDatabaseException;
import dev.tursojdbc.storage.page.DatabaseHeader;
import dev.tursojdbc.storage.page.LockBytePage;
import dev.tursojdbc.storage.page.PageBytes;
import dev.tursojdbc.storage.page.PageSource;
import dev.tursojdbc.storage.page.PageWriter;
import dev.tursojdbc.storage.page.PointerMap;
import dev.tursojdbc.storage.page.PointerType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * A whole database in arrays, with a freelist and a pointer map as in a file, and with epochs: what
 * {@link #freeze} returns never changes, as in the pager.
 */
final class MemoryPages implements PageWriter {
  private final int pageSize;
  private final int usableSize;
  private final PointerMap map;
  private List<byte[]> pages = new ArrayList<>();
  private BitSet writable = new BitSet();
  private long changes;

  /** An empty database. */
  MemoryPages(int pageSize, int reservedBytes, int autoVacuum) {
    this(pageSize, pageSize - reservedBytes);
    byte[] first = new byte[pageSize];
    DatabaseHeader.initial(pageSize, reservedBytes).encode(first);
    PageBytes.putInt(first, DatabaseHeader.SCHEMA_FORMAT_OFFSET, 4);
    PageBytes.putInt(first, DatabaseHeader.TEXT_ENCODING_OFFSET, DatabaseHeader.UTF_8);
    if (autoVacuum > 0) {
      PageBytes.putInt(first, DatabaseHeader.LARGEST_ROOT_PAGE_OFFSET, 1);
      PageBytes.putInt(first, DatabaseHeader.INCREMENTAL_VACUUM_OFFSET, autoVacuum == 2 ? 1 : 0);
    }
    pages.add(first);
    PageSpace.format(first, 100, TreePage.TABLE_LEAF, usableSize);
  }

  private MemoryPages(int pageSize, int usableSize) {
    this.pageSize = pageSize;
    this.usableSize = usableSize;
    this.map = new PointerMap(pageSize, usableSize);
  }

  static MemoryPages read(Path file) {
    try {
      return of(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static MemoryPages of(byte[] bytes) {
    DatabaseHeader header = DatabaseHeader.decode(bytes);
    int size = header.pageSize();
    MemoryPages result = new MemoryPages(size, header.usableSize());
    for (int at = 0; at + size <= bytes.length; at += size) {
      result.pages.add(Arrays.copyOfRange(bytes, at, at + size));
    }
    return result;
  }

  void write(Path file) {
    setHeaderValue(DatabaseHeader.PAGE_COUNT_OFFSET, pages.size());
    int counter = headerValue(DatabaseHeader.CHANGE_COUNTER_OFFSET);
    setHeaderValue(DatabaseHeader.VERSION_VALID_FOR_OFFSET, counter);
    try (var out = Files.newOutputStream(file)) {
      for (byte[] page : pages) {
        out.write(page);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The pages as they are now. */
  PageSource freeze() {
    MemoryPages copy = new MemoryPages(pageSize, usableSize);
    copy.pages = new ArrayList<>(pages);
    writable = new BitSet();
    changes++;
    return copy.asSource();
  }

  private PageSource asSource() {
    return new PageSource() {
      @Override
      public byte[] page(int pageNumber) {
        return MemoryPages.this.page(pageNumber);
      }

      @Override
      public int pageSize() {
        return pageSize;
      }

      @Override
      public int usableSize() {
        return usableSize;
      }

      @Override
      public int pageCount() {
        return pages.size();
      }

      @Override
      public long changeCount() {
        return changes;
      }
    };
  }

  @Override
  public byte[] page(int pageNumber) {
    if (pageNumber < 1 || pageNumber > pages.size()) {
      throw CorruptDatabaseException.atPage(pageNumber, "no such page");
    }
    return pages.get(pageNumber - 1);
  }

  @Override
  public int pageSize() {
    return pageSize;
  }

  @Override
  public int usableSize() {
    return usableSize;
  }

  @Override
  public int pageCount() {
    return pages.size();
  }

  @Override
  public byte[] writable(int pageNumber) {
    changes++;
    byte[] image = page(pageNumber);
    if (!writable.get(pageNumber)) {
      writable.set(pageNumber);
      image = image.clone();
      pages.set(pageNumber - 1, image);
    }
    return image;
  }

  @Override
  public int allocate(int near) {
    int trunk = headerValue(DatabaseHeader.FREELIST_TRUNK_OFFSET);
    if (trunk == 0) {
      return grow();
    }
    byte[] image = writable(trunk);
    int leaves = leafCount(image);
    if (leaves == 0) {
      return takeTrunk(trunk, image);
    }
    int taken = PageBytes.getInt(image, 4 + 4 * leaves);
    PageBytes.putInt(image, 4, leaves - 1);
    return taken(taken);
  }

  private int takeTrunk(int trunk, byte[] image) {
    setHeaderValue(DatabaseHeader.FREELIST_TRUNK_OFFSET, PageBytes.getInt(image, 0));
    return taken(trunk);
  }

  private int taken(int pageNumber) {
    addFree(-1);
    Arrays.fill(writable(pageNumber), (byte) 0);
    return pageNumber;
  }

  private void addFree(int difference) {
    int count = headerValue(DatabaseHeader.FREELIST_COUNT_OFFSET);
    setHeaderValue(DatabaseHeader.FREELIST_COUNT_OFFSET, count + difference);
  }

  private int grow() {
    int number;
    do {
      pages.add(new byte[pageSize]);
      number = pages.size();
      writable.set(number);
    } while (isReserved(number));
    changes++;
    return number;
  }

  private boolean isReserved(int number) {
    return number == LockBytePage.number(pageSize) || (hasPointerMap() && map.isMapPage(number));
  }

  @Override
  public boolean allocateExactly(int pageNumber) {
    int next = pages.size() + 1;
    while (isReserved(next)) {
      next++;
    }
    if (pageNumber == next && pageNumber > pages.size()) {
      return grow() == pageNumber;
    }
    int visits = 0;
    int previous = 0;
    int trunk = headerValue(DatabaseHeader.FREELIST_TRUNK_OFFSET);
    while (trunk != 0) {
      byte[] image = page(trunk);
      int leaves = leafCount(image);
      if (trunk == pageNumber) {
        unlinkTrunk(previous, image, leaves);
        taken(pageNumber);
        return true;
      }
      for (int i = 1; i <= leaves; i++) {
        if (PageBytes.getInt(image, 4 + 4 * i) == pageNumber) {
          byte[] changed = writable(trunk);
          PageBytes.putInt(changed, 4 + 4 * i, PageBytes.getInt(changed, 4 + 4 * leaves));
          PageBytes.putInt(changed, 4, leaves - 1);
          taken(pageNumber);
          return true;
        }
      }
      if (++visits > pages.size()) {
        throw CorruptDatabaseException.atPage(trunk, "freelist");
      }
      previous = trunk;
      trunk = PageBytes.getInt(image, 0);
    }
    return false;
  }

  private void unlinkTrunk(int previous, byte[] image, int leaves) {
    int successor = PageBytes.getInt(image, 0);
    if (leaves > 0) {
      int promoted = PageBytes.getInt(image, 4 + 4 * leaves);
      byte[] target = writable(promoted);
      System.arraycopy(image, 0, target, 0, pageSize);
      PageBytes.putInt(target, 4, leaves - 1);
      successor = promoted;
    }
    if (previous == 0) {
      setHeaderValue(DatabaseHeader.FREELIST_TRUNK_OFFSET, successor);
    } else {
      PageBytes.putInt(writable(previous), 0, successor);
    }
  }

  @Override
  public void free(int pageNumber) {
    page(pageNumber);
    int trunk = headerValue(DatabaseHeader.FREELIST_TRUNK_OFFSET);
    addFree(1);
    setPointer(pageNumber, PointerType.FREE, 0);
    if (trunk != 0) {
      byte[] image = writable(trunk);
      int leaves = leafCount(image);
      if (leaves < usableSize / 4 - 8) {
        PageBytes.putInt(image, 4, leaves + 1);
        PageBytes.putInt(image, 4 + 4 * (leaves + 1), pageNumber);
        return;
      }
    }
    byte[] image = writable(pageNumber);
    PageBytes.putInt(image, 0, trunk);
    PageBytes.putInt(image, 4, 0);
    setHeaderValue(DatabaseHeader.FREELIST_TRUNK_OFFSET, pageNumber);
  }

  @Override
  public void truncate(int pageCount) {
    changes++;
    while (pages.size() > pageCount) {
      writable.clear(pages.size());
      pages.remove(pages.size() - 1);
    }
  }

  @Override
  public long changeCount() {
    return changes;
  }

  @Override
  public int headerValue(int offset) {
    return PageBytes.getInt(page(1), offset);
  }

  @Override
  public void setHeaderValue(int offset, int value) {
    PageBytes.putInt(writable(1), offset, value);
  }

  @Override
  public boolean hasPointerMap() {
    return headerValue(DatabaseHeader.LARGEST_ROOT_PAGE_OFFSET) != 0;
  }

  @Override
  public void setPointer(int pageNumber, int type, int parent) {
    if (hasPointerMap()) {
      byte[] image = writable(mapPage(pageNumber));
      int offset = map.entryOffset(pageNumber);
      image[offset] = (byte) type;
      PageBytes.putInt(image, offset + 1, parent);
    }
  }

  @Override
  public long pointer(int pageNumber) {
    byte[] image = page(mapPage(pageNumber));
    int offset = map.entryOffset(pageNumber);
    return ((long) image[offset] << 32) | (PageBytes.getInt(image, offset + 1) & 0xFFFF_FFFFL);
  }

  private int mapPage(int pageNumber) {
    if (!map.hasEntry(pageNumber)) {
      throw CorruptDatabaseException.atPage(pageNumber, "has no entry in the pointer map");
    }
    return map.mapPageOf(pageNumber);
  }

  private int leafCount(byte[] trunk) {
    int leaves = PageBytes.getInt(trunk, 4);
    if (leaves < 0 || leaves > usableSize / 4 - 2) {
      throw CorruptDatabaseException.atPage(1, "freelist");
    }
    return leaves;
  }
}
