package dev.tursojdbc.storage.record;

/** An order of texts, given as ranges of UTF-8 bytes. */
public interface Collation {

  /** By the bytes. */
  Collation BINARY = new BinaryCollation();

  /** As BINARY, with A to Z taken as a to z; other letters count as they are. */
  Collation NOCASE = new NocaseCollation();

  /** As BINARY, without the spaces at the end. */
  Collation RTRIM = new RtrimCollation();

  /** As it is written behind COLLATE. */
  String name();

  /** Negative, zero or positive as the left text is before, equal to or after the right one. */
  int compare(
      byte[] left, int leftOffset, int leftLength, byte[] right, int rightOffset, int rightLength);
}
