package dev.tursojdbc.storage.pager;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The uncommitted images of one connection, and the points at which somebody wants to read or
 * restore them.
 *
 * <p>Epochs number the stretches of work between points; each new point ends one. Per page there is
 * a chain of images, the newest first; behind its end stands the committed image. A page is copied
 * before it is changed if the newest point needs its present image; an older point then needs none
 * that the newest one does not, or one that is already retained. Without points a page is copied
 * once in a transaction, and after a point's end nothing is copied on its behalf.
 *
 * <p>When a point ends, the images that only it needed go. Which these are is known from its list
 * of changed pages: for each of them the image that the point sees is needed by the next older
 * point, if that one sees the same, or by nobody. Lists and chains are touched once per page and
 * point.
 */
final class DirtyPages {
  private static final int SEGMENT_SHIFT = 10;
  private static final int SEGMENT_PAGES = 1 << SEGMENT_SHIFT;
  private static final int NO_POINT = Integer.MIN_VALUE;

  /** Segments of the table that are kept for the next transaction. */
  private static final int MAX_KEPT_SEGMENTS = 256;

  private final IntFunction<byte[]> frameReader;

  /** The newest image of each dirty page, by page number. */
  private @Nullable DirtyImage @Nullable [][] table = new DirtyImage[4][];

  /** Numbers of the dirty pages; may name a page twice, and one that is not dirty any more. */
  private final IntList numbers = new IntList();

  /** Savepoints and views, oldest first; their epochs ascend. */
  private final List<ReadPoint> points = new ArrayList<>();

  private int newestPointEpoch = NO_POINT;
  private int epoch;

  /** Whether an image was made or changed in this epoch; else the next point needs no new one. */
  private boolean epochHasChanges;

  private int dirtyCount;

  /** Images in memory, retained ones included. */
  private int residentCount;

  /**
   * @param frameReader reads the content of a frame of this transaction
   */
  DirtyPages(IntFunction<byte[]> frameReader) {
    this.frameReader = frameReader;
  }

  boolean isEmpty() {
    return dirtyCount == 0;
  }

  int residentCount() {
    return residentCount;
  }

  int epoch() {
    return epoch;
  }

  IntList numbers() {
    return numbers;
  }

  /** The newest image of a page, null if the page is not dirty. */
  @Nullable DirtyImage find(int pageNumber) {
    int number = pageNumber >>> SEGMENT_SHIFT;
    if (number >= table.length) {
      return null;
    }
    @Nullable DirtyImage[] segment = table[number];
    return segment == null ? null : segment[pageNumber & SEGMENT_PAGES - 1];
  }

  /** The content of an image, which is read again if it was spilled. */
  byte[] bytes(DirtyImage image) {
    image.used = true;
    byte[] bytes = image.bytes;
    return bytes != null ? bytes : reload(image);
  }

  /** As {@link #bytes}, for an image that a view has for itself. */
  byte[] peek(DirtyImage image) {
    byte[] bytes = image.bytes;
    return bytes != null ? bytes : frameReader.apply(image.frame);
  }

  private byte[] reload(DirtyImage image) {
    byte[] bytes = frameReader.apply(image.frame);
    image.bytes = bytes;
    residentCount++;
    return bytes;
  }

  /** The newest image of a page, changeable. */
  byte[] writable(int pageNumber, CommittedPages committed) {
    DirtyImage image = find(pageNumber);
    if (image == null) {
      return add(pageNumber, committed.page(pageNumber).clone(), null);
    }
    if (image.epoch <= newestPointEpoch) {
      return add(pageNumber, bytes(image).clone(), image);
    }
    byte[] bytes = bytes(image);
    epochHasChanges = true;
    image.beginChange(epoch);
    return bytes;
  }

