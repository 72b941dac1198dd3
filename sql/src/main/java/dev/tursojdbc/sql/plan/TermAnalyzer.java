package dev.tursojdbc.sql.plan;

import dev.tursojdbc.sql.bind.BoundCondition;
import dev.tursojdbc.sql.bind.BoundExpression;
import dev.tursojdbc.sql.bind.BoundExpression.Column;
import dev.tursojdbc.sql.bind.BoundQuery;
import dev.tursojdbc.sql.bind.BoundValue;
import dev.tursojdbc.sql.bind.ComparisonOperator;
import dev.tursojdbc.sql.bind.Constant;
import dev.tursojdbc.sql.bind.FromItem;
import dev.tursojdbc.sql.bind.JoinKind;
import dev.tursojdbc.sql.bind.References;
import dev.tursojdbc.sql.value.Affinity;
import dev.tursojdbc.storage.record.Collation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Takes WHERE and ON apart into terms, and finds out which of them an index may see to. */
final class TermAnalyzer {
  private final List<FromItem> from;
  private final Map<Integer, Integer> positions = new HashMap<>();
  private final List<Term> terms = new ArrayList<>();

  /** Whether a side of an OR is analyzed that is one condition. */
  private boolean side;

  TermAnalyzer(List<FromItem> from) {
    this.from = from;
    for (int i = 0; i < from.size(); i++) {
      positions.put(from.get(i).source().id(), i);
    }
  }

  List<Term> analyze(@Nullable BoundExpression where) {
    for (int i = 0; i < from.size(); i++) {
      JoinKind kind = from.get(i).join();
      boolean outer = kind.keepsLeft() || kind.keepsRight();
      for (BoundExpression conjunct : conjuncts(from.get(i).condition())) {
        add(conjunct, i, outer);
      }
    }
    // SQLite puts conditions of inner joins behind those of WHERE; the order decides between
    // equals.
    List<Term> ofJoins = new ArrayList<>(terms);
    terms.clear();
    for (BoundExpression conjunct : conjuncts(where)) {
      add(conjunct, -1, false);
    }
    terms.addAll(ofJoins);
    return terms;
  }

  static List<BoundExpression> conjuncts(@Nullable BoundExpression condition) {
    List<BoundExpression> conjuncts = new ArrayList<>();
    split(condition, conjuncts);
    return conjuncts;
  }

  private static void split(@Nullable BoundExpression condition, List<BoundExpression> into) {
    if (condition instanceof BoundCondition.And and) {
      split(and.left(), into);
      split(and.right(), into);
    } else if (condition != null) {
      into.add(condition);
    }
  }

  /** The sources of this FROM that an expression needs. */
  long required(BoundExpression expression) {
    long mask = 0;
    for (Integer source : References.sources(expression)) {
      Integer position = positions.get(source);
      if (position != null) {
        mask |= 1L << position;
      }
    }
    return mask;
  }

  private void add(BoundExpression expression, int join, boolean outer) {
    if (expression instanceof BoundCondition.RowComparison rows
        && (rows.operator() == ComparisonOperator.EQUAL
            || rows.operator() == ComparisonOperator.IS)) {
      for (int i = 0; i < rows.left().size(); i++) {
        add(rows.element(i), join, outer);
      }
      return;
    }
    Term term = term(expression, join, outer, null);
    terms.add(term);
    addDerived(term);
  }

  private Term term(BoundExpression expression, int join, boolean outer, @Nullable Term parent) {
    long required = required(expression);
    if (outer) {
      required |= 1L << join;
    }
    Term term = new Term(expression, required, join, outer, parent);
    addConstraints(term, expression);
    return term;
  }

  private void addConstraints(Term term, BoundExpression expression) {
    if (expression instanceof BoundCondition.Comparison comparison) {
      addComparison(term, comparison, true);
    } else if (expression instanceof BoundCondition.RowComparison rows) {
      addRowComparison(term, rows);
    } else if (expression instanceof BoundCondition.IsNull isNull && !isNull.negated()) {
      addConstraint(
          term,
          isNull.operand(),
          Constraint.Kind.IS_NULL,
          null,
          0,
          Affinity.NONE,
          Collation.BINARY,
          true,
          false);
    } else if (expression instanceof BoundCondition.InList in) {
      addConstraint(
          term,
          in.operand(),
          Constraint.Kind.IN,
          null,
          required(in.elements()),
          in.conversion(),
          in.comparisonCollation(),
          true,
          false);
    } else if (expression instanceof BoundCondition.InQuery in && in.operands().size() == 1) {
      addConstraint(
          term,
          in.operands().get(0),
          Constraint.Kind.IN,
          null,
          queryRequires(in),
          in.conversions().get(0),
          in.collations().get(0),
          true,
          false);
    }
  }

