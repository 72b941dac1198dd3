package dev.tursojdbc.sql.function;

import dev.tursojdbc.storage.error.ErrorCode;
import dev.tursojdbc.storage.error.TursoException;
import dev.tursojdbc.storage.record.Register;
import java.util.Arrays;

/**
 * A JSON value in SQLite's binary format, JSONB. All JSON functions work on it; text is parsed into
 * it and printed from it.
 *
 * <pre>
 *   node   := header payload
 *   header := size&lt;&lt;4 | type                  size of the payload 0 to 11
 *           | 12&lt;&lt;4 | type, size in 1 byte      13: in 2 bytes, 14: in 4, 15: in 8; big-endian
 *   payload of ARRAY := node*
 *   payload of OBJECT := (label:node value:node)*   labels are texts
 *   payload of others := what {@link JsonType} says, in UTF-8
 * </pre>
 *
 * <p>A node is named by the offset of its header. Blobs come from anywhere: each header that is
 * looked at is checked to lie inside, with its payload, of the bytes.
 */
final class Jsonb {
  /** As deep as arrays and objects may be nested. */
  static final int MAX_DEPTH = 1000;

  private static final int MAX_ARRAY = Integer.MAX_VALUE - 8;

  byte[] bytes;
  int size;

  Jsonb(int expected) {
    bytes = new byte[Math.max(expected, 16)];
  }

  /** A copy of a blob, which then can be changed. */
  static Jsonb copyOf(Register blob) {
    Jsonb json = new Jsonb(blob.length);
    json.append(blob.bytes, blob.offset, blob.length);
    return json;
  }

  static TursoException malformed() {
    return Arguments.error("malformed JSON");
  }

  /** Whether a blob's outermost header makes it JSONB. What is inside may still be wrong. */
  static boolean isOne(byte[] bytes, int offset, int length) {
    if (length == 0 || (bytes[offset] & 0xF) > JsonType.OBJECT) {
      return false;
    }
    int header = headerSize(bytes[offset]);
    if (header > length) {
      return false;
    }
    long payload = payloadSize(bytes, offset);
    return payload + header == length && (payload == 0 || (bytes[offset] & 0xF) > JsonType.FALSE);
  }

  int type(int node) {
    return bytes[node] & 0xF;
  }

  /** Size of a node's header, which lies inside with its payload. */
  int headerSize(int node) {
    end(node);
    return headerSize(bytes[node]);
  }

  /** The offset of a node's payload. */
  int payload(int node) {
    return node + headerSize(node);
  }

  /** The offset behind a node. */
  int end(int node) {
    if (node < size) {
      int header = headerSize(bytes[node]);
      if (header <= size - node) {
        long payload = payloadSize(bytes, node);
        if (payload <= size - node - header) {
          return node + header + (int) payload;
        }
      }
    }
    throw malformed();
  }

  /** Whether there is a whole node at an offset. */
  boolean isNode(int node, int limit) {
    int header = node < limit ? headerSize(bytes[node]) : 0;
    return header > 0
        && header <= limit - node
        && payloadSize(bytes, node) <= limit - node - header;
  }

  static int headerSize(byte first) {
    return switch (first >> 4 & 0xF) {
      case 12 -> 2;
      case 13 -> 3;
      case 14 -> 5;
      case 15 -> 9;
      default -> 1;
    };
  }

  /** The size a header tells; more than any array has if its eight bytes do. */
  private static long payloadSize(byte[] bytes, int node) {
    int code = bytes[node] >> 4 & 0xF;
    if (code <= 11) {
      return code;
    }
    long size = 0;
    for (int i = 1; i < headerSize(bytes[node]); i++) {
      if (size > Integer.MAX_VALUE) {
        return Long.MAX_VALUE;
      }
      size = size << 8 | bytes[node + i] & 0xFF;
    }
    return size;
  }

  /** Number of elements of an array. */
  int count(int array) {
    int count = 0;
    int end = end(array);
    for (int at = payload(array); at < end; at = end(at)) {
      count++;
    }
    return count;
  }

