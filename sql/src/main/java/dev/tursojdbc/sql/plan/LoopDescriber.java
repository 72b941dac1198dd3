package dev.tursojdbc.sql.plan;

import dev.tursojdbc.sql.bind.BoundCondition;
import dev.tursojdbc.sql.bind.BoundExpression;
import dev.tursojdbc.sql.bind.BoundQuery;
import dev.tursojdbc.sql.bind.JoinKind;
import dev.tursojdbc.sql.bind.Source;
import dev.tursojdbc.sql.schema.Index;
import dev.tursojdbc.sql.schema.IndexColumn;
import dev.tursojdbc.storage.record.Collation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** Describes one loop of a join: how its rows are found, and the queries in its conditions. */
final class LoopDescriber {
  private final PlanDescriber plans;
  private final List<PlanNode> nodes;

  /** Whether the rows found are looked up all the same, so that no index covers what is needed. */
  private final boolean rowsFollow;

  /** Whether the query has conditions left of an EXISTS that became a join. */
  private final boolean hasExists;

  LoopDescriber(PlanDescriber plans, List<PlanNode> nodes, boolean rowsFollow, boolean hasExists) {
    this.hasExists = hasExists;
    this.plans = plans;
    this.nodes = nodes;
    this.rowsFollow = rowsFollow;
  }

  /** What a source is called where its rows are read. */
  static String name(Source source) {
    if (source instanceof Source.OfTable table) {
      return table.alias() != null ? table.alias() : table.writtenName();
    }
    if (source instanceof Source.OfQuery query && query.name().isEmpty()) {
      return namelessQuery(query.query());
    }
    return source.name();
  }

  /** What a query in FROM is called where its rows are made: views and WITH by their own name. */
  static String definitionName(Source.OfQuery source) {
    String label = source.label();
    return label == null ? name(source) : label;
  }

  /** The name of the table or view itself, or of a query in FROM. */
  static String tableName(Source source) {
    if (source instanceof Source.OfTable table) {
      return table.table().name();
    }
    return source instanceof Source.OfQuery query ? definitionName(query) : source.name();
  }

  /** Whether a source is a VALUES clause of several rows, which is read like a table. */
  static boolean isValues(Source.OfQuery source) {
    return source.name().isEmpty()
        && source.query() instanceof BoundQuery.Values values
        && values.rows().size() > 1
        && !values.apart()
        && values.orderBy().isEmpty()
        && values.limit() == null;
  }

  private static String namelessQuery(BoundQuery query) {
    if (query instanceof BoundQuery.Values values && values.rows().size() > 1) {
      return PlanDescriber.valuesName(values.apart() ? 0 : values.rows().size());
    }
    return "(subquery-" + query.number() + ")";
  }

  /**
   * @param seeks whether a scan goes no further than to its first row
   */
  void describe(JoinLevel level, boolean seeks) {
    String suffix = level.join().keepsLeft() ? " LEFT-JOIN" : "";
    String name = name(level.source()) + (level.join() == JoinKind.EXISTS ? " EXISTS" : "");
    if (level.path() instanceof AccessPath.MultiIndex multi) {
      multiIndex(level.source(), name, multi, suffix);
    } else {
      if (level.path() instanceof AccessPath.HashLookup lookup && isBinary(lookup)) {
        nodes.add(PlanNode.leaf("BLOOM FILTER ON " + name(level.source()) + " " + keys(lookup)));
      }
      nodes.add(
          new PlanNode(
              line(level.source(), name, level.path(), seeks) + suffix, level.cost(), List.of()));
      queriesInKeys(level.path());
    }
    level.match().forEach(condition -> plans.expression(condition, nodes));
    level.conditions().forEach(condition -> plans.expression(condition, nodes));
  }

  private void multiIndex(Source source, String name, AccessPath.MultiIndex multi, String suffix) {
    List<PlanNode> sides = new ArrayList<>();
    for (AccessPath.Alternative alternative : multi.alternatives()) {
      List<PlanNode> side = new ArrayList<>();
      alternative.constants().forEach(constant -> plans.expression(constant, side));
      LoopDescriber inner = new LoopDescriber(plans, side, rowsFollow, hasExists);
      if (alternative.path() instanceof AccessPath.MultiIndex nested) {
        inner.multiIndex(source, name, nested, suffix);
      } else {
        side.add(PlanNode.leaf(line(source, name, alternative.path(), false) + suffix));
        inner.queriesInKeys(alternative.path());
      }
      alternative.conditions().forEach(condition -> plans.expression(condition, side));
      sides.add(PlanNode.of("INDEX " + (sides.size() + 1), side));
    }
    nodes.add(PlanNode.of("MULTI-INDEX OR", sides));
  }

