package dev.tursojdbc.sql.function;

import dev.tursojdbc.storage.error.TursoException;
import dev.tursojdbc.storage.record.Register;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Follows a path through a JSON value, to find what is there or to change it.
 *
 * <pre>
 *   path := "$" step*
 *   step := "." label | "." '"' label '"'     a member of an object
 *         | "[" digit+ "]"                     an element of an array, from 0
 *         | "[#]" | "[#-" digit+ "]"           the place behind the last element, or so far before it
 * </pre>
 *
 * <p>A change happens where the path ends; on the way back the headers of all arrays and objects
 * around learn their new sizes.
 */
final class JsonPath {
  /** What happens at the end of the path. */
  enum Change {
    NOTHING,
    REMOVE,
    /** Only what is there gets another value. */
    REPLACE,
    /** Only what is not there gets a value. */
    INSERT,
    SET,
    /** A value comes before an array's element. */
    INSERT_ELEMENT;

    private boolean creates() {
      return this == INSERT || this == SET || this == INSERT_ELEMENT;
    }
  }

  static final int NOT_FOUND = -1;

  private final Jsonb json;

  /** What was written, for errors. */
  private final Register text;

  private final byte[] path;
  private final int end;
  private final Change change;
  private final @Nullable Jsonb value;

  /** Whether what is no path finds nothing instead of failing. */
  private boolean lenient;

  /** By how many bytes the change has made the JSON longer. */
  private int growth;

  /** The label before the node that was found last, or that node itself if it has none. */
  private int labelAt;

  /** How many steps have been taken into what is there, or is created. */
  private int depth;

  private JsonPath(
      Jsonb json, Register steps, Register text, Change change, @Nullable Jsonb value) {
    this.json = json;
    this.text = text;
    this.path = steps.bytes;
    this.end = Arguments.end(steps);
    this.change = change;
    this.value = value;
  }

  /** The node at a path, or {@link #NOT_FOUND}. */
  static int find(Jsonb json, Register path) {
    return new JsonPath(json, path, path, Change.NOTHING, null).followed();
  }

  /**
   * As {@link #find}, along steps that stand for what was written.
   *
   * @param steps without the dollar sign
   */
  static int find(Jsonb json, Register steps, Register written) {
    return new JsonPath(json, steps, written, Change.NOTHING, null).follow(0, steps.offset, -1);
  }

  /** As {@link #find}, of the node's label if it has one: where json_tree begins. */
  static int findLabelled(Jsonb json, Register path) {
    JsonPath steps = new JsonPath(json, path, path, Change.NOTHING, null);
    return steps.followed() == NOT_FOUND ? NOT_FOUND : steps.labelAt;
  }

  /** As {@link #find}, where what is no path finds nothing. */
  static int findIfPath(Jsonb json, Register path) {
    JsonPath steps = new JsonPath(json, path, path, Change.NOTHING, null);
    steps.lenient = true;
    return steps.followed();
  }

  static void change(Jsonb json, Register path, Change change, @Nullable Jsonb value) {
    new JsonPath(json, path, path, change, value).followed();
  }

  /** Whether a path means the value as a whole. */
  static boolean isRoot(Register path) {
    return Arguments.end(path) - path.offset == 1 && path.bytes[path.offset] == '$';
  }

  /** Fails unless a path begins at the value as a whole. */
  static void requireRoot(Register path) {
    if (path.length == 0 || path.bytes[path.offset] != '$') {
      throw bad(path);
    }
  }

  private int followed() {
    requireRoot(text);
    return follow(0, text.offset + 1, -1);
  }

  /** What is written is no path. */
  private int wrong() {
    if (lenient) {
      return NOT_FOUND;
    }
    throw bad(text);
  }

  static TursoException bad(Register path) {
    return Arguments.error("bad JSON path: " + literal(path));
  }

  private static String literal(Register path) {
    String text =
        new String(
            path.bytes, path.offset, Arguments.end(path) - path.offset, StandardCharsets.UTF_8);
    return "'" + text.replace("'", "''") + "'";
  }

  private int follow(int node, int at, int label) {
    if (at == end) {
      labelAt = label < 0 ? node : label;
      arrive(node, label);
      return node;
    }
    return switch (path[at]) {
      case '.' -> member(node, at);
      case '[' -> element(node, at);
      default -> wrong();
    };
  }

  private void enter() {
    if (++depth >= Jsonb.MAX_DEPTH) {
      throw Arguments.error("JSON path too deep");
    }
  }

  private void arrive(int node, int label) {
    switch (change) {
      case REMOVE -> splice(label < 0 ? node : label, json.end(node), null);
      case REPLACE, SET -> replace(node);
      case INSERT_ELEMENT -> {
        requireElement();
        splice(node, node, value);
      }
      case NOTHING, INSERT -> {
        // What is there stays.
      }
    }
  }

  private void requireElement() {
    if (path[end - 1] != ']') {
      throw Arguments.error("not an array element: " + literal(text));
    }
  }

