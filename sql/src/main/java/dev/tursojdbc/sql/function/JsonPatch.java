package dev.tursojdbc.sql.function;

import dev.tursojdbc.storage.record.Register;

/**
 * Merges one JSON value into another, as RFC 7396 says: members of the patch replace those of the
 * target, null removes them, objects are merged in turn.
 *
 * <pre>
 *   {"a":1,"b":{"c":2}}  patched by  {"a":null,"b":{"d":3}}  is  {"b":{"c":2,"d":3}}
 * </pre>
 */
final class JsonPatch {
  private final Jsonb patch;

  private JsonPatch(Jsonb patch) {
    this.patch = patch;
  }

  static Jsonb merge(Jsonb target, Jsonb patch) {
    if (patch.type(0) != JsonType.OBJECT) {
      target.replace(0, target.size, patch.bytes, 0, patch.size);
      return target;
    }
    return new JsonPatch(patch).merge(target, 0, 0, 1);
  }

  /** What a node of the target and a node of the patch give together. */
  private Jsonb merge(Jsonb target, int targetNode, int patchNode, int depth) {
    if (depth > Jsonb.MAX_DEPTH + 1) {
      throw Arguments.error("JSON nested too deep");
    }
    if (patch.type(patchNode) != JsonType.OBJECT) {
      return patch.copyOf(patchNode);
    }
    Jsonb members = new Jsonb(64);
    members.append(JsonType.OBJECT);
    if (target.type(targetNode) == JsonType.OBJECT) {
      int end = target.end(targetNode);
      members.append(target.bytes, target.payload(targetNode), end - target.payload(targetNode));
    }
    int patchEnd = patch.end(patchNode);
    for (int label = patch.payload(patchNode); label < patchEnd; ) {
      if (!JsonType.isText(patch.type(label))) {
        throw Jsonb.malformed();
      }
      int value = patch.end(label);
      mergeMember(members, label, value, depth);
      label = patch.end(value);
    }
    members.resize(0, members.size - 1);
    return members;
  }

  /**
   * @param members of an object whose header does not yet tell their size
   */
  private void mergeMember(Jsonb members, int label, int value, int depth) {
    boolean removed = patch.type(value) == JsonType.NULL;
    int found = find(members, label);
    if (found >= 0) {
      int old = members.end(found);
      int end = members.end(old);
      if (removed) {
        members.splice(found, end - found, Register.EMPTY, 0, 0);
      } else {
        Jsonb merged = merge(members, old, value, depth + 1);
        if (patch.type(value) == JsonType.OBJECT) {
          members.splice(old, end - old, merged.bytes, 0, merged.size);
        } else {
          members.replace(old, end - old, merged.bytes, 0, merged.size);
        }
      }
    } else if (!removed) {
      members.append(patch.bytes, label, value - label);
      Jsonb nothing = new Jsonb(1);
      nothing.append(JsonType.NULL);
      Jsonb stripped = merge(nothing, 0, value, depth + 1);
      members.append(stripped.bytes, 0, stripped.size);
    }
  }

  private int find(Jsonb members, int label) {
    for (int at = 1; at < members.size; ) {
      int value = members.end(at);
      if (JsonString.same(
          members.bytes,
          members.payload(at),
          value,
          JsonType.isRaw(members.type(at)),
          patch.bytes,
          patch.payload(label),
          patch.end(label),
          JsonType.isRaw(patch.type(label)))) {
        return at;
      }
      at = members.end(value);
    }
    return -1;
  }
}
