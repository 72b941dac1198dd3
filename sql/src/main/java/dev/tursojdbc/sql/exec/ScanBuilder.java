package dev.tursojdbc.sql.exec;

import dev.tursojdbc.sql.bind.BoundCondition;
import dev.tursojdbc.sql.bind.BoundExpression;
import dev.tursojdbc.sql.bind.BoundQuery;
import dev.tursojdbc.sql.bind.ComparisonOperator;
import dev.tursojdbc.sql.bind.Constant;
import dev.tursojdbc.sql.bind.Source;
import dev.tursojdbc.sql.plan.AccessPath;
import dev.tursojdbc.sql.schema.Index;
import dev.tursojdbc.sql.value.Affinity;
import dev.tursojdbc.storage.record.Collation;
import dev.tursojdbc.storage.record.Register;
import dev.tursojdbc.storage.record.TextEncoding;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Builds the scan of one source from its access path. Keys are evaluated over the sources before.
 */
final class ScanBuilder {
  /** Of a scan that is not built for a right join. */
  private final QueryBuilder queries;

  private final EvaluatorBuilder before;
  private final KeyBuilder keys;
  private final TextEncoding encoding;

  /**
   * A scan.
   *
   * @param row the source's current row
   * @param computed expressions that the scan has ready
   * @param all reads all rows of the source into the same row, for right joins; else the scan
   *     itself
   * @param identity values that tell rows apart, for right joins
   */
  record Scan(
      Operator operator,
      RowBinding row,
      NullableRow nullable,
      Map<BoundExpression, Evaluator> computed,
      Operator all,
      List<Evaluator> identity) {}

  ScanBuilder(QueryBuilder queries, EvaluatorBuilder before) {
    this.queries = queries;
    this.before = before;
    this.keys = new KeyBuilder(queries, before);
    this.encoding = queries.encoding();
  }

  /**
   * @param keepsRight whether all rows of the source may be read once more into the same row
   */
  Scan build(Source source, AccessPath path, boolean keepsRight) {
    if (path instanceof AccessPath.TableScan scan) {
      TableRow row = tableRow(source);
      return ofTable(row, new TableScan(row, scan.reverse()));
    }
    if (path instanceof AccessPath.RowidLookup lookup) {
      TableRow row = tableRow(source);
      BoundExpression value = lookup.key().value();
      return ofTable(
          row,
          value == null
              ? new RowidLookup(row, keys.only(lookup.key(), lookup.reverse()))
              : new RowidSeek(row, before.build(value), lookup.key().conversion()));
    }
    if (path instanceof AccessPath.RowidRange range) {
      TableRow row = tableRow(source);
      return ofTable(row, rowidRange(row, range));
    }
    if (path instanceof AccessPath.IndexSearch search) {
      return index((Source.OfTable) source, search, keepsRight);
    }
    if (path instanceof AccessPath.MultiIndex multi) {
      return multiIndex((Source.OfTable) source, multi);
    }
    if (path instanceof AccessPath.HashLookup lookup) {
      return hash(source, lookup);
    }
    if (path instanceof AccessPath.Rows rows) {
      return rows((Source.OfQuery) source, rows, keepsRight);
    }
    if (path instanceof AccessPath.Call call) {
      return call((Source.OfFunction) source, call);
    }
    return recursion((Source.OfRecursion) source);
  }

  private TableRow tableRow(Source source) {
    return new TableRow((Source.OfTable) source, encoding, before);
  }

  private static BoundExpression.Column rowid(Source source) {
    return new BoundExpression.Column(
        source.id(), BoundExpression.Column.ROWID, Affinity.INTEGER, Collation.BINARY, "rowid");
  }

  private static Scan ofTable(TableRow row, Operator operator) {
    Evaluator rowid = row.column(rowid(row.source()));
    return new Scan(operator, row, row, Map.of(), new TableScan(row, false), List.of(rowid));
  }

  private Operator rowidRange(TableRow row, AccessPath.RowidRange range) {
    AccessPath.Bound lower = range.lower();
    AccessPath.Bound upper = range.upper();
    return new RowidRangeScan(
        row,
        lower == null ? null : keys.bound(lower)[0],
        lower != null && lower.inclusive(),
        upper == null ? null : keys.bound(upper)[0],
        upper != null && upper.inclusive(),
        range.reverse());
  }

  private Scan index(Source.OfTable source, AccessPath.IndexSearch search, boolean keepsRight) {
    Index index = search.index();
    if (source.table().isWithoutRowid()) {
      return indexOfKeyedTable(source, search, keepsRight);
    }
    if (search.covering() && !keepsRight) {
      IndexRow row = new IndexRow(source, index, encoding, before, null);
      return ofIndex(row, search(row, null, search));
    }
    TableRow target = tableRow(source);
    IndexRow row = new IndexRow(source, index, encoding, before, target);
    Operator operator = search(row, new ToTable(target), search);
    if (keepsRight) {
      return ofTable(target, operator);
    }
    return new Scan(operator, row, new Both(row, target), row.expressions(), operator, List.of());
  }

