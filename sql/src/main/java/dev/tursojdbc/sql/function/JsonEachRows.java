package dev.tursojdbc.sql.function;

import dev.tursojdbc.sql.value.TextBuilder;
import dev.tursojdbc.storage.record.Register;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Walks over the elements of a JSON value, for json_each, or over all that is in it, for json_tree.
 *
 * <p>The position is that of an element, or of the label of a member. The id of a row is that
 * position.
 */
final class JsonEachRows implements TableFunction.Rows {
  private static final byte[] DOLLAR = {'$'};
  private static final int NO_CONTAINER = 0;

  private final boolean recursive;
  private final boolean binary;

  private @Nullable FunctionContext context;
  private Jsonb json = new Jsonb(1);
  private final Register text = new Register();
  private final Register root = new Register();

  /** Whether the position is at a row; false before the first. */
  private boolean started;

  private int at;
  private int end;
  private long rowid;

  /** The type of what the row is in; {@link #NO_CONTAINER} for the outermost value. */
  private int container;

  /** The arrays and objects around the row, the innermost first. */
  private final Deque<Parent> parents = new ArrayDeque<>();

  /** The path of the innermost array or object. */
  private TextBuilder path = new TextBuilder(Integer.MAX_VALUE);

  /** An array or object that is walked through. */
  private static final class Parent {
    private final int at;
    private final int value;
    private final int end;
    private final int pathLength;
    private long key;

    Parent(int at, int value, int end, int pathLength, long key) {
      this.at = at;
      this.value = value;
      this.end = end;
      this.pathLength = pathLength;
      this.key = key;
    }
  }

  JsonEachRows(boolean recursive, boolean binary) {
    this.recursive = recursive;
    this.binary = binary;
  }

  @Override
  public void open(FunctionContext newContext, @Nullable Register[] arguments) {
    context = newContext;
    started = false;
    at = 0;
    end = 0;
    rowid = 0;
    container = NO_CONTAINER;
    parents.clear();
    path = new TextBuilder(Integer.MAX_VALUE);
    Register argument = arguments[0];
    if (argument == null || argument.isNull()) {
      return;
    }
    text.set(JsonValues.isJsonb(argument) ? argument : JsonValues.text(newContext, argument));
    json = JsonValues.parse(newContext, argument);
    Register given = arguments[1];
    int value = 0;
    if (given != null) {
      if (given.isNull()) {
        return;
      }
      root.set(Arguments.text(given));
      value = JsonPath.find(json, root);
      if (value == JsonPath.NOT_FOUND) {
        return;
      }
      at = JsonPath.findLabelled(json, root);
      container = at == value ? JsonType.ARRAY : JsonType.OBJECT;
    } else {
      root.setText(DOLLAR);
    }
    path.append(root.bytes, root.offset, Arguments.end(root) - root.offset);
    end = json.end(value);
    if (!recursive && JsonType.isContainer(json.type(value))) {
      at = json.payload(value);
      container = json.type(value);
      parents.push(new Parent(value, value, end, path.length(), 0));
    }
  }

  @Override
  public boolean next() {
    if (started) {
      rowid++;
      advance();
    }
    started = true;
    return at < end;
  }

  private void advance() {
    int value = value();
    if (!recursive) {
      at = json.end(value);
    } else {
      advanceIntoOrBehind(value);
    }
    if (container == JsonType.ARRAY && !parents.isEmpty()) {
      parents.element().key++;
    }
  }

  private void advanceIntoOrBehind(int value) {
    boolean changed = false;
    if (JsonType.isContainer(json.type(value))) {
      changed = true;
      Parent entered = new Parent(at, value, json.end(value), path.length(), -1);
      if (container != NO_CONTAINER && !parents.isEmpty()) {
        appendName(path);
      }
      parents.push(entered);
      at = json.payload(value);
    } else {
      at = json.end(value);
    }
    while (!parents.isEmpty() && at >= parents.element().end) {
      path.setLength(parents.pop().pathLength);
      changed = true;
    }
    if (changed) {
      container = parents.isEmpty() ? NO_CONTAINER : json.type(parents.element().value);
    }
  }

