package dev.tursojdbc.storage.wal;

import dev.tursojdbc.storage.file.FileSystem;
import dev.tursojdbc.storage.file.MemoryFileSystem;
import dev.tursojdbc.storage.file.StorageFile;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** A database file of three pages with its log, and short words for what tests do to them. */
final class WalFixture {
  static final int PAGE_SIZE = 512;
  static final String DATABASE = "/test.db";
  static final String LOG = "/test.db-wal";

  final FileSystem fileSystem;
  StorageFile database;
  WalFileShared shared;

  WalFixture() {
    this(new MemoryFileSystem());
  }

  WalFixture(FileSystem fileSystem) {
    this.fileSystem = fileSystem;
    this.database = fileSystem.open(DATABASE, FileSystem.OpenMode.CREATE);
    for (int page = 1; page <= 3; page++) {
      database.write((page - 1L) * PAGE_SIZE, ByteBuffer.wrap(image(0)));
    }
    database.sync(false);
    this.shared = WalFileShared.open(fileSystem, database, LOG, PAGE_SIZE, false);
  }

  /** As after a crash of the process: what is in memory is gone, the files are as they are. */
  void reopen() {
    shared.closeLast(SyncMode.FULL, false);
    shared = WalFileShared.open(fileSystem, database, LOG, PAGE_SIZE, false);
  }

  Wal connect() {
    return shared.connect();
  }

  /** A page that is filled with a number. */
  static byte[] image(int content) {
    byte[] image = new byte[PAGE_SIZE];
    Arrays.fill(image, (byte) content);
    image[PAGE_SIZE - 2] = (byte) (content >>> 8);
    return image;
  }

  /** What is read from a page, as the number that fills it. */
  static int content(byte[] image) {
    int content = (image[0] & 0xFF) | ((image[PAGE_SIZE - 2] & 0xFF) << 8);
    if (!Arrays.equals(image, image(content))) {
      throw new AssertionError("a torn page");
    }
    return content;
  }

  /** Page numbers and contents in turn: {@code pages(2, 77, 3, 78)}. */
  static SortedMap<Integer, Integer> pages(int... numbersAndContents) {
    SortedMap<Integer, Integer> pages = new TreeMap<>();
    for (int i = 0; i < numbersAndContents.length; i += 2) {
      pages.put(numbersAndContents[i], numbersAndContents[i + 1]);
    }
    return pages;
  }

  static int[] numbers(SortedMap<Integer, Integer> pages) {
    return pages.keySet().stream().mapToInt(Integer::intValue).toArray();
  }

  static byte[][] images(SortedMap<Integer, Integer> pages) {
    return pages.values().stream().map(WalFixture::image).toArray(byte[][]::new);
  }

  /** Commits in a transaction of its own. */
  void commit(SortedMap<Integer, Integer> pages) {
    try (Wal wal = connect()) {
      wal.beginRead();
      wal.beginWrite();
      commit(wal, pages, SyncMode.FULL);
    }
  }

  static void commit(Wal wal, SortedMap<Integer, Integer> pages, SyncMode syncMode) {
    int pageCount = Math.max(3, Math.max(wal.snapshot().pageCount(), pages.lastKey()));
    wal.commit(numbers(pages), images(pages), pages.size(), pageCount, syncMode);
  }

  static int append(Wal wal, SortedMap<Integer, Integer> pages) {
    return wal.append(numbers(pages), images(pages), pages.size());
  }

  /** Reads a page as a connection sees it. */
  int read(Wal wal, int pageNumber) {
    return read(wal, database, pageNumber);
  }

  static int read(Wal wal, StorageFile database, int pageNumber) {
    byte[] image = new byte[PAGE_SIZE];
    int frame = wal.findFrame(pageNumber);
    if (frame != 0) {
      wal.readFrame(frame, image);
    } else if (database.read((pageNumber - 1L) * PAGE_SIZE, image, 0, PAGE_SIZE) < PAGE_SIZE) {
      throw new AssertionError("page " + pageNumber + " is nowhere");
    }
    return content(image);
  }

  /** Reads a page in a transaction of its own. */
  int read(int pageNumber) {
    try (Wal wal = connect()) {
      wal.beginRead();
      return read(wal, pageNumber);
    }
  }

  Map<Integer, Integer> readAll(Wal wal, int pageCount) {
    Map<Integer, Integer> pages = new TreeMap<>();
    for (int page = 1; page <= pageCount; page++) {
      pages.put(page, read(wal, page));
    }
    return pages;
  }

  CheckpointResult checkpoint(CheckpointMode mode) {
    return checkpoint(mode, BusyHandler.NONE);
  }

  CheckpointResult checkpoint(CheckpointMode mode, BusyHandler busy) {
    try (Wal wal = connect()) {
      return wal.checkpoint(mode, busy, SyncMode.FULL);
    }
  }
}