  private Scan indexOfKeyedTable(
      Source.OfTable source, AccessPath.IndexSearch search, boolean keepsRight) {
    Index primaryKey = source.table().primaryKey();
    if (primaryKey == null) {
      throw new IllegalStateException("no primary key");
    }
    if (source.table().isStoredIn(search.index()) || (search.covering() && !keepsRight)) {
      IndexRow row = new IndexRow(source, search.index(), encoding, before, null);
      return ofIndex(row, search(row, null, search));
    }
    if (keepsRight) {
      IndexRow row = new IndexRow(source, primaryKey, encoding, before, null);
      IndexRow entry = new IndexRow(source, search.index(), encoding, before, null);
      return ofIndex(row, search(entry, new ToRowOfKey(row, search.index()), search));
    }
    KeyedRow target = new KeyedRow(source, primaryKey, search.index(), encoding, before);
    IndexRow row = new IndexRow(source, search.index(), encoding, before, target);
    Operator operator = search(row, new ToKey(target), search);
    return new Scan(operator, row, new Both(row, target), row.expressions(), operator, List.of());
  }

  private Scan ofIndex(IndexRow row, Operator operator) {
    Evaluator[] none = {};
    Operator all = new IndexSearch(row, null, new KeyValues[0], none, true, none, true, false);
    return new Scan(operator, row, row, row.expressions(), all, identity(row));
  }

  private static List<Evaluator> identity(IndexRow row) {
    List<Evaluator> key = new ArrayList<>();
    for (int i = 0; i < row.index().keyColumnCount(); i++) {
      key.add(ColumnReaders.entryValue(row, i));
    }
    return key;
  }

  /** An index entry and the row that it leads to. */
  private record Both(NullableRow entry, NullableRow row) implements NullableRow {
    @Override
    public void setNull(boolean isNull) {
      entry.setNull(isNull);
      row.setNull(isNull);
    }

    @Override
    public boolean isNullRow() {
      return entry.isNullRow();
    }
  }

  private Operator search(
      IndexRow row, IndexSearch.@Nullable RowTarget target, AccessPath.IndexSearch search) {
    if (search.blobsToo() && search.lower() != null && search.upper() != null) {
      AccessPath.IndexSearch among = search.within(asBlob(search.lower()), asBlob(search.upper()));
      return inTurn(
          skipping(row, target, search), skipping(row, target, among), isAscending(search));
    }
    return skipping(row, target, search);
  }

  private static boolean isAscending(AccessPath.IndexSearch search) {
    int column = search.keyColumns();
    return column < search.index().columns().size()
        && search.reverse() == search.index().column(column).descending();
  }

  private Operator skipping(
      IndexRow row, IndexSearch.@Nullable RowTarget target, AccessPath.IndexSearch search) {
    Register[] prefix = Registers.of(search.skipped());
    Operator operator = withNullsApart(row, target, search, prefix);
    if (prefix.length == 0) {
      return operator;
    }
    IndexRow prefixes = new IndexRow(row.source(), row.index(), encoding, before, null);
    return new SkipScan(prefixes, prefix, operator, search.reverse());
  }

  /** NULLs apart are a scan of their own before or behind all others. */
  private Operator withNullsApart(
      IndexRow row,
      IndexSearch.@Nullable RowTarget target,
      AccessPath.IndexSearch search,
      Register[] prefix) {
    if (!search.nullsApart()) {
      return plainSearch(row, target, search, prefix);
    }
    List<AccessPath.KeyTerm> nullKey = new ArrayList<>(search.equal());
    nullKey.add(AccessPath.KeyTerm.ofNull());
    AccessPath.Bound aboveNull = AccessPath.Bound.ABOVE_NULL;
    Operator nulls = plainSearch(row, target, search.narrowed(nullKey, null), prefix);
    Operator others = plainSearch(row, target, search.narrowed(search.equal(), aboveNull), prefix);
    return inTurn(others, nulls, isAscending(search));
  }

  private static Operator inTurn(Operator lesser, Operator greater, boolean ascending) {
    return ascending ? new OneAfterOther(lesser, greater) : new OneAfterOther(greater, lesser);
  }

  private AccessPath.Bound asBlob(AccessPath.Bound bound) {
    Constant text = (Constant) bound.values().get(0);
    byte[] stored = text.text().getBytes(Charset.forName(encoding.sqlName()));
    return new AccessPath.Bound(
        List.of(Constant.ofBlob(stored)), bound.conversions(), bound.inclusive());
  }

