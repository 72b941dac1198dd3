package dev.tursojdbc.sql.bind;

import dev.tursojdbc.sql.ast.FromClause;
import dev.tursojdbc.sql.ast.SelectCore;
import dev.tursojdbc.sql.ast.SelectStatement;
import dev.tursojdbc.sql.ast.SelectStatement.CompoundOperator;
import dev.tursojdbc.sql.ast.SelectStatement.CompoundTerm;
import dev.tursojdbc.sql.ast.TableReference;
import dev.tursojdbc.sql.ast.With.CommonTableExpression;
import dev.tursojdbc.sql.schema.Names;
import dev.tursojdbc.storage.record.Collation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Binds the query of a common table expression, where it is referred to.
 *
 * <p>It is recursive if the last queries of a UNION or UNION ALL have its name directly in their
 * FROM; those before are the initial ones. Anywhere else its own name is an error.
 */
final class CommonTableBinder {
  private final Binder binder;

  CommonTableBinder(Binder binder) {
    this.binder = binder;
  }

  BoundQuery bind(CommonTables.Found found) {
    CommonTableExpression table = found.table();
    SelectStatement statement = table.query();
    int first = firstRecursive(table);
    BoundQuery query =
        first < 0 ? bindPlain(found, statement) : bindRecursive(found, statement, first);
    if (first < 0) {
      checkColumns(table, query.columns().size());
    }
    return query;
  }

  static void checkColumns(CommonTableExpression table, int count) {
    int names = table.columns().size();
    if (names != 0 && names != count) {
      throw BindErrors.error(
          "table " + table.name().text() + " has " + count + " values for " + names + " columns");
    }
  }

  private BoundQuery bindPlain(CommonTables.Found found, SelectStatement statement) {
    String name = found.table().name().text();
    binder.expansions.add(new Binder.Expansion(found.table(), null, "circular reference: " + name));
    BoundQuery query = new QueryBinder(binder).bind(statement, found.in().around, found.in());
    binder.expansions.remove(binder.expansions.size() - 1);
    return query;
  }

  private BoundQuery bindRecursive(
      CommonTables.Found found, SelectStatement statement, int firstRecursive) {
    CommonTableExpression table = found.table();
    String name = table.name().text();
    CommonTables common =
        statement.with() == null
            ? found.in()
            : new CommonTables(found.in(), found.in().around, statement.with().tables());
    SelectStatement initialStatement =
        new SelectStatement(
            null,
            statement.core(),
            statement.compound().subList(0, firstRecursive),
            List.of(),
            null,
            statement.span());
    binder.expansions.add(new Binder.Expansion(table, null, "circular reference: " + name));
    BoundQuery initial = new QueryBinder(binder).bind(initialStatement, found.in().around, common);
    binder.expansions.remove(binder.expansions.size() - 1);
    checkColumns(table, initial.columns().size());

    List<String> names = table.columns().stream().map(n -> n.text()).toList();
    Binder.Recursion recursion =
        new Binder.Recursion(binder.newSource(), name, QueryColumns.ofQuery(initial, names));
    binder.expansions.add(
        new Binder.Expansion(table, recursion, "recursive reference in a subquery: " + name));
    List<BoundQuery> recursive = new ArrayList<>();
    for (CompoundTerm term :
        statement.compound().subList(firstRecursive, statement.compound().size())) {
      BoundQuery part =
          new QueryBinder(binder).bindRecursive(term.core(), found.in().around, common, recursion);
      if (part.columns().size() != initial.columns().size()) {
        throw CompoundBinder.countMismatch(term.operator());
      }
      if (!binder.onlyNames()) {
        requireRecursive(part);
      }
      recursive.add(part);
    }
    binder.expansions.remove(binder.expansions.size() - 1);

    boolean distinct =
        statement.compound().get(firstRecursive).operator() == CompoundOperator.UNION;
    List<Collation> collations =
        initial.columns().stream().map(c -> Comparisons.collation(c.expression())).toList();
    if (distinct) {
      collations.forEach(UnknownCollation::required);
    }
    CompoundBinder compound = new CompoundBinder(binder, found.in().around, common);
    List<BoundQuery> parts = new ArrayList<>();
    parts.add(initial);
    parts.addAll(recursive);
    return new BoundQuery.Recursive(
        recursion.number(),
        initial,
        recursive,
        distinct,
        initial.columns(),
        collations,
        compound.orderBy(statement.orderBy(), parts, collations),
        compound.limit(statement.limit() == null ? null : statement.limit().count()),
        compound.limit(statement.limit() == null ? null : statement.limit().offset()));
  }

  private static void requireRecursive(BoundQuery part) {
    if (part instanceof BoundQuery.Select select && select.aggregate()) {
      throw BindErrors.error("recursive aggregate queries not supported");
    }
    if (part instanceof BoundQuery.Select select && !select.windows().isEmpty()) {
      throw BindErrors.error("cannot use window functions in recursive queries");
    }
  }

  /** Index among the compound terms of the first recursive one, or -1. */
  private static int firstRecursive(CommonTableExpression table) {
    List<CompoundTerm> terms = table.query().compound();
    String name = table.name().text();
    int first = -1;
    CompoundOperator operator = null;
    for (int i = terms.size() - 1; i >= 0; i--) {
      CompoundTerm term = terms.get(i);
      boolean mayRecur =
          term.operator() == CompoundOperator.UNION
              || term.operator() == CompoundOperator.UNION_ALL;
      if (!mayRecur || (operator != null && term.operator() != operator)) {
        break;
      }
      int references = references(term.core(), name);
      if (references == 0) {
        break;
      }
      if (references > 1) {
        throw BindErrors.error("multiple references to recursive table: " + name);
      }
      operator = term.operator();
      first = i;
    }
    return first;
  }

  private static int references(SelectCore core, String name) {
    if (!(core instanceof SelectCore.Select select) || select.from() == null) {
      return 0;
    }
    FromClause from = select.from();
    int count = isReference(from.first(), name) ? 1 : 0;
    for (FromClause.Join join : from.joins()) {
      if (isReference(join.table(), name)) {
        count++;
      }
    }
    if (from.first() instanceof TableReference.Group group && group.alias() == null) {
      count += references(group.from(), name);
    }
    return count;
  }

  private static int references(FromClause from, String name) {
    int count = isReference(from.first(), name) ? 1 : 0;
    for (FromClause.Join join : from.joins()) {
      if (isReference(join.table(), name)) {
        count++;
      }
    }
    return count;
  }

  private static boolean isReference(@Nullable TableReference reference, String name) {
    return reference instanceof TableReference.Table table
        && table.name().schema() == null
        && Names.same(table.name().name().text(), name);
  }
}
