package dev.tursojdbc.sql.exec;

import dev.tursojdbc.sql.ast.ConflictAction;
import dev.tursojdbc.sql.value.ValueText;
import dev.tursojdbc.storage.error.ErrorCode;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** RAISE in a trigger. */
final class RaiseEvaluator extends Evaluator {
  private final ConflictAction action;
  private final @Nullable Evaluator message;

  RaiseEvaluator(String action, @Nullable Evaluator message) {
    this.action = ConflictAction.valueOf(action);
    this.message = message;
  }

  @Override
  public int evaluate(Frame frame) {
    if (action == ConflictAction.IGNORE) {
      throw new IgnoredRowException();
    }
    throw new ConstraintException(ErrorCode.CONSTRAINT_TRIGGER, text(frame), action);
  }

  private String text(Frame frame) {
    if (message == null) {
      return "";
    }
    message.evaluate(frame);
    if (frame.isNull()) {
      return "";
    }
    ValueText.convert(frame);
    return new String(frame.bytes, frame.offset, frame.length, StandardCharsets.UTF_8);
  }
}
