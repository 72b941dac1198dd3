package dev.tursojdbc.sql.exec;

import dev.tursojdbc.sql.exec.RaisedException.Action;
import dev.tursojdbc.sql.value.ValueText;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** RAISE in a trigger. */
final class RaiseEvaluator extends Evaluator {
  private final Action action;
  private final @Nullable Evaluator message;

  RaiseEvaluator(String action, @Nullable Evaluator message) {
    this.action = Action.valueOf(action);
    this.message = message;
  }

  @Override
  public int evaluate(Frame frame) {
    String text = "";
    if (message != null) {
      message.evaluate(frame);
      if (!frame.isNull()) {
        ValueText.convert(frame);
        text = new String(frame.bytes, frame.offset, frame.length, StandardCharsets.UTF_8);
      }
    }
    throw new RaisedException(action, text);
  }
}
