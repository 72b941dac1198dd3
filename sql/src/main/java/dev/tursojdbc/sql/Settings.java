package dev.tursojdbc.sql;

import dev.tursojdbc.sql.plan.PlanRules;
import dev.tursojdbc.sql.plan.SideEffectPlanner;

/**
 * What pragmas have set for one connection. The fields are read all over; only pragmas write them.
 */
final class Settings {
  boolean foreignKeys;
  boolean recursiveTriggers;
  boolean caseSensitiveLike;
  boolean ignoreCheckConstraints;
  boolean reverseUnorderedSelects;
  boolean queryOnly;
  boolean deferForeignKeys;
  boolean writableSchema;
  boolean legacyAlterTable;
  boolean trustedSchema = true;
  boolean automaticIndex = true;
  boolean cellSizeCheck;
  boolean fullColumnNames;
  boolean shortColumnNames = true;
  boolean countChanges;
  boolean emptyResultCallbacks;
  boolean readUncommitted;
  boolean fullfsync;
  boolean checkpointFullfsync;
  boolean exclusiveLocking;
  int secureDelete;
  int tempStore;
  int analysisLimit;
  int threads;
  long cacheSize = -2000;
  boolean cacheSpill = true;
  long mmapSize;
  long softHeapLimit;
  long hardHeapLimit;

  /** Names in double quotes that are no columns are strings, as in SQLite's default build. */
  boolean doubleQuotedStrings = true;

  /**
   * What changes set off.
   *
   * @param inDrop whether it is the DELETE in a DROP TABLE
   */
  SideEffectPlanner.Rules sideEffects(boolean inDrop) {
    return new SideEffectPlanner.Rules(
        foreignKeys, deferForeignKeys, inDrop, recursiveTriggers, writableSchema);
  }

  PlanRules planRules() {
    return new PlanRules(automaticIndex, reverseUnorderedSelects);
  }

  /** A number that is the same for settings under which a statement means the same. */
  int fingerprint() {
    int bits = 0;
    bits |= foreignKeys ? 1 : 0;
    bits |= recursiveTriggers ? 2 : 0;
    bits |= caseSensitiveLike ? 4 : 0;
    bits |= ignoreCheckConstraints ? 8 : 0;
    bits |= reverseUnorderedSelects ? 16 : 0;
    bits |= writableSchema ? 32 : 0;
    bits |= automaticIndex ? 64 : 0;
    bits |= doubleQuotedStrings ? 128 : 0;
    bits |= fullColumnNames ? 256 : 0;
    bits |= shortColumnNames ? 512 : 0;
    bits |= countChanges ? 1024 : 0;
    bits |= deferForeignKeys ? 2048 : 0;
    bits |= trustedSchema ? 4096 : 0;
    return bits;
  }
}