  /**
   * @param prefix where the values of skipped columns are
   */
  private Operator plainSearch(
      IndexRow row,
      IndexSearch.@Nullable RowTarget target,
      AccessPath.IndexSearch search,
      Register[] prefix) {
    KeyValues[] equal = new KeyValues[search.keyColumns()];
    for (int i = 0; i < prefix.length; i++) {
      equal[i] = new KeyValues.Given(prefix[i]);
    }
    boolean[] reverse = new boolean[search.equal().size()];
    for (int i = 0; i < reverse.length; i++) {
      reverse[i] = search.index().column(prefix.length + i).descending() != search.reverse();
    }
    KeyValues[] sought = keys.all(search.equal(), reverse);
    System.arraycopy(sought, 0, equal, prefix.length, sought.length);
    AccessPath.Bound lower = search.lower();
    AccessPath.Bound upper = search.upper();
    Evaluator[] low = {};
    boolean lowInclusive = true;
    if (lower != null) {
      low = lower.isNull() ? new Evaluator[] {IndexSearch.NULL_BOUND} : keys.bound(lower);
      lowInclusive = lower.inclusive();
    } else if (upper != null) {
      low = new Evaluator[] {IndexSearch.NULL_BOUND};
      lowInclusive = false;
    }
    Evaluator[] high = upper == null ? new Evaluator[0] : keys.bound(upper);
    boolean highInclusive = upper == null || upper.inclusive();
    boolean descending =
        equal.length < search.index().columns().size()
            && search.index().column(equal.length).descending();
    boolean swapped = descending != search.reverse();
    return new IndexSearch(
        row,
        target,
        equal,
        swapped ? high : low,
        swapped ? highInclusive : lowInclusive,
        swapped ? low : high,
        swapped ? lowInclusive : highInclusive,
        search.reverse());
  }

  private Scan multiIndex(Source.OfTable source, AccessPath.MultiIndex multi) {
    TableRow row = tableRow(source);
    int count = multi.alternatives().size();
    Operator[] operators = new Operator[count];
    Evaluator[] rowids = new Evaluator[count];
    BoundExpression.Column rowid = rowid(source);
    for (int i = 0; i < count; i++) {
      AccessPath.Alternative alternative = multi.alternatives().get(i);
      Scan scan = build(source, alternative.path(), false);
      Bindings bindings =
          before.bindings().withRow(source.id(), scan.row()).withComputed(scan.computed());
      Operator operator = scan.operator();
      for (BoundExpression condition : alternative.conditions()) {
        operator = new Filter(operator, before.over(bindings).build(condition));
      }
      List<BoundExpression> constants = alternative.constants();
      for (int j = constants.size() - 1; j >= 0; j--) {
        operator = new ConstantFilter(operator, before.build(constants.get(j)));
      }
      operators[i] = operator;
      rowids[i] = scan.row().column(rowid);
    }
    return ofTable(row, new MultiIndexScan(row, operators, rowids));
  }

  private Scan hash(Source source, AccessPath.HashLookup lookup) {
    Scan input = build(source, lookup.input(), false);
    EvaluatorBuilder inner =
        before.over(
            before.bindings().withRow(source.id(), input.row()).withComputed(input.computed()));
    Operator rows = input.operator();
    for (BoundExpression condition : lookup.conditions()) {
      rows = new Filter(rows, inner.build(condition));
    }
    List<BoundExpression.Column> kept = lookup.columns();
    Evaluator[] columns = new Evaluator[kept.size()];
    int[] positions = new int[source.columns().size() + 1];
    Arrays.fill(positions, -1);
    for (int i = 0; i < columns.length; i++) {
      columns[i] = inner.build(kept.get(i));
      positions[kept.get(i).isRowid() ? positions.length - 1 : kept.get(i).column()] = i;
    }
    int keyCount = lookup.keys().size();
    Evaluator[] storedKeys = new Evaluator[keyCount];
    Evaluator[] sought = new Evaluator[keyCount];
    Affinity[] conversions = new Affinity[keyCount];
    Collation[] collations = new Collation[keyCount];
    boolean[] nullMatches = new boolean[keyCount];
    for (int i = 0; i < keyCount; i++) {
      BoundCondition.Comparison comparison = lookup.keys().get(i);
      nullMatches[i] = comparison.operator() == ComparisonOperator.IS;
      storedKeys[i] = inner.build(comparison.left());
      sought[i] = before.build(comparison.right());
      conversions[i] = comparison.conversion();
      collations[i] = comparison.comparisonCollation();
    }
    StoredRow row = new StoredRow();
    row.setPositions(positions);
    boolean once = dependsOnNothing(source, lookup);
    HashLookup operator =
        new HashLookup(
            rows,
            columns,
            lookup.ordering(),
            storedKeys,
            sought,
            conversions,
            collations,
            nullMatches,
            row,
            once);
    return new Scan(operator, row, row, Map.of(), operator, List.of());
  }

