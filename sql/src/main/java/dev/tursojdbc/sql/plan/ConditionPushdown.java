package dev.tursojdbc.sql.plan;

import dev.tursojdbc.sql.ast.SelectStatement.CompoundOperator;
import dev.tursojdbc.sql.bind.BoundCall;
import dev.tursojdbc.sql.bind.BoundExpression;
import dev.tursojdbc.sql.bind.BoundExpression.Column;
import dev.tursojdbc.sql.bind.BoundQuery;
import dev.tursojdbc.sql.bind.Comparisons;
import dev.tursojdbc.sql.bind.FromItem;
import dev.tursojdbc.sql.bind.JoinKind;
import dev.tursojdbc.sql.bind.References;
import dev.tursojdbc.sql.bind.ResultColumn;
import dev.tursojdbc.sql.bind.Source;
import dev.tursojdbc.sql.bind.WindowCall;
import dev.tursojdbc.storage.record.Collation;
import java.util.ArrayList;
import java.util.List;

/**
 * Repeats conditions on a query in FROM inside of it, where they save work: as WHERE, or as HAVING
 * of one that groups.
 *
 * <pre>
 *   SELECT * FROM (SELECT a, max(b) FROM t GROUP BY a) WHERE a = 5
 *   SELECT * FROM (SELECT a, max(b) FROM t GROUP BY a HAVING a = 5) WHERE a = 5
 * </pre>
 *
 * <p>The conditions stay outside too. LIMIT and recursion keep them out; so do RIGHT JOINs. Past
 * window functions go only conditions on what all windows partition by: they leave whole partitions
 * out. What goes into UNION, INTERSECT or EXCEPT must compare as those do.
 */
final class ConditionPushdown {
  private final BoundQuery.Select outer;
  private final FromItem item;
  private final Source.OfQuery source;

  private ConditionPushdown(BoundQuery.Select outer, FromItem item) {
    this.outer = outer;
    this.item = item;
    this.source = (Source.OfQuery) item.source();
  }

  /** The query with conditions inside of the query at a position of its FROM. */
  static BoundQuery.Select push(BoundQuery.Select outer, int position) {
    FromItem item = outer.from().get(position);
    if (item.join().keepsRight()
        || outer.from().stream().anyMatch(other -> other.join().keepsRight())) {
      return outer;
    }
    ConditionPushdown pushdown = new ConditionPushdown(outer, item);
    List<BoundExpression> conditions = pushdown.conditions();
    if (conditions.isEmpty() || !mayTake(pushdown.source.query())) {
      return outer;
    }
    BoundQuery inner = pushdown.pushed(pushdown.source.query(), conditions);
    List<FromItem> from = new ArrayList<>(outer.from());
    from.set(
        position, new FromItem(pushdown.source.withQuery(inner), item.join(), item.condition()));
    return outer.withFrom(from, outer.where());
  }

  /** The conditions on the source alone: of WHERE and inner joins, or of its own outer join. */
  private List<BoundExpression> conditions() {
    List<BoundExpression> conditions = new ArrayList<>();
    if (item.join() == JoinKind.LEFT) {
      conditions.addAll(Conjunction.terms(item.condition()));
    } else {
      conditions.addAll(Conjunction.terms(outer.where()));
      for (FromItem other : outer.from()) {
        if (other.join() != JoinKind.LEFT) {
          conditions.addAll(Conjunction.terms(other.condition()));
        }
      }
    }
    conditions.removeIf(condition -> !isOnSourceAlone(condition));
    return conditions;
  }

  private boolean isOnSourceAlone(BoundExpression condition) {
    if (!References.sources(condition).stream().allMatch(id -> id == source.id())) {
      return false;
    }
    boolean[] good = {true};
    References.walk(
        condition,
        e -> {
          if (e instanceof BoundCall.Function f && !f.function().isDeterministic()) {
            good[0] = false;
          } else if (e instanceof Column column
              && column.source() == source.id()
              && (column.column() < 0 || column.column() >= source.query().columns().size())) {
            good[0] = false;
          }
          BoundQuery query = References.queryOf(e);
          good[0] &= query == null || References.outerSources(query).isEmpty();
        });
    return good[0];
  }

