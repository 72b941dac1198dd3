package dev.tursojdbc.sql.exec;

import dev.tursojdbc.storage.record.Register;
import dev.tursojdbc.storage.record.StorageClass;
import org.jspecify.annotations.Nullable;

/**
 * A right side that stays the same throughout a run, which is mostly a literal or one that was
 * lifted out of the statement as a parameter: it is read in its register, not copied to the frame.
 */
final class FixedOperand {
  private final @Nullable Register constant;
  private final int parameter;

  private FixedOperand(@Nullable Register constant, int parameter) {
    this.constant = constant;
    this.parameter = parameter;
  }

  /** The operand that an evaluator reads if it may be an INTEGER, else null. */
  static @Nullable FixedOperand of(Evaluator evaluator) {
    if (evaluator instanceof ParameterEvaluator of) {
      return new FixedOperand(null, of.index());
    }
    return evaluator instanceof ConstantEvaluator constant
            && constant.value().type == StorageClass.INTEGER
        ? new FixedOperand(constant.value(), 0)
        : null;
  }

  Register value(Frame frame) {
    Register fixed = constant;
    return fixed != null ? fixed : frame.parameter(parameter);
  }
}