  private long queryRequires(BoundCondition.InQuery in) {
    long mask = 0;
    for (Integer source : References.outerSources(in.query())) {
      Integer position = positions.get(source);
      if (position != null) {
        mask |= 1L << position;
      }
    }
    return mask;
  }

  private void addComparison(Term term, BoundCondition.Comparison comparison, boolean exact) {
    Constraint.Kind kind = kind(comparison.operator());
    if (kind == null) {
      return;
    }
    addConstraint(
        term,
        comparison.left(),
        kind,
        comparison.right(),
        required(comparison.right()),
        comparison.conversion(),
        comparison.comparisonCollation(),
        exact,
        false);
    Constraint.Kind mirrored = kind(comparison.operator().mirrored());
    if (mirrored != null) {
      addConstraint(
          term,
          comparison.right(),
          mirrored,
          comparison.left(),
          required(comparison.left()),
          comparison.conversion(),
          comparison.comparisonCollation(),
          exact,
          isOwnColumn(bare(comparison.left()), null));
    }
  }

  /** An index may see to the first elements of rows that are compared, which leaves few to test. */
  private void addRowComparison(Term term, BoundCondition.RowComparison rows) {
    Constraint.Kind kind = kind(rows.operator());
    Constraint.Kind mirrored = kind(rows.operator().mirrored());
    if (kind == null || mirrored == null) {
      return;
    }
    Affinity conversion = rows.conversions().get(0);
    Collation collation = rows.collations().get(0);
    BoundExpression left = rows.left().get(0);
    BoundExpression right = rows.right().get(0);
    long toRight = required(rows.right());
    addConstraint(term, left, kind, right, toRight, conversion, collation, false, false);
    addConstraint(
        term,
        right,
        mirrored,
        left,
        required(rows.left()),
        conversion,
        collation,
        false,
        isOwnColumn(bare(left), null));
  }

  private long required(List<BoundExpression> expressions) {
    long required = 0;
    for (BoundExpression expression : expressions) {
      required |= required(expression);
    }
    return required;
  }

  private static Constraint.@Nullable Kind kind(ComparisonOperator operator) {
    return switch (operator) {
      case EQUAL -> Constraint.Kind.EQUAL;
      case IS -> Constraint.Kind.IS;
      case LESS -> Constraint.Kind.LESS;
      case LESS_OR_EQUAL -> Constraint.Kind.LESS_OR_EQUAL;
      case GREATER -> Constraint.Kind.GREATER;
      case GREATER_OR_EQUAL -> Constraint.Kind.GREATER_OR_EQUAL;
      case NOT_EQUAL, IS_NOT -> null;
    };
  }

  private void addConstraint(
      Term term,
      BoundExpression side,
      Constraint.Kind kind,
      @Nullable BoundExpression value,
      long required,
      Affinity conversion,
      Collation collation,
      boolean exact,
      boolean exchanged) {
    BoundExpression target = bare(side);
    long needed = required(target);
    if (Long.bitCount(needed) != 1 || (needed & required) != 0) {
      return;
    }
    int source = Long.numberOfTrailingZeros(needed);
    if (target instanceof Column column && positions.get(column.source()) == null) {
      return;
    }
    term.constraints.add(
        new Constraint(
            term, source, target, kind, value, required, conversion, collation, exact, exchanged));
  }

  private static BoundExpression bare(BoundExpression expression) {
    BoundExpression bare = expression;
    while (bare instanceof BoundValue.Collate collate) {
      bare = collate.operand();
    }
    return bare;
  }

  /** Adds what follows from a term and may use an index. */
  private void addDerived(Term term) {
    BoundExpression expression = term.expression;
    if (expression instanceof BoundCondition.Between between) {
      addVirtual(term, between.lowComparison());
      addVirtual(term, between.highComparison());
    } else if (expression instanceof BoundCondition.InQuery in) {
      addSlices(term, in);
    } else if (expression instanceof BoundCondition.Or) {
      addAlternatives(term);
    } else if (expression instanceof BoundCondition.IsNull test && test.negated()) {
      addAboveNull(term, test);
    } else {
      PatternRange range = PatternRange.of(expression);
      if (range != null) {
        addPattern(term, range);
      }
    }
  }

  private void addPattern(Term parent, PatternRange range) {
    if (range.operand() instanceof Column column && column.isRowid()) {
      return;
    }
    Term virtual =
        new Term(range.lowComparison(), parent.required, parent.join, parent.outer, parent);
    addComparison(virtual, range.highComparison(), false);
    if (!virtual.constraints.isEmpty()) {
      virtual.patternEnd = virtual.constraints.remove(0);
      addComparison(virtual, range.lowComparison(), false);
      terms.add(virtual);
    }
  }