  /** A new image of a page, all zero, whatever the page contained. */
  byte[] blank(int pageNumber, int pageSize) {
    DirtyImage image = find(pageNumber);
    if (image == null || image.epoch <= newestPointEpoch) {
      return add(pageNumber, new byte[pageSize], image);
    }
    if (image.bytes == null) {
      residentCount++;
    }
    byte[] bytes = new byte[pageSize];
    image.bytes = bytes;
    epochHasChanges = true;
    image.beginChange(epoch);
    return bytes;
  }

  private byte[] add(int pageNumber, byte[] bytes, @Nullable DirtyImage older) {
    if (older == null) {
      numbers.add(pageNumber);
    }
    epochHasChanges = true;
    put(pageNumber, new DirtyImage(pageNumber, epoch, bytes, older));
    residentCount++;
    if (!points.isEmpty()) {
      points.get(points.size() - 1).changed.add(pageNumber);
    }
    return bytes;
  }

  /** The page's content will not be read any more; it need not be written unless it is restored. */
  void setUnneeded(int pageNumber) {
    DirtyImage image = find(pageNumber);
    if (image != null && image.epoch > newestPointEpoch) {
      image.unneeded = true;
    }
  }

  private void put(int pageNumber, @Nullable DirtyImage image) {
    int number = pageNumber >>> SEGMENT_SHIFT;
    if (number >= table.length) {
      table = Arrays.copyOf(table, Math.max(number + 1, table.length * 2));
    }
    @Nullable DirtyImage[] segment = table[number];
    if (segment == null) {
      segment = new DirtyImage[SEGMENT_PAGES];
      table[number] = segment;
    }
    int index = pageNumber & SEGMENT_PAGES - 1;
    dirtyCount += (image == null ? 0 : 1) - (segment[index] == null ? 0 : 1);
    segment[index] = image;
  }

  /** Adds a point at the present state. What is changed from now on belongs to a later epoch. */
  void open(ReadPoint point) {
    if (epochHasChanges) {
      epoch++;
      epochHasChanges = false;
    }
    point.epoch = epoch - 1;
    points.add(point);
    newestPointEpoch = point.epoch;
  }

  /** Ends a point; drops the images that nobody else needs. */
  void close(ReadPoint point) {
    int index = points.indexOf(point);
    if (index < 0) {
      return;
    }
    points.remove(index);
    newestPointEpoch = points.isEmpty() ? NO_POINT : points.get(points.size() - 1).epoch;
    ReadPoint before = index == 0 ? null : points.get(index - 1);
    for (int i = 0; i < point.changed.size(); i++) {
      int pageNumber = point.changed.get(i);
      DirtyImage seen = DirtyImage.asOf(find(pageNumber), point.epoch);
      if (before != null && (seen == null || seen.epoch <= before.epoch)) {
        before.changed.add(pageNumber);
      } else if (seen != null) {
        unlink(seen);
      }
    }
    point.changed.clear();
  }

  private void unlink(DirtyImage image) {
    DirtyImage newer = find(image.pageNumber);
    while (newer != null && newer.older != image) {
      newer = newer.older;
    }
    if (newer == null) {
      throw new IllegalStateException("the newest image is not retained for a point");
    }
    newer.older = image.older;
    newer.inheritFrame(image);
    forget(image);
  }

  private void forget(DirtyImage image) {
    if (image.bytes != null) {
      residentCount--;
    }
  }

  /** Whether a savepoint or a view is open. */
  boolean hasPoints() {
    return !points.isEmpty();
  }

  /** The views that are open. */
  List<FrozenPages> views() {
    List<FrozenPages> views = new ArrayList<>();
    for (ReadPoint point : points) {
      if (point instanceof FrozenPages view) {
        views.add(view);
      }
    }
    return views;
  }

