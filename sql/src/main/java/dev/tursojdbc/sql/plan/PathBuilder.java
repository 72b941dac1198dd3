package dev.tursojdbc.sql.plan;

import dev.tursojdbc.sql.bind.BoundCondition;
import dev.tursojdbc.sql.bind.BoundExpression;
import dev.tursojdbc.sql.bind.BoundExpression.Column;
import dev.tursojdbc.sql.bind.ComparisonOperator;
import dev.tursojdbc.sql.bind.Source;
import dev.tursojdbc.sql.bind.SourceColumn;
import dev.tursojdbc.sql.value.Affinity;
import dev.tursojdbc.storage.record.Collation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes the access path of a candidate that was chosen. */
final class PathBuilder {
  private final JoinInput input;
  private final ConditionPlacement placement;

  PathBuilder(JoinInput input, ConditionPlacement placement) {
    this.input = input;
    this.placement = placement;
  }

  AccessPath build(Candidate candidate, int loop, boolean reverse, boolean nullsApart) {
    return switch (candidate.kind) {
      case ROWS -> rows(candidate, loop, reverse);
      case INDEX -> index(candidate, reverse, nullsApart);
      case HASH -> hash(candidate, loop);
      case CALL -> call(candidate);
      case MULTI -> multi(candidate, placement.before(loop), input.terms());
    };
  }

  private AccessPath rows(Candidate candidate, int loop, boolean reverse) {
    Source source = input.source(candidate.source);
    if (source instanceof Source.OfQuery query) {
      return new AccessPath.Rows(
          input.planner().plan(query.query()),
          loop == 0
                  && input.count() > 0
                  && !query.isMaterialized()
                  && !input.item(candidate.source).join().keepsRight()
              ? AccessPath.Delivery.COROUTINE
              : AccessPath.Delivery.MATERIALIZED);
    }
    if (source instanceof Source.OfRecursion) {
      return new AccessPath.RecursionRow();
    }
    if (!candidate.equal.isEmpty()) {
      return new AccessPath.RowidLookup(keys(candidate).get(0), reverse);
    }
    if (candidate.lower != null || candidate.upper != null) {
      return new AccessPath.RowidRange(
          bound(candidate, candidate.lower), bound(candidate, candidate.upper), reverse);
    }
    return new AccessPath.TableScan(reverse);
  }

  private AccessPath call(Candidate candidate) {
    Source.OfFunction source = (Source.OfFunction) input.source(candidate.source);
    List<@Nullable BoundExpression> arguments = new ArrayList<>();
    List<Integer> hidden = source.hiddenColumns();
    int given = 0;
    for (int i = 0; i < hidden.size(); i++) {
      BoundExpression argument = null;
      for (Constraint constraint : candidate.equal) {
        if (constraint.isOnColumn(hidden.get(i))) {
          argument = constraint.value();
          given |= 1 << i;
        }
      }
      arguments.add(argument);
    }
    return new AccessPath.Call(arguments, source.function().estimate(given).number());
  }

  private AccessPath index(Candidate candidate, boolean reverse, boolean nullsApart) {
    if (candidate.index == null) {
      throw new IllegalStateException("no index");
    }
    return new AccessPath.IndexSearch(
        candidate.index,
        candidate.skipped,
        keys(candidate),
        bound(candidate, candidate.lower),
        bound(candidate, candidate.upper),
        candidate.covering && !identifiesRows(candidate),
        reverse,
        nullsApart,
        candidate.lower != null
            && candidate.upper != null
            && candidate.upper.equals(candidate.lower.term().patternEnd));
  }

  /** A right join has to know of each row of the table whether it had a partner. */
  private boolean identifiesRows(Candidate candidate) {
    return input.item(candidate.source).join().keepsRight()
        && !((Source.OfTable) input.source(candidate.source))
            .table()
            .isStoredIn(java.util.Objects.requireNonNull(candidate.index));
  }

  private List<AccessPath.KeyTerm> keys(Candidate candidate) {
    List<AccessPath.KeyTerm> keys = new ArrayList<>();
    IdentityHashMap<BoundExpression, Integer> numbers = new IdentityHashMap<>();
    for (Constraint constraint : candidate.equal) {
      keys.add(key(constraint, numbers));
    }
    return keys;
  }

  private AccessPath.KeyTerm key(
      Constraint constraint, IdentityHashMap<BoundExpression, Integer> numbers) {
    return switch (constraint.kind()) {
      case IN -> {
        BoundExpression in = constraint.term().expression;
        int slice = constraint.term().slice;
        int number =
            slice < 0 ? 0 : numbers.computeIfAbsent(in, i -> input.planner().newQueryNumber());
        yield new AccessPath.KeyTerm(
            null, in, Math.max(slice, 0), number, constraint.conversion(), false);
      }
      case IS_NULL -> AccessPath.KeyTerm.ofNull();
      default ->
          new AccessPath.KeyTerm(
              constraint.value(),
              null,
              0,
              0,
              constraint.conversion(),
              constraint.kind() == Constraint.Kind.IS);
    };
  }