  private String line(Source source, String name, AccessPath path, boolean seeks) {
    String scan = seeks ? "SEARCH " : "SCAN ";
    if (path instanceof AccessPath.RowidLookup) {
      return "SEARCH " + name + " USING INTEGER PRIMARY KEY (rowid=?)";
    }
    if (path instanceof AccessPath.RowidRange range) {
      StringJoiner terms = new StringJoiner(" AND ", "(", ")");
      bounds(List.of("rowid"), range.lower(), range.upper(), terms);
      return "SEARCH " + name + " USING INTEGER PRIMARY KEY " + terms;
    }
    if (path instanceof AccessPath.IndexSearch search) {
      String verb = search.isScan() ? scan : "SEARCH ";
      return verb + index((Source.OfTable) source, name, search);
    }
    if (path instanceof AccessPath.HashLookup lookup) {
      return "SEARCH " + name + hash(lookup);
    }
    if (path instanceof AccessPath.Call call) {
      return "SCAN " + name + " VIRTUAL TABLE INDEX " + call.number() + ":";
    }
    return scan + name;
  }

  private String index(Source.OfTable source, String name, AccessPath.IndexSearch search) {
    boolean isTable =
        source.table().isWithoutRowid() && search.index().origin() == Index.Origin.PRIMARY_KEY;
    if (isTable) {
      return name + (search.isScan() ? "" : " USING PRIMARY KEY " + terms(source, search));
    }
    return name
        + (search.covering() && !rowsFollow ? " USING COVERING INDEX " : " USING INDEX ")
        + search.index().name()
        + (search.isScan() ? "" : " " + terms(source, search));
  }

  private static String terms(Source.OfTable source, AccessPath.IndexSearch search) {
    StringJoiner terms = new StringJoiner(" AND ", "(", ")");
    int column = 0;
    for (; column < search.skipped(); column++) {
      terms.add("ANY(" + columnName(source, search.index(), column) + ")");
    }
    for (; column < search.keyColumns(); column++) {
      terms.add(columnName(source, search.index(), column) + "=?");
    }
    List<String> ranged = new ArrayList<>();
    for (; column < search.index().columns().size(); column++) {
      ranged.add(columnName(source, search.index(), column));
    }
    bounds(ranged, search.lower(), search.upper(), terms);
    return terms.toString();
  }

  private static String columnName(Source.OfTable source, Index index, int position) {
    int column = index.column(position).column();
    if (column == IndexColumn.EXPRESSION) {
      return "<expr>";
    }
    return column == IndexColumn.ROWID ? "rowid" : source.table().column(column).name();
  }

  private static void bounds(
      List<String> columns,
      AccessPath.@Nullable Bound lower,
      AccessPath.@Nullable Bound upper,
      StringJoiner terms) {
    if (lower != null) {
      terms.add(bound(columns, lower, ">"));
    }
    if (upper != null) {
      terms.add(bound(columns, upper, "<"));
    }
  }

  /** Whether a bound itself is inside is not told. */
  private static String bound(List<String> columns, AccessPath.Bound bound, String operator) {
    int count = bound.values().size();
    if (count <= 1) {
      return columns.get(0) + operator + "?";
    }
    String names = String.join(",", columns.subList(0, count));
    return "(" + names + ")" + operator + "(" + "?,".repeat(count - 1) + "?)";
  }

  /** A hash tells at once, as SQLite's Bloom filter does, that there is no row to most keys. */
  private static boolean isBinary(AccessPath.HashLookup lookup) {
    return lookup.keys().stream().allMatch(key -> key.comparisonCollation() == Collation.BINARY);
  }

  private String hash(AccessPath.HashLookup lookup) {
    String partial = lookup.conditions().isEmpty() && !hasExists ? "" : "PARTIAL ";
    return " USING AUTOMATIC " + partial + "COVERING INDEX " + keys(lookup);
  }

  private static String keys(AccessPath.HashLookup lookup) {
    StringJoiner terms = new StringJoiner(" AND ", "(", ")");
    for (BoundCondition.Comparison key : lookup.keys()) {
      terms.add(((BoundExpression.Column) key.left()).name() + "=?");
    }
    return terms.toString();
  }

  private void queriesInKeys(AccessPath path) {
    if (path instanceof AccessPath.RowidLookup lookup) {
      keys(List.of(lookup.key()));
    } else if (path instanceof AccessPath.RowidRange range) {
      bound(range.lower());
      bound(range.upper());
    } else if (path instanceof AccessPath.IndexSearch search) {
      keys(search.equal());
      bound(search.lower());
      bound(search.upper());
    } else if (path instanceof AccessPath.Call call) {
      for (BoundExpression argument : call.arguments()) {
        plans.expression(argument, nodes);
      }
    } else if (path instanceof AccessPath.HashLookup lookup) {
      lookup.conditions().forEach(condition -> plans.expression(condition, nodes));
      lookup.keys().forEach(key -> plans.expression(key.right(), nodes));
    }
  }

  private void keys(List<AccessPath.KeyTerm> keys) {
    Set<Integer> described = new HashSet<>();
    for (AccessPath.KeyTerm key : keys) {
      if (key.in() != null && (key.number() == 0 || described.add(key.number()))) {
        new SubqueryDescriber(plans, nodes).describeKey(key);
      }
      plans.expression(key.value(), nodes);
    }
  }

  private void bound(AccessPath.@Nullable Bound bound) {
    if (bound != null) {
      bound.values().forEach(value -> plans.expression(value, nodes));
    }
  }
}