  /** Restores the images of a savepoint, which stays open; those opened after it end. */
  void rollbackTo(Savepoint savepoint) {
    int index = points.indexOf(savepoint);
    if (index < 0) {
      throw new IllegalStateException("the savepoint is not open");
    }
    List<ReadPoint> later = List.copyOf(points.subList(index + 1, points.size()));
    IntList changed = new IntList();
    for (ReadPoint point : points.subList(index, points.size())) {
      changed.addAll(point.changed);
      point.changed.clear();
    }
    changed.sortDistinct();
    for (int i = 0; i < changed.size(); i++) {
      restore(changed.get(i), savepoint.epoch, later);
    }
    for (ReadPoint point : later) {
      if (point instanceof FrozenPages) {
        // On all other pages it sees the same as the savepoint.
        point.epoch = savepoint.epoch;
      } else {
        points.remove(point);
      }
    }
    newestPointEpoch = savepoint.epoch;
  }

  private void restore(int pageNumber, int savepointEpoch, List<ReadPoint> later) {
    DirtyImage newest = find(pageNumber);
    DirtyImage restored = DirtyImage.asOf(newest, savepointEpoch);
    for (ReadPoint point : later) {
      if (point instanceof FrozenPages view) {
        DirtyImage seen = DirtyImage.asOf(newest, view.epoch);
        if (seen != null && seen.epoch > savepointEpoch) {
          view.own(seen);
        }
      }
    }
    for (DirtyImage image = newest; image != null && image != restored; image = image.older) {
      forget(image);
    }
    put(pageNumber, restored);
  }

  /**
   * Ends the transaction: the views take what they see of its images, savepoints end, nothing is
   * dirty any more.
   */
  void end() {
    if (!points.isEmpty()) {
      points.removeIf(point -> point instanceof Savepoint);
      for (FrozenPages view : views()) {
        giveOwnImages(view);
      }
      newestPointEpoch = points.isEmpty() ? NO_POINT : points.get(points.size() - 1).epoch;
    }
    clear();
  }

  /**
   * A commit is about to overwrite committed pages: the views that see them take them.
   *
   * @param pageCount size of the database after the commit; pages behind it vanish
   */
  void keepCommitted(CommittedPages committed, int pageCount) {
    List<FrozenPages> views = views();
    if (views.isEmpty()) {
      return;
    }
    for (int i = 0; i < numbers.size(); i++) {
      keepCommitted(committed, numbers.get(i), views);
    }
    for (int page = pageCount + 1; page <= committed.pageCount(); page++) {
      keepCommitted(committed, page, views);
    }
  }

  private void keepCommitted(CommittedPages committed, int pageNumber, List<FrozenPages> views) {
    if (pageNumber > committed.pageCount()) {
      return;
    }
    for (FrozenPages view : views) {
      if (DirtyImage.asOf(find(pageNumber), view.epoch) == null) {
        view.own(new DirtyImage(pageNumber, view.epoch, committed.page(pageNumber), null));
      }
    }
  }

  private void giveOwnImages(FrozenPages view) {
    for (int i = 0; i < numbers.size(); i++) {
      DirtyImage seen = DirtyImage.asOf(find(numbers.get(i)), view.epoch);
      if (seen != null) {
        view.own(seen);
      }
    }
    view.changed.clear();
  }

  private void clear() {
    for (int i = 0; i < numbers.size(); i++) {
      int number = numbers.get(i) >>> SEGMENT_SHIFT;
      @Nullable DirtyImage[] segment = table[number];
      if (segment != null) {
        segment[numbers.get(i) & SEGMENT_PAGES - 1] = null;
      }
    }
    if (table.length > MAX_KEPT_SEGMENTS) {
      table = new DirtyImage[4][];
    }
    numbers.clear();
    dirtyCount = 0;
    residentCount = 0;
    epochHasChanges = false;
    if (points.isEmpty()) {
      epoch = 0;
    }
  }

  /** An image leaves memory; its content is in the frame. */
  void moveToFrame(DirtyImage image, int frame) {
    image.setFrame(frame);
    if (image.bytes != null) {
      image.bytes = null;
      residentCount--;
    }
  }
}