  /** A column that is not NULL is in the range above it. */
  private void addAboveNull(Term parent, BoundCondition.IsNull test) {
    if (parent.outer || !(test.operand() instanceof Column column) || column.isRowid()) {
      return;
    }
    Term virtual = new Term(test, parent.required, parent.join, false, parent);
    addConstraint(
        virtual,
        column,
        Constraint.Kind.GREATER,
        Constant.NULL,
        0,
        Affinity.NONE,
        column.collation(),
        true,
        false);
    if (!virtual.constraints.isEmpty()) {
      terms.add(virtual);
    }
  }

  private void addVirtual(Term parent, BoundCondition.Comparison comparison) {
    Term virtual = new Term(comparison, parent.required, parent.join, parent.outer, parent);
    addComparison(virtual, comparison, true);
    if (!virtual.constraints.isEmpty()) {
      terms.add(virtual);
    }
  }

  /** A row value IN a query may be looked up element by element, all of one row at a time. */
  private void addSlices(Term parent, BoundCondition.InQuery in) {
    boolean isSimple =
        in.query() instanceof BoundQuery.Values
            || in.query() instanceof BoundQuery.Select select && select.windows().isEmpty();
    if (side || !isSimple || in.operands().size() == 1) {
      return;
    }
    long required = queryRequires(in);
    for (int i = 0; i < in.operands().size(); i++) {
      Term virtual = new Term(in, parent.required, parent.join, parent.outer, parent);
      virtual.slice = i;
      addConstraint(
          virtual,
          in.operands().get(i),
          Constraint.Kind.IN,
          null,
          required,
          in.conversions().get(i),
          in.collations().get(i),
          true,
          false);
      terms.add(virtual);
    }
  }

  private void addAlternatives(Term term) {
    List<BoundExpression> sides = new ArrayList<>();
    disjuncts(term.expression, sides);
    BoundExpression in = asIn(sides);
    if (in != null) {
      Term virtual = new Term(in, term.required, term.join, term.outer, term);
      addConstraints(virtual, in);
      terms.add(virtual);
      return;
    }
    for (BoundExpression side : sides) {
      List<Term> sideTerms = new TermAnalyzer(from).analyzeSide(side, term);
      if (sideTerms.stream().allMatch(t -> t.constraints.isEmpty() && t.alternatives.isEmpty())) {
        term.alternatives.clear();
        return;
      }
      term.alternatives.add(sideTerms);
    }
  }

  private List<Term> analyzeSide(BoundExpression side, Term whole) {
    List<BoundExpression> conjuncts = conjuncts(side);
    this.side = conjuncts.size() == 1;
    for (BoundExpression conjunct : conjuncts) {
      add(conjunct, whole.join, whole.outer);
    }
    return terms;
  }

  private static void disjuncts(BoundExpression expression, List<BoundExpression> into) {
    if (expression instanceof BoundCondition.Or or) {
      disjuncts(or.left(), into);
      disjuncts(or.right(), into);
    } else {
      into.add(expression);
    }
  }

  /** a = x OR a = y as a IN (x, y); null if it is not of this form. */
  private @Nullable BoundExpression asIn(List<BoundExpression> sides) {
    Column column = null;
    List<BoundExpression> values = new ArrayList<>();
    Collation collation = Collation.BINARY;
    for (BoundExpression side : sides) {
      if (!(side instanceof BoundCondition.Comparison comparison)
          || comparison.operator() != ComparisonOperator.EQUAL) {
        return null;
      }
      boolean left = isOwnColumn(comparison.left(), column);
      boolean right = isOwnColumn(comparison.right(), column);
      if (left == right) {
        return null;
      }
      BoundExpression value = left ? comparison.right() : comparison.left();
      Column found = (Column) (left ? comparison.left() : comparison.right());
      Affinity affinity = value.affinity();
      if (affinity != Affinity.NONE && affinity != found.affinity()) {
        return null;
      }
      if (column != null && comparison.comparisonCollation() != collation) {
        return null;
      }
      column = found;
      collation = comparison.comparisonCollation();
      values.add(value);
    }
    return column == null
        ? null
        : new BoundCondition.InList(column, values, column.affinity(), collation);
  }

  private boolean isOwnColumn(BoundExpression side, @Nullable Column wanted) {
    return side instanceof Column column
        && positions.containsKey(column.source())
        && (wanted == null || wanted.equals(column));
  }
}
