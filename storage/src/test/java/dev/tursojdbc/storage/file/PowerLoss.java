package dev.tursojdbc.storage.file;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * What a disk may hold after the power failed behind a sequence of changes.
 *
 * <p>A write or truncation is durable once its file was synced after it, a creation or deletion
 * once its directory was. Of the rest anything may be there: everything, nothing, a prefix, any of
 * the changes and not the others, any 512-byte sectors of a write and not the others, and a file
 * may have its new size without its new bytes. Entries of one name persist in order, since a
 * directory holds one of them at a time. A seed chooses, first one of these survivals, then by it.
 */
final class PowerLoss {
  private static final int SECTOR_SIZE = 512;

  private enum Survival {
    ALL,
    NOTHING,
    PREFIX,
    ANY_CHANGES,
    ANY_SECTORS
  }

  private final List<DiskChange> changes;
  private final SplittableRandom random;
  private final Survival survival;

  /** For PREFIX: changes before this index survive, the one at it may be torn. */
  private final int prefix;

  private final Map<String, RecordedFile> names;

  /** Names of which a later entry can no longer survive because an earlier one has not. */
  private final Set<String> stuckNames = new HashSet<>();

  private final Map<RecordedFile, MemoryFileContent> contents = new HashMap<>();

  PowerLoss(List<DiskChange> changes, Map<String, RecordedFile> initialNames, long seed) {
    this.changes = changes;
    this.names = new HashMap<>(initialNames);
    this.random = new SplittableRandom(seed);
    this.survival = Survival.values()[random.nextInt(Survival.values().length)];
    this.prefix = random.nextInt(changes.size() + 1);
  }

  private PowerLoss(List<DiskChange> changes, Map<String, RecordedFile> initialNames) {
    this.changes = changes;
    this.names = new HashMap<>(initialNames);
    this.random = new SplittableRandom(0);
    this.survival = Survival.ALL;
    this.prefix = 0;
  }

  /** The disk when only the process died: every change is there. */
  static MemoryFileSystem spared(List<DiskChange> changes, Map<String, RecordedFile> initialNames) {
    return new PowerLoss(changes, initialNames).disk();
  }

  MemoryFileSystem disk() {
    boolean[] durable = durable();
    for (int i = 0; i < changes.size(); i++) {
      apply(i, durable[i]);
    }
    MemoryFileSystem disk = new MemoryFileSystem();
    names.forEach((path, file) -> disk.put(path, contentOf(file).toByteArray()));
    return disk;
  }

  /** Which changes must be there, found backwards: a sync makes durable what is in front of it. */
  private boolean[] durable() {
    boolean[] durable = new boolean[changes.size()];
    Map<Object, Boolean> lastSync = new HashMap<>();
    for (int i = changes.size() - 1; i >= 0; i--) {
      DiskChange change = changes.get(i);
      if (change instanceof DiskChange.Sync sync) {
        lastSync.put(sync.file(), sync.succeeded());
      } else if (change instanceof DiskChange.SyncDirectory sync) {
        lastSync.put(sync.path(), sync.succeeded());
      } else {
        durable[i] = lastSync.getOrDefault(syncedBy(change), false);
      }
    }
    return durable;
  }

  private static Object syncedBy(DiskChange change) {
    if (change instanceof DiskChange.Write write) {
      return write.file();
    }
    if (change instanceof DiskChange.Truncate truncate) {
      return truncate.file();
    }
    return RecordingFileSystem.directoryOf(change.path());
  }

  private void apply(int index, boolean durable) {
    DiskChange change = changes.get(index);
    if (change instanceof DiskChange.Create create) {
      if (entrySurvives(index, durable)) {
        names.put(create.path(), create.file());
      }
    } else if (change instanceof DiskChange.Delete delete) {
      if (entrySurvives(index, durable)) {
        names.remove(delete.path());
      }
    } else if (change instanceof DiskChange.Write write) {
      applyWrite(index, write, durable);
    } else if (change instanceof DiskChange.Truncate truncate) {
      if (durable || survives(index)) {
        contentOf(truncate.file()).truncate(truncate.size());
      }
    }
  }

  private boolean entrySurvives(int index, boolean durable) {
    String path = changes.get(index).path();
    if (durable || (survives(index) && !stuckNames.contains(path))) {
      stuckNames.remove(path);
      return true;
    }
    stuckNames.add(path);
    return false;
  }

  private boolean survives(int index) {
    return switch (survival) {
      case ALL -> true;
      case NOTHING -> false;
      case PREFIX -> index < prefix;
      case ANY_CHANGES, ANY_SECTORS -> random.nextBoolean();
    };
  }

  private void applyWrite(int index, DiskChange.Write write, boolean durable) {
    MemoryFileContent content = contentOf(write.file());
    long end = write.position() + write.bytes().length;
    boolean torn =
        survival == Survival.ANY_SECTORS || (survival == Survival.PREFIX && index == prefix);
    if (durable || (!torn && survives(index))) {
      put(content, write.position(), write.bytes(), 0, write.bytes().length);
    } else if (torn) {
      applySectors(content, write);
    } else if (survival != Survival.NOTHING && end > content.size() && random.nextBoolean()) {
      // The new size without the new bytes: what was never written reads as zero.
      put(content, end - 1, new byte[1], 0, 1);
    }
  }

  private void applySectors(MemoryFileContent content, DiskChange.Write write) {
    boolean leadingOnly = random.nextBoolean();
    byte[] bytes = write.bytes();
    for (int from = 0; from < bytes.length; ) {
      long position = write.position() + from;
      int length = Math.min(bytes.length - from, SECTOR_SIZE - (int) (position % SECTOR_SIZE));
      if (random.nextBoolean()) {
        put(content, position, bytes, from, length);
      } else if (leadingOnly) {
        return;
      }
      from += length;
    }
  }

  private static void put(
      MemoryFileContent content, long position, byte[] bytes, int offset, int length) {
    content.write(position, new ByteBuffer[] {ByteBuffer.wrap(bytes, offset, length)}, 1);
  }

  private MemoryFileContent contentOf(RecordedFile file) {
    return contents.computeIfAbsent(
        file,
        f -> {
          MemoryFileContent content = new MemoryFileContent();
          put(content, 0, Arrays.copyOf(f.initial, f.initial.length), 0, f.initial.length);
          return content;
        });
  }
}