  private static boolean dependsOnNothing(Source source, AccessPath.HashLookup lookup) {
    if (source instanceof Source.OfQuery query && !QueryBuilder.isOncePerRun(query.query())) {
      return false;
    }
    return lookup.conditions().stream()
        .allMatch(
            condition ->
                dev.tursojdbc.sql.bind.References.sources(condition).stream()
                    .allMatch(id -> id == source.id()));
  }

  private Scan rows(Source.OfQuery source, AccessPath.Rows rows, boolean keepsRight) {
    if (rows.delivery() == AccessPath.Delivery.COROUTINE && !keepsRight) {
      BuiltQuery query = queries.build(rows.query(), before);
      QueryRow row = new QueryRow(query.columns());
      Operator scan = new QueryScan(query.operator(), row);
      return new Scan(scan, withReals(source, row), row, Map.of(), scan, List.of());
    }
    StoredRow row = new StoredRow();
    MaterializedScan scan =
        new MaterializedScan(queries.materialized(source.query(), rows.query(), before), row);
    return new Scan(scan, withReals(source, row), row, Map.of(), scan, List.of(row.numberColumn()));
  }

  /** What is REAL in the first query of a compound is REAL in the rows of the others, too. */
  private static RowBinding withReals(Source.OfQuery source, RowBinding row) {
    boolean keepsIntegers =
        source.query() instanceof BoundQuery.Select
            || source.query() instanceof BoundQuery.Values
            || source.query() instanceof BoundQuery.Compound compound
                && compound.terms().stream()
                    .anyMatch(t -> t.query() instanceof BoundQuery.Values v && v.rows().size() > 1);
    if (keepsIntegers) {
      return row;
    }
    return column ->
        column.affinity() == Affinity.REAL
            ? new ColumnReaders.WithReals(row.column(column))
            : row.column(column);
  }

  private Scan call(Source.OfFunction source, AccessPath.Call call) {
    Evaluator[] arguments = new Evaluator[call.arguments().size()];
    for (int i = 0; i < arguments.length; i++) {
      BoundExpression argument = call.arguments().get(i);
      arguments[i] = argument == null ? null : before.build(argument);
    }
    FunctionRow row = new FunctionRow(source.function().rows());
    Operator scan = new FunctionScan(row, arguments);
    return new Scan(scan, row, row, Map.of(), scan, List.of(row.column(rowid(source))));
  }

  private Scan recursion(Source.OfRecursion source) {
    RecursionRow current = queries.recursion(source.recursion());
    if (current == null) {
      throw new IllegalStateException("no recursion " + source.recursion());
    }
    QueryRow row = new QueryRow(Registers.evaluators(current.values()));
    Operator scan = new QueryScan(new SingleRow(), row);
    return new Scan(scan, row, row, Map.of(), scan, List.of());
  }

  /** From an index entry to the table's row by rowid. */
  private record ToTable(TableRow row) implements IndexSearch.RowTarget {
    @Override
    public void open(Frame frame, IndexRow entry) {
      row.open(frame);
    }

    @Override
    public boolean meant(IndexRow entry) {
      row.meant(entry.rowid());
      return true;
    }
  }

  /** From an index entry to the row of a WITHOUT ROWID table by its key. */
  private record ToKey(KeyedRow row) implements IndexSearch.RowTarget {
    @Override
    public void open(Frame frame, IndexRow entry) {
      row.open(frame, entry);
    }

    @Override
    public boolean meant(IndexRow entry) {
      return row.seek();
    }
  }

  /** From an index entry to the whole row in the tree of a WITHOUT ROWID table. */
  private static final class ToRowOfKey implements IndexSearch.RowTarget {
    private final IndexRow row;
    private final int[] positions;
    private final Register[] key;

    ToRowOfKey(IndexRow row, Index secondary) {
      this.row = row;
      this.positions = new int[row.index().keyColumnCount()];
      this.key = Registers.of(positions.length);
      for (int i = 0; i < positions.length; i++) {
        positions[i] = secondary.positionOf(row.index().column(i).column());
      }
    }

    @Override
    public void open(Frame frame, IndexRow entry) {
      row.open(frame);
    }

    @Override
    public boolean meant(IndexRow entry) {
      for (int i = 0; i < key.length; i++) {
        entry.readKey(positions[i], key[i]);
      }
      return row.seek(key);
    }
  }
}
