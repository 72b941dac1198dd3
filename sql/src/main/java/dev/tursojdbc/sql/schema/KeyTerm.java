package dev.tursojdbc.sql.schema;

import dev.tursojdbc.sql.ast.Expression;
import dev.tursojdbc.sql.ast.Name;
import dev.tursojdbc.sql.ast.OrderingTerm;
import org.jspecify.annotations.Nullable;

/** The parts of a term of an index or key: {@code column COLLATE collation} in a nutshell. */
final class KeyTerm {
  private KeyTerm() {}

  /** Refuses NULLS FIRST and NULLS LAST, which no index can have. */
  static void requireNoNulls(OrderingTerm term) {
    if (term.nulls() != null) {
      throw SchemaErrors.error("unsupported use of NULLS " + term.nulls());
    }
  }

  /** The expression below any COLLATE. */
  static Expression withoutCollation(Expression term) {
    Expression inner = term;
    while (inner instanceof Expression.Collate collate) {
      inner = collate.operand();
    }
    return inner;
  }

  /** The outermost collation, or null. */
  static @Nullable String collation(Expression term) {
    return term instanceof Expression.Collate collate ? collate.collation().text() : null;
  }

  /**
   * The name of the column that the term is; a string counts as one. Null for other expressions.
   */
  static @Nullable String columnName(Expression term) {
    Expression inner = withoutCollation(term);
    if (inner instanceof Expression.ColumnReference reference && reference.table() == null) {
      return reference.column().text();
    }
    return inner instanceof Expression.StringLiteral literal ? literal.value() : null;
  }

  /** Whether a name that is no column is a string or a truth value instead. */
  static boolean mayBeConstant(Expression term) {
    Expression inner = withoutCollation(term);
    return inner instanceof Expression.ColumnReference reference
        && (reference.column().quote() == Name.Quote.DOUBLE || inner.isTruthLiteral());
  }
}
