package dev.tursojdbc.storage.journal;

import static dev.tursojdbc.storage.page.PageBytes.putInt;
import static dev.tursojdbc.storage.page.PageBytes.putLong;

import dev.tursojdbc.storage.page.LockBytePage;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Rollback journals made by hand. */
final class JournalBuilder {
  private static final long MAGIC = 0xd9d505f920a163d7L;

  private final int sectorSize;
  private final int pageSize;
  private final int pageCount;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private int nonce;

  JournalBuilder(int sectorSize, int pageSize, int pageCount) {
    this.sectorSize = sectorSize;
    this.pageSize = pageSize;
    this.pageCount = pageCount;
  }

  JournalBuilder segment(int recordCount, int newNonce) {
    int missing = (sectorSize - bytes.size() % sectorSize) % sectorSize;
    bytes.writeBytes(new byte[missing]);
    nonce = newNonce;
    byte[] header = new byte[sectorSize];
    putLong(header, 0, MAGIC);
    putInt(header, 8, recordCount);
    putInt(header, 12, nonce);
    putInt(header, 16, pageCount);
    putInt(header, 20, sectorSize);
    putInt(header, 24, pageSize);
    bytes.writeBytes(header);
    return this;
  }

  JournalBuilder record(int pageNumber, byte[] content) {
    int sum = nonce;
    for (int i = content.length - 200; i > 0; i -= 200) {
      sum += content[i] & 0xFF;
    }
    return record(pageNumber, content, sum);
  }

  JournalBuilder record(int pageNumber, byte[] content, int checksum) {
    byte[] numbers = new byte[8];
    putInt(numbers, 0, pageNumber);
    putInt(numbers, 4, checksum);
    bytes.write(numbers, 0, 4);
    bytes.writeBytes(content);
    bytes.write(numbers, 4, 4);
    return this;
  }

  JournalBuilder superJournal(String name) {
    byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
    int sum = 0;
    for (byte b : utf8) {
      sum += b;
    }
    byte[] lead = new byte[4];
    putInt(lead, 0, LockBytePage.number(pageSize));
    bytes.writeBytes(lead);
    bytes.writeBytes(utf8);
    byte[] tail = new byte[16];
    putInt(tail, 0, utf8.length);
    putInt(tail, 4, sum);
    putLong(tail, 8, MAGIC);
    bytes.writeBytes(tail);
    return this;
  }

  byte[] build() {
    return bytes.toByteArray();
  }
}
