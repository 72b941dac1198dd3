package dev.tursojdbc.sql.function;

import dev.tursojdbc.sql.value.TextBuilder;
import dev.tursojdbc.sql.value.ValueText;
import dev.tursojdbc.storage.error.ErrorCode;
import dev.tursojdbc.storage.error.TursoException;
import dev.tursojdbc.storage.record.Register;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * {@code group_concat(X, separator)}, also called {@code string_agg}. NULLs are left out; each
 * separator stands before its own row's value, and none before the first.
 */
final class ConcatAccumulator extends Accumulator {
  private TextBuilder text = new TextBuilder(Integer.MAX_VALUE);
  private long rows;

  /** How many bytes at the beginning belong to rows that have left. */
  private int gone;

  /** Length of all separators in the text, while {@link #separators} is null. */
  private int separator;

  /** Lengths of the separators in the text, once they differ. */
  private @Nullable Deque<Integer> separators;

  @Override
  public void step(FunctionContext context, Register[] arguments) {
    if (arguments[0].isNull()) {
      return;
    }
    if (rows > 0) {
      int before = text.length();
      if (arguments.length == 1) {
        text.append(',');
      } else {
        ValueText.append(arguments[1], text);
      }
      rememberSeparator(text.length() - before);
    }
    ValueText.append(arguments[0], text);
    if (text.length() - gone > context.lengthLimit()) {
      throw new TursoException(ErrorCode.TOOBIG);
    }
    rows++;
  }

  private void rememberSeparator(int length) {
    if (separators != null) {
      separators.add(length);
    } else if (rows == 1) {
      separator = length;
    } else if (length != separator) {
      separators = new ArrayDeque<>(Collections.nCopies((int) rows - 1, separator));
      separators.add(length);
    }
  }

  @Override
  public boolean grows() {
    return true;
  }

  @Override
  public long bytes() {
    return text.length();
  }

  @Override
  public boolean isInvertible() {
    return true;
  }

  @Override
  public void inverse(FunctionContext context, Register[] arguments) {
    if (arguments[0].isNull()) {
      return;
    }
    rows--;
    if (rows == 0) {
      text = new TextBuilder(Integer.MAX_VALUE);
      gone = 0;
      separators = null;
      return;
    }
    // The row that is first now loses its separator.
    gone += Arguments.text(arguments[0]).length;
    gone += separators == null ? separator : separators.remove();
    if (gone > text.length() / 2) {
      byte[] rest = text.toByteArray();
      text = new TextBuilder(Integer.MAX_VALUE, rest.length);
      text.append(rest, gone, rest.length - gone);
      gone = 0;
    }
  }

  @Override
  public void result(FunctionContext context, Register result) {
    if (rows == 0) {
      result.setNull();
    } else {
      byte[] bytes = text.toByteArray();
      result.setText(bytes, gone, bytes.length - gone);
    }
  }
}