  void append(byte[] source, int offset, int count) {
    reserve(count);
    System.arraycopy(source, offset, bytes, size, count);
    size += count;
  }

  void append(int next) {
    reserve(1);
    bytes[size++] = (byte) next;
  }

  /** Appends a header, the shortest that tells the size. */
  void appendHeader(int type, int payload) {
    reserve(5);
    size += writeHeader(size, type, payload);
  }

  void appendNode(int type, byte[] source, int offset, int count) {
    appendHeader(type, count);
    append(source, offset, count);
  }

  private int writeHeader(int at, int type, int payload) {
    if (payload <= 11) {
      bytes[at] = (byte) (payload << 4 | type);
      return 1;
    }
    if (payload <= 0xFF) {
      bytes[at] = (byte) (0xC0 | type);
      bytes[at + 1] = (byte) payload;
      return 2;
    }
    if (payload <= 0xFFFF) {
      bytes[at] = (byte) (0xD0 | type);
      bytes[at + 1] = (byte) (payload >> 8);
      bytes[at + 2] = (byte) payload;
      return 3;
    }
    bytes[at] = (byte) (0xE0 | type);
    bytes[at + 1] = (byte) (payload >> 24);
    bytes[at + 2] = (byte) (payload >> 16);
    bytes[at + 3] = (byte) (payload >> 8);
    bytes[at + 4] = (byte) payload;
    return 5;
  }

  private static int headerSizeFor(int payload) {
    return payload <= 11 ? 1 : payload <= 0xFF ? 2 : payload <= 0xFFFF ? 3 : 5;
  }

  /**
   * Makes a node's header tell another size; its payload moves as the header needs it.
   *
   * @return by how many bytes the header has grown
   */
  int resize(int node, int payload) {
    int before = headerSize(bytes[node]);
    int after = headerSizeFor(payload);
    int type = type(node);
    if (after != before) {
      reserve(8);
      System.arraycopy(bytes, node + before, bytes, node + after, size - node - before);
      size += after - before;
    }
    writeHeader(node, type, payload);
    return after - before;
  }

  /**
   * Puts another node in the place of one. Where that has a few bytes less, its header is written
   * with a longer size if that makes up for them: then nothing around has to change.
   *
   * @return by how many bytes all has become longer
   */
  int replace(int at, int oldSize, byte[] source, int offset, int count) {
    int header = headerSize(source[offset]);
    int wide = header + oldSize - count;
    boolean fits = wide == 2 || wide == 3 || wide == 5 || wide == 9;
    if (oldSize <= count || !fits || (source[offset] & 0xF) <= JsonType.FALSE) {
      splice(at, oldSize, source, offset, count);
      return count - oldSize;
    }
    int code = wide == 2 ? 12 : wide == 3 ? 13 : wide == 5 ? 14 : 15;
    bytes[at] = (byte) (code << 4 | source[offset] & 0xF);
    int payload = count - header;
    int rest = payload;
    for (int i = wide - 1; i > 0; i--) {
      bytes[at + i] = (byte) rest;
      rest >>>= 8;
    }
    System.arraycopy(source, offset + header, bytes, at + wide, payload);
    return 0;
  }

  /** Puts bytes in the place of others. No header learns of it. */
  void splice(int at, int removed, byte[] source, int offset, int count) {
    reserve(count);
    System.arraycopy(bytes, at + removed, bytes, at + count, size - at - removed);
    System.arraycopy(source, offset, bytes, at, count);
    size += count - removed;
  }

  private void reserve(int count) {
    long wanted = (long) size + count;
    if (wanted > bytes.length) {
      if (wanted > MAX_ARRAY) {
        throw new TursoException(ErrorCode.TOOBIG);
      }
      bytes = Arrays.copyOf(bytes, (int) Math.min(Math.max(wanted, 2L * bytes.length), MAX_ARRAY));
    }
  }

  /** A node as a value of its own. */
  Jsonb copyOf(int node) {
    Jsonb copy = new Jsonb(end(node) - node);
    copy.append(bytes, node, end(node) - node);
    return copy;
  }
}
