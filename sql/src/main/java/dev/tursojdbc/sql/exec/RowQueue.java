package dev.tursojdbc.sql.exec;

import dev.tursojdbc.storage.record.KeyOrder;
import dev.tursojdbc.storage.record.RecordReader;
import dev.tursojdbc.storage.record.Register;
import dev.tursojdbc.storage.record.TextEncoding;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a recursive query that wait for their turn, as records: in memory as long as there is
 * some, then in a temporary file.
 */
abstract class RowQueue {
  /** What a record takes beside its bytes. */
  private static final int RECORD_OVERHEAD = 48;

  private final MemoryClaim claim = new MemoryClaim(this::clear);
  private long bytes;

  abstract void clear();

  abstract void add(Frame frame, byte[] record);

  /** Takes out the first row; null if there is none. */
  abstract byte @Nullable [] take(Frame frame);

  final void released() {
    bytes = 0;
    claim.release();
  }

  /** Counts a row in memory. @return whether there should be no more */
  final boolean added(Frame frame, byte[] record) {
    bytes += record.length + RECORD_OVERHEAD;
    return claim.set(frame, bytes);
  }

  final void taken(Frame frame, byte[] record) {
    bytes -= record.length + RECORD_OVERHEAD;
    claim.set(frame, bytes);
  }

  /** Those in a file came later than all in memory. */
  static final class FirstInFirstOut extends RowQueue {
    private final ArrayDeque<byte[]> records = new ArrayDeque<>();
    private @Nullable TemporaryTable later;
    private long firstLater;
    private long laterCount;

    @Override
    void clear() {
      records.clear();
      released();
      closeFile();
    }

    private void closeFile() {
      if (later != null) {
        later.close();
        later = null;
      }
      firstLater = 0;
      laterCount = 0;
    }

    @Override
    void add(Frame frame, byte[] record) {
      TemporaryTable file = later;
      if (file != null) {
        file.add(record);
        laterCount++;
        return;
      }
      records.add(record);
      if (added(frame, record)) {
        later = new TemporaryTable(frame);
      }
    }

    @Override
    byte @Nullable [] take(Frame frame) {
      byte[] record = records.poll();
      if (record != null) {
        taken(frame, record);
        return record;
      }
      TemporaryTable file = later;
      if (file == null || laterCount == 0) {
        closeFile();
        return null;
      }
      record = file.record(firstLater);
      file.remove(firstLater);
      firstLater++;
      laterCount--;
      return record;
    }
  }

  /** In an order; of equal ones the first that came is first. */
  static final class Ordered extends RowQueue {
    /** A row and when it came. */
    private static final class Waiting {
      final byte[] record;
      final long number;

      Waiting(byte[] record, long number) {
        this.record = record;
        this.number = number;
      }
    }

    private final ResultOrder order;
    private final List<KeyOrder.Column> fileOrder;
    private final PriorityQueue<Waiting> records;
    private final Register[] entry;
    private final RecordReader reader = new RecordReader(TextEncoding.UTF8);
    private final Register number = new Register();
    private @Nullable TemporaryIndex file;

    /** The first row in the file, or null. */
    private @Nullable Waiting firstInFile;

    private long count;

    Ordered(ResultOrder order) {
      this.order = order;
      this.fileOrder = new ArrayList<>(order.terms());
      this.fileOrder.add(KeyOrder.Column.DEFAULT);
      this.entry = Registers.of(fileOrder.size() + 1);
      this.records = new PriorityQueue<>(this::compare);
    }

    private int compare(Waiting left, Waiting right) {
      int result = order.compare(left.record, right.record);
      return result != 0 ? result : Long.compare(left.number, right.number);
    }

    @Override
    void clear() {
      records.clear();
      released();
      count = 0;
      firstInFile = null;
      if (file != null) {
        file.close();
        file = null;
      }
    }

    @Override
    void add(Frame frame, byte[] record) {
      Waiting row = new Waiting(record, count++);
      TemporaryIndex index = file;
      if (index == null) {
        records.add(row);
        if (added(frame, record)) {
          file = new TemporaryIndex(frame, fileOrder);
        }
        return;
      }
      setKey(row);
      entry[entry.length - 1].setBlob(record);
      index.add(entry, entry.length);
      if (firstInFile == null || compare(row, firstInFile) < 0) {
        firstInFile = row;
      }
    }

    private void setKey(Waiting row) {
      order.readKey(row.record, entry);
      entry[entry.length - 2].setInteger(row.number);
    }

    @Override
    byte @Nullable [] take(Frame frame) {
      Waiting inMemory = records.peek();
      Waiting inFile = firstInFile;
      TemporaryIndex index = file;
      if (inFile != null && index != null && (inMemory == null || compare(inFile, inMemory) < 0)) {
        setKey(inFile);
        index.remove(entry);
        firstInFile = index.cursor().first() ? readFirst(index) : null;
        return inFile.record;
      }
      if (inMemory == null) {
        return null;
      }
      records.remove();
      taken(frame, inMemory.record);
      return inMemory.record;
    }

    private Waiting readFirst(TemporaryIndex index) {
      index.attach(reader);
      reader.read(entry.length - 2, number);
      Register record = entry[entry.length - 1];
      reader.read(entry.length - 1, record);
      SameValues.own(record);
      return new Waiting(record.bytes, number.integer);
    }
  }
}
