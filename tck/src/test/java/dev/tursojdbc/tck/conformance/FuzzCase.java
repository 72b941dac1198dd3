package dev.tursojdbc.tck.conformance;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A script and the image of the database to run it on. */
final class FuzzCase {
  /** Ends the image and begins the script where one value holds both. */
  private static final String SEPARATOR = "\n--";

  /** Images are filled up to a multiple of this. */
  private static final int IMAGE_UNIT = 4096;

  /** What lies behind this offset is not worth the memory. */
  private static final int MAX_IMAGE = 64 << 20;

  private final String name;
  private final byte @Nullable [] image;
  private final String script;

  /**
   * @param image null for a new database
   */
  FuzzCase(String name, byte @Nullable [] image, String script) {
    this.name = name;
    this.image = image;
    this.script = script;
  }

  /** A case of one value: an image in hex up to a line of two hyphens, the script behind it. */
  static FuzzCase ofBoth(String name, byte[] value) {
    String text = new String(value, StandardCharsets.ISO_8859_1);
    int end = text.indexOf(SEPARATOR);
    int script = end < 0 ? text.length() : end + SEPARATOR.length();
    return new FuzzCase(
        name,
        image(end < 0 ? text : text.substring(0, end)),
        new String(value, script, value.length - script, StandardCharsets.UTF_8));
  }

  /** Digits make bytes, {@code [N]} moves to offset N, everything else is passed over. */
  private static byte[] image(String text) {
    byte[] image = new byte[IMAGE_UNIT];
    int offset = 0;
    int high = -1;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      int digit = Character.digit(c, 16);
      if (c == '[' && isOffset(text, i)) {
        int close = text.indexOf(']', i);
        offset = Integer.parseUnsignedInt(text, i + 1, close, 16);
        i = close;
      } else if (digit >= 0 && high < 0) {
        high = digit;
      } else if (digit >= 0) {
        if (offset >= 0 && offset < MAX_IMAGE) {
          image = withRoom(image, offset);
          image[offset] = (byte) (high << 4 | digit);
        }
        offset++;
        high = -1;
      }
    }
    return image;
  }

  /** Whether there are hexadecimal digits up to the next bracket, as many as an int has. */
  private static boolean isOffset(String text, int bracket) {
    int close = text.indexOf(']', bracket);
    int digits = close - bracket - 1;
    if (digits < 1 || digits > 8) {
      return false;
    }
    for (int i = bracket + 1; i < close; i++) {
      if (Character.digit(text.charAt(i), 16) < 0) {
        return false;
      }
    }
    return true;
  }

  private static byte[] withRoom(byte[] image, int offset) {
    if (offset < image.length) {
      return image;
    }
    return Arrays.copyOf(image, (offset / IMAGE_UNIT + 1) * IMAGE_UNIT);
  }

  String name() {
    return name;
  }

  byte @Nullable [] image() {
    return image;
  }

  /** The statements of the script; one that fails does not keep the next from being run. */
  List<String> statements() {
    List<String> statements = new ArrayList<>();
    int start = 0;
    int i = 0;
    while (i < script.length()) {
      int next = skip(i);
      if (script.charAt(i) == ';' && isComplete(start, i)) {
        statements.add(script.substring(start, next));
        start = next;
      }
      i = next;
    }
    if (start < script.length()) {
      statements.add(script.substring(start));
    }
    return statements;
  }

  /** The position behind a quoted text, a comment or a single character. */
  private int skip(int position) {
    int end =
        switch (script.charAt(position)) {
          case '\'' -> behind("'", position + 1);
          case '"' -> behind("\"", position + 1);
          case '`' -> behind("`", position + 1);
          case '[' -> behind("]", position + 1);
          case '-' -> script.startsWith("--", position) ? behind("\n", position + 2) : position + 1;
          case '/' -> script.startsWith("/*", position) ? behind("*/", position + 2) : position + 1;
          default -> position + 1;
        };
    return Math.min(end, script.length());
  }

  private int behind(String terminator, int from) {
    int found = script.indexOf(terminator, from);
    return found < 0 ? script.length() : found + terminator.length();
  }

  /** A trigger has semicolons inside, and ends with the word END. */
  private boolean isComplete(int start, int semicolon) {
    String text = script.substring(start, semicolon).strip().toLowerCase(Locale.ROOT);
    boolean isTrigger =
        text.startsWith("create")
            && text.substring(0, Math.min(40, text.length())).contains("trigger");
    return !isTrigger || text.endsWith("end");
  }

  /** For a report: the script in one line, cut where it gets long. */
  String excerpt() {
    String text = script.strip().replaceAll("\\s+", " ");
    return text.length() <= 300 ? text : text.substring(0, 300) + "…";
  }
}
