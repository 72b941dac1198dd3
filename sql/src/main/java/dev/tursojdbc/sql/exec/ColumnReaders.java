package dev.tursojdbc.sql.exec;

import dev.tursojdbc.sql.bind.BoundExpression;
import dev.tursojdbc.sql.bind.Constant;
import dev.tursojdbc.sql.bind.Source;
import dev.tursojdbc.sql.schema.Column;
import dev.tursojdbc.sql.value.Affinity;
import dev.tursojdbc.storage.record.RecordReader;
import dev.tursojdbc.storage.record.StorageClass;

/**
 * Makes the evaluators of a table's columns over a record.
 *
 * <p>A REAL column may hold INTEGERs in the file, because they are shorter; a column that was added
 * later is missing in older records and has its default there; a virtual column is computed.
 */
final class ColumnReaders {
  private final Source.OfTable source;
  private final EvaluatorBuilder expressions;
  private final RecordRow row;

  ColumnReaders(Source.OfTable source, EvaluatorBuilder expressions, RecordRow row) {
    this.source = source;
    this.expressions = expressions;
    this.row = row;
  }

  /**
   * @param position of the column in the record
   */
  Evaluator column(int index, int position) {
    Column column = source.table().column(index);
    if (position < 0) {
      return computed(index, column);
    }
    if (column.affinity() == Affinity.REAL) {
      return new Real(row, position, missing(index, column));
    }
    return new Stored(row, position, missing(index, column));
  }

  private Evaluator computed(int index, Column column) {
    if (!column.isVirtual()) {
      throw new IllegalStateException("column " + column.name() + " is nowhere");
    }
    BoundExpression expression = source.expressions().generated(source, index);
    EvaluatorBuilder builder =
        expressions.over(expressions.bindings().withRow(source.id(), rowOf()));
    return new Virtual(row, builder.build(expression), column.affinity());
  }

  /** Virtual columns may use each other; they find the columns here. */
  private RowBinding rowOf() {
    return row;
  }

  private Evaluator missing(int index, Column column) {
    if (column.defaultValue() == null) {
      return new ConstantEvaluator(Constant.NULL);
    }
    Evaluator value = expressions.over(Bindings.none()).build(source.expressions().missing(index));
    return column.affinity() == Affinity.BLOB ? value : new Converted(value, column.affinity());
  }

  /** A column as it is in the record. */
  private static final class Stored extends Evaluator {
    private final RecordRow row;
    private final int position;
    private final Evaluator missing;

    Stored(RecordRow row, int position, Evaluator missing) {
      this.row = row;
      this.position = position;
      this.missing = missing;
    }

    @Override
    public int evaluate(Frame frame) {
      int type = row.read(position, frame);
      return type == RecordReader.ABSENT ? missing.evaluate(frame) : type;
    }
  }

  /** A column of REAL affinity. */
  private static final class Real extends Evaluator {
    private final RecordRow row;
    private final int position;
    private final Evaluator missing;

    Real(RecordRow row, int position, Evaluator missing) {
      this.row = row;
      this.position = position;
      this.missing = missing;
    }

    @Override
    public int evaluate(Frame frame) {
      int type = row.read(position, frame);
      if (type == StorageClass.INTEGER) {
        frame.type = StorageClass.REAL;
        frame.real = (double) frame.integer;
        return StorageClass.REAL;
      }
      return type == RecordReader.ABSENT ? missing.evaluate(frame) : type;
    }
  }

  /** A virtual generated column. */
  private static final class Virtual extends Evaluator {
    private final RecordRow row;
    private final Evaluator expression;
    private final Affinity affinity;

    Virtual(RecordRow row, Evaluator expression, Affinity affinity) {
      this.row = row;
      this.expression = expression;
      this.affinity = affinity;
    }

    @Override
    public int evaluate(Frame frame) {
      if (row.isNullRow()) {
        return nothing(frame);
      }
      expression.evaluate(frame);
      affinity.apply(frame);
      return frame.type;
    }
  }

  /** A value with an affinity applied. */
  static final class Converted extends Evaluator {
    private final Evaluator value;
    private final Affinity affinity;

    Converted(Evaluator value, Affinity affinity) {
      this.value = value;
      this.affinity = affinity;
    }

    @Override
    public int evaluate(Frame frame) {
      value.evaluate(frame);
      affinity.apply(frame);
      return frame.type;
    }
  }

  /** A value that is a REAL if it is an INTEGER. */
  static final class WithReals extends Evaluator {
    private final Evaluator value;

    WithReals(Evaluator value) {
      this.value = value;
    }

    @Override
    public int evaluate(Frame frame) {
      int type = value.evaluate(frame);
      if (type != StorageClass.INTEGER) {
        return type;
      }
      frame.type = StorageClass.REAL;
      frame.real = (double) frame.integer;
      return StorageClass.REAL;
    }
  }

  /** A value of an index entry that is an indexed expression. */
  static Evaluator entryValue(RecordRow row, int position) {
    return new Stored(row, position, new ConstantEvaluator(Constant.NULL));
  }
}