  private void splice(int from, int to, @Nullable Jsonb source) {
    if (source == null) {
      json.splice(from, to - from, Register.EMPTY, 0, 0);
      growth -= to - from;
    } else {
      json.splice(from, to - from, source.bytes, 0, source.size);
      growth += source.size - (to - from);
    }
  }

  private void replace(int node) {
    if (value != null) {
      growth += json.replace(node, json.end(node) - node, value.bytes, 0, value.size);
    }
  }

  /** Tells a header of what has changed inside of its node. */
  private void adjust(int node, int oldPayload) {
    if (growth != 0) {
      growth += json.resize(node, oldPayload + growth);
    }
  }

  /** Not divided further: each method on the way down costs a path 1,000 frames of the stack. */
  private int member(int node, int at) {
    int from;
    int to;
    int next;
    boolean raw = true;
    if (at + 1 < end && path[at + 1] == '"') {
      from = at + 2;
      to = from;
      while (to < end && path[to] != '"') {
        if (path[to] == '\\') {
          raw = false;
          if (to + 1 < end) {
            to++;
          }
        }
        to++;
      }
      if (to >= end) {
        return wrong();
      }
      next = to + 1;
    } else {
      from = at + 1;
      to = from;
      while (to < end && path[to] != '.' && path[to] != '[') {
        to++;
      }
      if (to == from) {
        return wrong();
      }
      next = to;
    }
    if (json.type(node) != JsonType.OBJECT) {
      return NOT_FOUND;
    }
    int objectEnd = json.end(node);
    int payload = json.payload(node);
    int size = objectEnd - payload;
    for (int label = payload; label < objectEnd; ) {
      int labelEnd = json.end(label);
      int type = json.type(label);
      if (!JsonType.isText(type) || labelEnd >= objectEnd) {
        throw Jsonb.malformed();
      }
      if (JsonString.same(
          path, from, to, raw, json.bytes, json.payload(label), labelEnd, JsonType.isRaw(type))) {
        enter();
        int found = follow(labelEnd, next, label);
        adjust(node, size);
        return found;
      }
      label = json.end(labelEnd);
    }
    if (!change.creates()) {
      return NOT_FOUND;
    }
    if (change == Change.INSERT_ELEMENT) {
      requireElement();
    }
    Jsonb created = created(next);
    if (created == null) {
      return NOT_FOUND;
    }
    Jsonb member = new Jsonb(created.size + to - from + 8);
    member.appendNode(raw ? JsonType.TEXT_RAW : JsonType.TEXT5, path, from, to - from);
    member.append(created.bytes, 0, created.size);
    splice(objectEnd, objectEnd, member);
    adjust(node, size);
    return objectEnd;
  }

  /** The value to be created for the rest of a path; null if that cannot be created. */
  private @Nullable Jsonb created(int at) {
    if (at == end) {
      return value;
    }
    Jsonb around = new Jsonb(16);
    around.append(path[at] == '.' ? JsonType.OBJECT : JsonType.ARRAY);
    JsonPath rest = new JsonPath(around, text, text, change, value);
    rest.depth = depth;
    rest.enter();
    return rest.follow(0, at, -1) == NOT_FOUND ? null : around;
  }

  private int element(int node, int at) {
    if (json.type(node) != JsonType.ARRAY) {
      return NOT_FOUND;
    }
    long index = 0;
    int behind = at + 1;
    if (behind < end && path[behind] == '#') {
      index = json.count(node);
      behind++;
      if (behind + 1 < end && path[behind] == '-' && JsonScanner.isDigit(path[behind + 1])) {
        long back = 0;
        for (behind++; behind < end && JsonScanner.isDigit(path[behind]); behind++) {
          back = Math.min(back * 10 + path[behind] - '0', Integer.MAX_VALUE);
        }
        if (back > index) {
          return NOT_FOUND;
        }
        index -= back;
      }
    } else {
      while (behind < end && JsonScanner.isDigit(path[behind])) {
        index = Math.min(index * 10 + path[behind] - '0', Integer.MAX_VALUE);
        behind++;
      }
      if (behind == at + 1) {
        return wrong();
      }
    }
    if (behind >= end || path[behind] != ']') {
      return wrong();
    }
    int next = behind + 1;
    int arrayEnd = json.end(node);
    int payload = json.payload(node);
    int size = arrayEnd - payload;
    int element = payload;
    while (element < arrayEnd) {
      if (index == 0) {
        enter();
        int found = follow(element, next, -1);
        adjust(node, size);
        return found;
      }
      index--;
      element = json.end(element);
    }
    if (index > 0 || !change.creates()) {
      return NOT_FOUND;
    }
    Jsonb created = created(next);
    if (created == null) {
      return NOT_FOUND;
    }
    splice(arrayEnd, arrayEnd, created);
    adjust(node, size);
    return arrayEnd;
  }
}
