package dev.tursojdbc.sql.exec;

import dev.tursojdbc.sql.bind.BoundCondition;
import dev.tursojdbc.sql.bind.BoundExpression;
import dev.tursojdbc.sql.plan.AccessPath;
import dev.tursojdbc.sql.plan.InLookup;
import dev.tursojdbc.sql.value.Affinity;
import dev.tursojdbc.storage.record.Collation;
import dev.tursojdbc.storage.record.Register;
import java.util.ArrayList;
import java.util.List;

/**
 * Builds what an access path seeks: the values of key columns, one after the other, and the ends of
 * ranges. They are evaluated over the sources before.
 */
final class KeyBuilder {
  private final QueryBuilder queries;
  private final EvaluatorBuilder before;

  KeyBuilder(QueryBuilder queries, EvaluatorBuilder before) {
    this.queries = queries;
    this.before = before;
  }

  /** The end of a range. */
  Evaluator[] bound(AccessPath.Bound bound) {
    Evaluator[] evaluators = new Evaluator[bound.values().size()];
    for (int i = 0; i < evaluators.length; i++) {
      evaluators[i] = converted(bound.values().get(i), bound.conversions().get(i));
    }
    return evaluators;
  }

  private Evaluator converted(BoundExpression value, Affinity conversion) {
    Evaluator evaluator = before.build(value);
    return conversion == Affinity.NONE || conversion == Affinity.BLOB
        ? evaluator
        : new ColumnReaders.Converted(evaluator, conversion);
  }

  /** The values of the one key column there is. */
  KeyValues only(AccessPath.KeyTerm key, boolean reverse) {
    return all(List.of(key), new boolean[] {reverse})[0];
  }

  /**
   * The values of key columns.
   *
   * @param reverse for each column, whether several values are taken from the largest on
   */
  KeyValues[] all(List<AccessPath.KeyTerm> keys, boolean[] reverse) {
    KeyValues[] values = new KeyValues[keys.size()];
    for (int i = 0; i < values.length; i++) {
      AccessPath.KeyTerm key = keys.get(i);
      if (values[i] != null) {
        continue;
      }
      if (key.in() instanceof BoundCondition.InQuery in && in.operands().size() > 1) {
        addRows(in, keys, reverse[i], values);
      } else if (key.in() != null) {
        InLookup lookup = InLookup.ofAll(key.in());
        values[i] =
            lookup == null
                ? new KeyValues.Several(queries.valueSet(key.in(), before), reverse[i])
                : inOrder(lookup, reverse[i]);
      } else if (key.value() != null) {
        values[i] =
            new KeyValues.Single(converted(key.value(), key.conversion()), key.nullMatches());
      } else {
        throw new IllegalStateException("a key without value");
      }
    }
    return values;
  }

  /** The values of all columns that are looked up in one row of an IN. */
  private void addRows(
      BoundCondition.InQuery in,
      List<AccessPath.KeyTerm> keys,
      boolean reverse,
      KeyValues[] values) {
    List<Integer> columns = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      if (keys.get(i).in() == in) {
        columns.add(i);
      }
    }
    int count = columns.size();
    int[] elements = new int[count];
    Affinity[] conversions = new Affinity[count];
    Collation[] collations = new Collation[count];
    for (int i = 0; i < count; i++) {
      elements[i] = keys.get(columns.get(i)).element();
      conversions[i] = in.conversions().get(elements[i]);
      collations[i] = in.collations().get(elements[i]);
    }
    KeyRows rows =
        new KeyRows(
            queries.build(in.query(), before),
            elements,
            conversions,
            collations,
            QueryBuilder.isOncePerRun(in.query()));
    Register[] others = Registers.of(count - 1);
    values[columns.get(0)] = new KeyValues.OfRows(rows, others, reverse);
    for (int i = 1; i < count; i++) {
      values[columns.get(i)] = new KeyValues.Given(others[i - 1]);
    }
  }

  private KeyValues inOrder(InLookup lookup, boolean reverse) {
    ScanBuilder.Scan scan = scan(lookup, lookup.all(reverse));
    return new KeyValues.OfScan(scan.operator(), scan.row().column(lookup.column()));
  }

  /** An IN whose values are sought in a table. */
  Evaluator lookup(BoundCondition.InQuery in, InLookup lookup, ValueSet.OfQuery values) {
    AccessPath nulls = lookup.nulls();
    return new InTableEvaluator(
        before.build(in.operands().get(0)),
        scan(lookup, lookup.probe(in)).operator(),
        nulls == null ? null : scan(lookup, nulls).operator(),
        scan(lookup, lookup.all(false)).operator(),
        values);
  }

  private ScanBuilder.Scan scan(InLookup lookup, AccessPath path) {
    return new ScanBuilder(queries, before).build(lookup.source(), path, false);
  }
}
