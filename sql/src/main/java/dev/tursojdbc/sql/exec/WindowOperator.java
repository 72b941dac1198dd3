package dev.tursojdbc.sql.exec;

/**
 * The rows of its input with window functions computed for each, partition by partition. Input
 * comes sorted by partition and order; rows go out as they come in.
 */
final class WindowOperator extends Operator {
  private final WindowRows rows;
  private final WindowPeers peers;
  private final WindowFrame frameRows;
  private final WindowDistance[] distances;
  private final WindowValue[] values;
  private final WindowRows.Cursor currentRow;
  private final boolean needsPeers;
  private final boolean needsFrame;
  private int current;

  WindowOperator(
      WindowRows rows,
      WindowPeers peers,
      WindowFrame frameRows,
      WindowDistance[] distances,
      WindowValue[] values,
      WindowRows.Cursor currentRow) {
    this.rows = rows;
    this.peers = peers;
    this.frameRows = frameRows;
    this.distances = distances;
    this.values = values;
    this.currentRow = currentRow;
    boolean frameUsed = false;
    boolean peersUsed = false;
    for (WindowValue value : values) {
      frameUsed |= value.needsFrame();
      peersUsed |= value.needsPeers();
    }
    this.needsFrame = frameUsed;
    this.needsPeers = peersUsed || frameUsed;
  }

  @Override
  public void open(Frame frame) {
    rows.open(frame);
    current = -1;
  }

  @Override
  public boolean next(Frame frame) {
    current++;
    if (current == 0 || !rows.has(frame, current)) {
      if (!rows.nextPartition(frame)) {
        return false;
      }
      current = 0;
      beginPartition(frame);
    }
    if (needsPeers) {
      peers.moveTo(current);
    }
    if (needsFrame) {
      frameRows.moveTo(frame, current);
    }
    for (WindowValue value : values) {
      value.compute(frame, current, value.result());
    }
    currentRow.moveTo(current);
    return true;
  }

  private void beginPartition(Frame frame) {
    currentRow.reset();
    peers.beginPartition();
    for (WindowDistance distance : distances) {
      distance.evaluate(frame);
    }
    frameRows.beginPartition(frame);
    for (WindowValue value : values) {
      value.beginPartition(frame);
    }
  }

  /** A column of the row that has been put out. */
  static final class CurrentColumn extends Evaluator {
    private final WindowRows.Cursor currentRow;
    private final int column;

    CurrentColumn(WindowRows.Cursor currentRow, int column) {
      this.currentRow = currentRow;
      this.column = column;
    }

    @Override
    public int evaluate(Frame frame) {
      return currentRow.read(column, frame);
    }
  }
}