  private AccessPath.@Nullable Bound bound(Candidate candidate, @Nullable Constraint constraint) {
    if (constraint == null || constraint.value() == null) {
      return null;
    }
    if (constraint.isNotNull()) {
      return AccessPath.Bound.ABOVE_NULL;
    }
    if (constraint.term().expression instanceof BoundCondition.RowComparison rows) {
      return candidate.index == null
          ? RowBound.ofRowid(constraint, constraint.value())
          : new RowBound(
                  (Source.OfTable) input.source(candidate.source),
                  candidate.index,
                  candidate.keyColumns())
              .of(constraint, rows);
    }
    boolean inclusive =
        constraint.kind() == Constraint.Kind.LESS_OR_EQUAL
            || constraint.kind() == Constraint.Kind.GREATER_OR_EQUAL;
    return new AccessPath.Bound(
        List.of(constraint.value()), List.of(constraint.conversion()), inclusive);
  }

  private AccessPath hash(Candidate candidate, int loop) {
    Source source = input.source(candidate.source);
    List<BoundCondition.Comparison> keys = new ArrayList<>();
    for (Constraint constraint : placement.hashKeys(loop)) {
      BoundExpression value = constraint.value();
      if (value != null) {
        keys.add(
            new BoundCondition.Comparison(
                constraint.kind() == Constraint.Kind.IS
                    ? ComparisonOperator.IS
                    : ComparisonOperator.EQUAL,
                constraint.target(),
                value,
                constraint.conversion(),
                constraint.collation()));
      }
    }
    List<BoundExpression> conditions = new ArrayList<>();
    for (Term term : input.terms()) {
      if (placement.isFilter(term, candidate)) {
        conditions.add(term.expression);
      }
    }
    AccessPath scan;
    if (source instanceof Source.OfQuery query) {
      scan =
          new AccessPath.Rows(
              input.planner().plan(query.query()),
              query.isMaterialized()
                  ? AccessPath.Delivery.MATERIALIZED
                  : AccessPath.Delivery.COROUTINE);
    } else if (source instanceof Source.OfTable table
        && table.table().isWithoutRowid()
        && table.table().primaryKey() != null) {
      scan = AccessPath.IndexSearch.scan(table.table().primaryKey(), true);
    } else if (source instanceof Source.OfTable) {
      scan = new AccessPath.TableScan(false);
    } else {
      scan = new AccessPath.RecursionRow();
    }
    List<Column> kept = keptColumns(source, candidate);
    Set<Integer> keyColumns = new HashSet<>();
    for (BoundCondition.Comparison key : keys) {
      if (key.left() instanceof Column column) {
        keyColumns.add(column.column());
      }
    }
    keyColumns.add(Column.ROWID);
    kept.sort(
        Comparator.<Column, Boolean>comparing(column -> keyColumns.contains(column.column()))
            .thenComparing(Column::column));
    int ordering = 0;
    while (ordering < kept.size() && !keyColumns.contains(kept.get(ordering).column())) {
      ordering++;
    }
    return new AccessPath.HashLookup(scan, conditions, keys, kept, ordering);
  }

  private List<Column> keptColumns(Source source, Candidate candidate) {
    List<Column> columns = new ArrayList<>();
    for (int column : input.use(candidate.source).columns()) {
      columns.add(
          column == Column.ROWID
              ? new Column(source.id(), column, Affinity.INTEGER, Collation.BINARY, "rowid")
              : column(source, column));
    }
    return columns;
  }

  private static Column column(Source source, int index) {
    SourceColumn column = source.columns().get(index);
    return new Column(source.id(), index, column.affinity(), column.collation(), column.name());
  }

  /**
   * @param before the sources of the loops around
   * @param beside the OR that is split and the terms that must hold together with it
   */
  private AccessPath multi(Candidate candidate, long before, List<Term> beside) {
    Term term = candidate.split;
    if (term == null) {
      throw new IllegalStateException("no term is split");
    }
    List<AccessPath.Alternative> alternatives = new ArrayList<>();
    for (List<Term> side : term.alternatives) {
      List<Term> all = new ArrayList<>(side);
      beside.stream().filter(other -> helps(other, term)).forEach(all::add);
      Candidate best = AlternativeFinder.cheapest(input, candidate.source, all, before);
      List<BoundExpression> constants = new ArrayList<>();
      List<BoundExpression> conditions = new ArrayList<>();
      for (Term condition : side) {
        boolean seenTo =
            best.split == condition
                || best.constraints().stream().anyMatch(c -> c.term() == condition && c.exact());
        boolean ready = (condition.required & ~(before | candidate.self)) == 0;
        if (!condition.isVirtual() && !seenTo && ready) {
          boolean isConstant =
              (condition.required & candidate.self) == 0
                  && ConditionPlacement.isConstant(condition.expression);
          (isConstant ? constants : conditions).add(condition.expression);
        }
      }
      AccessPath path =
          best.kind == Candidate.Kind.MULTI
              ? multi(best, before, all)
              : build(best, -1, input.planner().rules().reversesUnordered(), false);
      alternatives.add(new AccessPath.Alternative(path, constants, conditions));
    }
    return new AccessPath.MultiIndex(alternatives);
  }

  /** Whether a term beside an OR may help to find the rows of one of its sides. */
  private static boolean helps(Term term, Term split) {
    return term != split
        && term.parent != split
        && (!term.outer || term.join == split.join)
        && !dev.tursojdbc.sql.bind.References.hasQuery(term.expression)
        && (!term.constraints.isEmpty() || !term.alternatives.isEmpty());
  }
}
