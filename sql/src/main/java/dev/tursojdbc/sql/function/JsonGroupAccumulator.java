package dev.tursojdbc.sql.function;

import dev.tursojdbc.sql.value.TextBuilder;
import dev.tursojdbc.storage.error.ErrorCode;
import dev.tursojdbc.storage.error.TursoException;
import dev.tursojdbc.storage.record.Register;

/**
 * The elements of a group as the text between two brackets, each followed by a comma.
 *
 * <p>A row that leaves a window frame takes the text of its element with it; how long that is, is
 * computed from the row again.
 */
abstract class JsonGroupAccumulator extends Accumulator {
  private final char open;
  private final char close;
  private final boolean binary;
  private TextBuilder text = new TextBuilder(Integer.MAX_VALUE);

  /** How many bytes at the beginning belong to rows that have left. */
  private int gone;

  JsonGroupAccumulator(char open, char close, boolean binary) {
    this.open = open;
    this.close = close;
    this.binary = binary;
  }

  /** Appends a row's element. */
  abstract void append(Register[] arguments, TextBuilder target);

  abstract boolean isLeftOut(Register[] arguments);

  @Override
  public void step(FunctionContext context, Register[] arguments) {
    if (isLeftOut(arguments)) {
      return;
    }
    append(arguments, text);
    text.append(',');
    if (text.length() - gone > context.lengthLimit()) {
      throw new TursoException(ErrorCode.TOOBIG);
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
    if (isLeftOut(arguments)) {
      return;
    }
    TextBuilder element = new TextBuilder(Integer.MAX_VALUE);
    append(arguments, element);
    gone += element.length() + 1;
    if (gone > text.length() / 2) {
      byte[] rest = text.toByteArray();
      text = new TextBuilder(Integer.MAX_VALUE, rest.length);
      text.append(rest, gone, rest.length - gone);
      gone = 0;
    }
  }

  @Override
  public void result(FunctionContext context, Register result) {
    byte[] elements = text.toByteArray();
    TextBuilder whole = new TextBuilder(context.lengthLimit(), elements.length - gone + 2);
    whole.append(open);
    if (elements.length > gone) {
      whole.append(elements, gone, elements.length - gone - 1);
    }
    JsonBuildingFunctions.built(whole.append(close), binary, result);
  }
}
