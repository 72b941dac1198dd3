package dev.tursojdbc.sql.schema;

import dev.tursojdbc.storage.error.ErrorCode;
import dev.tursojdbc.storage.error.TursoException;
import org.jspecify.annotations.Nullable;

/** A row of sqlite_schema that makes no sense. */
public final class MalformedSchemaException extends TursoException {
  private static final long serialVersionUID = 1;

  private final String object;
  private final @Nullable String why;

  /**
   * @param why null if there are no words for it
   */
  MalformedSchemaException(String object, @Nullable String why) {
    super(
        ErrorCode.CORRUPT,
        "malformed database schema (" + object + ")" + (why == null ? "" : " - " + why));
    this.object = object;
    this.why = why;
  }

  /** The name in the row. */
  public String object() {
    return object;
  }

  /** What is wrong; null if there are no words for it. */
  public @Nullable String why() {
    return why;
  }
}
