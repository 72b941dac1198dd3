package dev.tursojdbc.sql.function;

import java.nio.charset.StandardCharsets;

/**
 * The types of JSONB nodes: the low four bits of a node's first byte.
 *
 * <p>Numbers and texts keep how they were written. What ends in 5 needs JSON5 to be read; a TEXT
 * needs no escapes at all, a TEXTJ has escapes of JSON, a TEXT_RAW is the text itself, so that it
 * may have to be escaped when it is printed.
 */
final class JsonType {
  static final int NULL = 0;
  static final int TRUE = 1;
  static final int FALSE = 2;
  static final int INT = 3;
  static final int INT5 = 4;
  static final int FLOAT = 5;
  static final int FLOAT5 = 6;
  static final int TEXT = 7;
  static final int TEXT_J = 8;
  static final int TEXT5 = 9;
  static final int TEXT_RAW = 10;
  static final int ARRAY = 11;
  static final int OBJECT = 12;

  private static final byte[][] NAMES = {
    name("null"),
    name("true"),
    name("false"),
    name("integer"),
    name("integer"),
    name("real"),
    name("real"),
    name("text"),
    name("text"),
    name("text"),
    name("text"),
    name("array"),
    name("object")
  };

  private JsonType() {}

  private static byte[] name(String name) {
    return name.getBytes(StandardCharsets.US_ASCII);
  }

  /** What json_type() calls it. */
  static byte[] name(int type) {
    if (type > OBJECT) {
      throw Jsonb.malformed();
    }
    return NAMES[type];
  }

  static boolean isText(int type) {
    return type >= TEXT && type <= TEXT_RAW;
  }

  static boolean isContainer(int type) {
    return type >= ARRAY;
  }

  /** Whether a text's bytes are its characters, without escapes. */
  static boolean isRaw(int type) {
    return type == TEXT || type == TEXT_RAW;
  }
}
