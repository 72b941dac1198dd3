package dev.tursojdbc.sql.exec;

import dev.tursojdbc.sql.function.WindowFunction;
import dev.tursojdbc.sql.value.NumericValue;
import dev.tursojdbc.storage.error.ErrorCode;
import dev.tursojdbc.storage.error.TursoException;
import dev.tursojdbc.storage.record.Register;

/** The functions that say where a row stands in its partition. */
final class RankValues {
  private RankValues() {}

  /** row_number(), rank(), dense_rank(), percent_rank(), cume_dist(). */
  static final class Rank extends WindowValue {
    private final WindowFunction.Kind kind;
    private final WindowRows rows;
    private final WindowPeers peers;

    Rank(WindowFunction.Kind kind, WindowRows rows, WindowPeers peers) {
      this.kind = kind;
      this.rows = rows;
      this.peers = peers;
    }

    @Override
    boolean needsPeers() {
      return kind != WindowFunction.Kind.ROW_NUMBER;
    }

    @Override
    void beginPartition(Frame frame) {}

    @Override
    void compute(Frame frame, int current, Register value) {
      switch (kind) {
        case ROW_NUMBER -> value.setInteger(current + 1L);
        case RANK -> value.setInteger(peers.start() + 1L);
        case DENSE_RANK -> value.setInteger(peers.group() + 1L);
        case PERCENT_RANK -> {
          int others = rows.size(frame) - 1;
          value.setReal(others == 0 ? 0 : (double) peers.start() / others);
        }
        case CUME_DIST -> value.setReal((double) peers.end(frame) / rows.size(frame));
        default -> throw new IllegalStateException(kind.toString());
      }
    }
  }

  /** ntile(N): parts of the partition that differ by one row at most, the larger ones first. */
  static final class Ntile extends WindowValue {
    private final WindowRows rows;
    private final WindowRows.Cursor cursor;
    private final int argument;
    private final Register parameter = new Register();
    private long parts;

    Ntile(WindowRows rows, int argument) {
      this.rows = rows;
      this.cursor = rows.cursor();
      this.argument = argument;
    }

    @Override
    void beginPartition(Frame frame) {
      cursor.reset();
      cursor.moveTo(0);
      cursor.read(argument, parameter);
      parts = NumericValue.toInteger(parameter);
      if (parts <= 0) {
        throw new TursoException(ErrorCode.ERROR, "argument of ntile must be a positive integer");
      }
    }

    @Override
    void compute(Frame frame, int current, Register value) {
      int total = rows.size(frame);
      long size = total / parts;
      if (size == 0) {
        value.setInteger(current + 1L);
        return;
      }
      long larger = total - parts * size;
      long inLarger = larger * (size + 1);
      value.setInteger(
          current < inLarger ? 1 + current / (size + 1) : 1 + larger + (current - inLarger) / size);
    }
  }
}