  private static boolean mayTake(BoundQuery inner) {
    if (inner instanceof BoundQuery.Select select) {
      return select.limit() == null && hasOnePartition(select.windows());
    }
    if (!(inner instanceof BoundQuery.Compound compound) || compound.limit() != null) {
      return false;
    }
    boolean compares =
        compound.terms().stream().anyMatch(term -> term.operator() != CompoundOperator.UNION_ALL);
    if (compares
        && (!areBinary(compound.first())
            || compound.terms().stream().anyMatch(term -> !areBinary(term.query())))) {
      return false;
    }
    return mayBeArm(compound.first())
        && compound.terms().stream().allMatch(term -> mayBeArm(term.query()));
  }

  /** Whether all windows partition by the same, and do so; or there is no window. */
  private static boolean hasOnePartition(List<WindowCall> windows) {
    return windows.isEmpty()
        || (!windows.get(0).partitionBy().isEmpty()
            && windows.stream()
                .allMatch(call -> call.partitionBy().equals(windows.get(0).partitionBy())));
  }

  /** Whether a condition of an inner query is the same for all rows of a partition. */
  private static boolean isOnPartition(
      BoundExpression condition, List<BoundExpression> partitionBy) {
    if (partitionBy.contains(condition)) {
      return Comparisons.collation(condition) == Collation.BINARY;
    }
    return !(condition instanceof Column)
        && !(condition instanceof BoundExpression.Computed)
        && References.queryOf(condition) == null
        && condition.children().stream().allMatch(child -> isOnPartition(child, partitionBy));
  }

  private static boolean areBinary(BoundQuery query) {
    return query.columns().stream()
        .map(ResultColumn::expression)
        .allMatch(e -> Comparisons.collation(e) == Collation.BINARY);
  }

  private static boolean mayBeArm(BoundQuery arm) {
    return arm instanceof BoundQuery.Select select
        ? select.windows().isEmpty() && select.limit() == null
        : arm instanceof BoundQuery.Values;
  }

  private BoundQuery pushed(BoundQuery inner, List<BoundExpression> conditions) {
    if (inner instanceof BoundQuery.Select select) {
      return pushed(select, conditions);
    }
    if (inner instanceof BoundQuery.Compound compound) {
      return new BoundQuery.Compound(
          pushed(compound.first(), conditions),
          compound.terms().stream()
              .map(term -> new BoundQuery.Term(term.operator(), pushed(term.query(), conditions)))
              .toList(),
          compound.columns(),
          compound.collations(),
          compound.orderBy(),
          compound.limit(),
          compound.offset());
    }
    // VALUES has no WHERE; that the rows are filtered outside is enough.
    return inner;
  }

  private BoundQuery.Select pushed(BoundQuery.Select inner, List<BoundExpression> conditions) {
    Substitution substitution =
        new Substitution(
            e ->
                e instanceof Column column && column.source() == source.id()
                    ? inner.columns().get(column.column()).expression()
                    : e);
    Repetition repetition = new Repetition(source.id(), inner.columns());
    conditions.forEach(condition -> References.walk(condition, repetition.counter()));
    if (repetition.isTooMuch()) {
      return inner;
    }
    List<BoundExpression> own =
        new ArrayList<>(conditions.stream().map(substitution::expression).toList());
    if (!inner.windows().isEmpty()) {
      List<BoundExpression> partitionBy = inner.windows().get(0).partitionBy();
      own.removeIf(condition -> !isOnPartition(condition, partitionBy));
      if (own.isEmpty()) {
        return inner;
      }
    }
    BoundExpression added = Conjunction.of(own);
    return inner.aggregate()
        ? inner.withHaving(Conjunction.and(inner.having(), added))
        : inner.withFrom(inner.from(), Conjunction.and(inner.where(), added));
  }
}
