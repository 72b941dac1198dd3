package dev.tursojdbc.sql.bind;

import dev.tursojdbc.sql.ast.Name;
import dev.tursojdbc.sql.schema.Names;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What names mean at one place: the sources of one query block, its result columns' aliases, and
 * around them the scope of the query outside.
 *
 * <p>A query that is being bound changes it clause by clause: what may be aggregated where, and
 * when aliases begin to count. Aggregates that are found belong to the innermost scope whose
 * columns they use, which makes that block an aggregate query.
 */
public final class Scope {

  /**
   * A source among those of the scope.
   *
   * @param using columns of its USING or NATURAL
   */
  record Entry(Source source, JoinKind join, List<Name> using) {
    boolean uses(String columnName) {
      return using.stream().anyMatch(name -> Names.same(name.text(), columnName));
    }
  }

  /** Where aggregates and window functions may stand. */
  enum Clause {
    /** Result columns, ORDER BY: aggregates and window functions. */
    RESULT(true, true),
    /** HAVING: aggregates. */
    HAVING(true, false),
    /** WHERE of a query with groups, VALUES: aggregates, but only those of a query around it. */
    WHERE_OF_GROUPS(true, false),
    /** ORDER BY of a query without groups: window functions, aggregates of a query around it. */
    ORDER_OF_ROWS(true, true),
    /** GROUP BY: refuses aggregates in words of its own. */
    GROUP_BY(true, false),
    /** All others. */
    ROW(false, false);

    final boolean aggregates;
    final boolean windows;

    Clause(boolean aggregates, boolean windows) {
      this.aggregates = aggregates;
      this.windows = windows;
    }

    /** Whether the query's own groups are there to be aggregated. */
    boolean computesAggregates() {
      return this != WHERE_OF_GROUPS && this != ORDER_OF_ROWS && this != ROW;
    }
  }

  final @Nullable Scope outer;
  final @Nullable CommonTables commonTables;
  final List<Entry> entries = new ArrayList<>();
  final List<AggregateCall> aggregates = new ArrayList<>();
  final List<WindowCall> windows = new ArrayList<>();

  /** Result columns whose aliases are visible; empty until they are bound. */
  List<ResultColumn> aliases = List.of();

  /** The windows that OVER may name. */
  WindowDefinitions windowDefinitions = WindowDefinitions.NONE;

  Clause clause = Clause.ROW;
  int aggregateSource = -1;
  int windowSource = -1;

  /** What is prohibited in here and why, or null: an ordinary place. */
  @Nullable Restriction restriction;

  /** The recursion whose row the FROM may name once more; only where a FROM is recursive. */
  Binder.@Nullable Recursion recursion;

  /** Whether RAISE may stand here. */
  boolean inTrigger;

  /** Whether it is a DEFAULT, which SQLite computes without having resolved its names. */
  private boolean inDefault;

  Scope(@Nullable Scope outer, @Nullable CommonTables commonTables) {
    this.outer = outer;
    this.commonTables = commonTables;
    if (outer != null) {
      restriction = outer.restriction;
      inTrigger = outer.inTrigger;
    }
  }

  /** A scope of these sources, each under its name; none is joined to another. */
  public static Scope of(List<? extends Source> sources) {
    Scope scope = new Scope(null, null);
    for (Source source : sources) {
      scope.entries.add(new Entry(source, JoinKind.INNER, List.of()));
    }
    return scope;
  }

  /** Where LIMIT and OFFSET stand: no names of columns mean anything there, but NEW and OLD do. */
  static Scope ofLimit(@Nullable Scope around, @Nullable CommonTables commonTables) {
    Scope rows = around;
    while (rows != null
        && (rows.entries.isEmpty()
            || !rows.entries.stream().allMatch(entry -> entry.source().needsQualifier()))) {
      rows = rows.outer;
    }
    return new Scope(rows, commonTables);
  }

  /** A scope without names. */
  public static Scope empty() {
    return new Scope(null, null);
  }

  /** Where a DEFAULT is computed: no names, and functions are known by name and count only. */
  static Scope ofDefault() {
    Scope scope = empty();
    scope.inDefault = true;
    return scope;
  }

  /** Forbids what must not stand in a CHECK, a DEFAULT, an index and so on. */
  public Scope restrictedTo(Restriction newRestriction) {
    restriction = newRestriction;
    return this;
  }

  /** The rows of a VALUES of several are no place for aggregates. */
  public Scope inRows() {
    clause = Clause.WHERE_OF_GROUPS;
    return this;
  }

  /** Allows RAISE. */
  public Scope inTrigger() {
    inTrigger = true;
    return this;
  }

  boolean isDefault() {
    return inDefault;
  }

  void add(Source source, JoinKind join, List<Name> using) {
    entries.add(new Entry(source, join, using));
  }
}
