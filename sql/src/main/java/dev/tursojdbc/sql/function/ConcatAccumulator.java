package dev.tursojdbc.sql.function;

import dev.tursojdbc.sql.value.TextBuilder;
import dev.tursojdbc.sql.value.ValueText;
import dev.tursojdbc.storage.error.ErrorCode;
import dev.tursojdbc.storage.error.TursoException;
import dev.tursojdbc.storage.record.Register;
import dev.tursojdbc.storage.record.StorageClass;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * {@code group_concat(X, separator)}, also called {@code string_agg}. NULLs are left out; each
 * separator stands before its own row's value, and none before the first.
 *
 * <p>A row that leaves takes its value and the next row's separator with it. When nothing but empty
 * values is left, the next row counts as the first one, without separator: so does SQLite.
 */
final class ConcatAccumulator extends Accumulator {
  private TextBuilder text = new TextBuilder(Integer.MAX_VALUE);
  private int rows;

  /** Whether the next row gets no separator. */
  private boolean first = true;

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
    if (first) {
      first = false;
      separator = arguments.length == 1 ? 1 : separatorLength(context, arguments[1]);
    } else {
      int before = text.length();
      if (arguments.length == 1) {
        text.append(',');
      } else {
        append(context, arguments[1]);
      }
      rememberSeparator(text.length() - before);
    }
    append(context, arguments[0]);
    if (text.length() - gone > context.lengthLimit()) {
      throw new TursoException(ErrorCode.TOOBIG);
    }
    rows++;
  }

  private void append(FunctionContext context, Register value) {
    ValueText.append(
        value.type == StorageClass.BLOB ? Arguments.text(context, value) : value, text);
  }

  private static int separatorLength(FunctionContext context, Register separator) {
    return separator.isNull() ? 0 : Arguments.text(context, separator).length;
  }

  private void rememberSeparator(int length) {
    if (separators == null && length == separator) {
      return;
    }
    if (separators == null) {
      separators = new ArrayDeque<>(Collections.nCopies(rows - 1, separator));
    }
    separators.add(length);
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
    int leaving = Arguments.text(context, arguments[0]).length;
    if (separators == null) {
      leaving += separator;
    } else if (rows > 0 && !separators.isEmpty()) {
      leaving += separators.remove();
    }
    gone = Math.min(gone + leaving, text.length());
    if (gone == text.length()) {
      text = new TextBuilder(Integer.MAX_VALUE);
      gone = 0;
      first = true;
      separators = null;
    } else if (gone > text.length() / 2) {
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