  /** Where the row's value is: behind the label, if there is one. */
  private int value() {
    return container == JsonType.OBJECT ? json.end(at) : at;
  }

  /** Appends the step that leads to the row from what it is in. */
  private void appendName(TextBuilder target) {
    if (container == JsonType.ARRAY) {
      target.append('[').appendInteger(parents.element().key).append(']');
      return;
    }
    int from = json.payload(at);
    int to = json.end(at);
    boolean plain = isPlain(from, to);
    target.append(plain ? "." : ".\"").append(json.bytes, from, to - from);
    if (!plain) {
      target.append('"');
    }
  }

  private boolean isPlain(int from, int to) {
    if (from == to || JsonScanner.isDigit(json.bytes[from])) {
      return false;
    }
    for (int i = from; i < to; i++) {
      if (!JsonScanner.isAlphanumeric(json.bytes[i])) {
        return false;
      }
    }
    return true;
  }

  @Override
  public long rowid() {
    return rowid;
  }

  @Override
  public void column(int column, Register result) {
    switch (column) {
      case JsonEach.KEY -> key(result);
      case JsonEach.VALUE -> sqlValue(result);
      case JsonEach.TYPE -> result.setText(JsonType.name(json.type(value())));
      case JsonEach.ATOM -> {
        if (JsonType.isContainer(json.type(value()))) {
          result.setNull();
        } else {
          sqlValue(result);
        }
      }
      case JsonEach.ID -> result.setInteger(at);
      case JsonEach.PARENT -> {
        if (recursive && !parents.isEmpty()) {
          result.setInteger(parents.element().at);
        } else {
          result.setNull();
        }
      }
      case JsonEach.FULLKEY -> fullKey(result);
      case JsonEach.PATH -> {
        byte[] bytes = path.toByteArray();
        result.setText(bytes, 0, pathLength());
      }
      case JsonEach.JSON -> result.set(text);
      default -> result.set(root);
    }
  }

  private void sqlValue(Register result) {
    JsonValues.toSql(context(), json, value(), binary, result);
  }

  private FunctionContext context() {
    FunctionContext known = context;
    if (known == null) {
      throw new IllegalStateException("not open");
    }
    return known;
  }

  private void fullKey(Register result) {
    TextBuilder full = new TextBuilder(Integer.MAX_VALUE, path.length() + 16);
    full.append(path.toByteArray());
    if (!parents.isEmpty()) {
      appendName(full);
    }
    full.toText(result);
  }

  private void key(Register result) {
    if (parents.isEmpty()) {
      keyOfRoot(result);
    } else if (container == JsonType.OBJECT) {
      JsonValues.toSql(context(), json, at, false, result);
    } else {
      result.setInteger(parents.element().key);
    }
  }

  /** The last step of the root's path. */
  private void keyOfRoot(Register result) {
    byte[] bytes = path.toByteArray();
    int from = pathLength();
    int to = bytes.length;
    result.setNull();
    if (to == 1 || from == to) {
      return;
    }
    if (bytes[from] == '[') {
      long index = 0;
      for (int i = from + 1; i < to && JsonScanner.isDigit(bytes[i]); i++) {
        index = index * 10 + bytes[i] - '0';
      }
      result.setInteger(index);
    } else if (bytes[from + 1] == '"') {
      result.setText(bytes, from + 2, to - from - 3);
    } else {
      result.setText(bytes, from + 1, to - from - 1);
    }
  }

  /** The length of the path to what the row is in. For json_tree's root its last step is off. */
  private int pathLength() {
    int length = path.length();
    if (rowid > 0 || !recursive) {
      return length;
    }
    byte[] bytes = path.toByteArray();
    while (length > 1) {
      length--;
      if ((bytes[length] == '[' || bytes[length] == '.') && holdsFirst(bytes, length)) {
        break;
      }
    }
    return length;
  }

  /** Whether the row is the first in what a part of the path leads to. */
  private boolean holdsFirst(byte[] bytes, int length) {
    Register part = new Register();
    part.setText(bytes, 0, length);
    int found = JsonPath.findIfPath(json, part);
    return found != JsonPath.NOT_FOUND && json.payload(found) == at;
  }
}
