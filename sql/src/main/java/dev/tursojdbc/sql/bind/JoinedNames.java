package dev.tursojdbc.sql.bind;

import dev.tursojdbc.sql.ast.Expression;
import dev.tursojdbc.sql.ast.FromClause;
import dev.tursojdbc.sql.ast.Name;
import dev.tursojdbc.sql.ast.ResultColumn;
import dev.tursojdbc.sql.ast.SelectCore;
import dev.tursojdbc.sql.ast.SelectStatement;
import dev.tursojdbc.sql.ast.With.CommonTableExpression;
import dev.tursojdbc.sql.schema.Names;
import dev.tursojdbc.storage.error.TursoException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What columns the sources of a FROM clause have, for USING: SQLite joins once it has found all
 * tables, before it looks for any column, so what is wrong with a USING is told before a column
 * that does not exist.
 *
 * <p>Queries are asked for the names that they write; those of a star are not known here, and
 * neither is then whether a USING that may mean them is right.
 */
final class JoinedNames {
  /**
   * A source.
   *
   * @param join null for the first one
   * @param names of its columns, as keys; null if they are not known
   */
  private record Part(FromClause.@Nullable Join join, @Nullable Set<String> names) {}

  private final List<Part> parts = new ArrayList<>();

  void add(@Nullable Set<String> names) {
    parts.add(new Part(null, names));
  }

  void add(FromClause.Join join, @Nullable Set<String> names) {
    parts.add(new Part(join, names));
  }

  /** Throws what is wrong with the first USING or NATURAL of which that is known. */
  void require() {
    Set<String> left = new HashSet<>();
    boolean known = true;
    for (Part part : parts) {
      FromClause.Join join = part.join();
      Set<String> right = part.names();
      if (join != null && join.natural()) {
        requireNatural(join);
      }
      for (Name name : join == null ? List.<Name>of() : join.using()) {
        String key = Names.key(name.text());
        if ((right != null && !right.contains(key)) || (known && !left.contains(key))) {
          throw notInBoth(name);
        }
      }
      known &= right != null;
      if (right != null) {
        left.addAll(right);
      }
    }
  }

  static void requireNatural(FromClause.Join join) {
    if (join.on() != null || !join.using().isEmpty()) {
      throw BindErrors.error("a NATURAL join may not have an ON or USING clause");
    }
  }

  static TursoException notInBoth(Name name) {
    return BindErrors.error(
        "cannot join using column " + name.text() + " - column not present in both tables");
  }

  /** The columns of all sources; null if some are not known. */
  @Nullable Set<String> all() {
    Set<String> all = new HashSet<>();
    for (Part part : parts) {
      Set<String> names = part.names();
      if (names == null) {
        return null;
      }
      all.addAll(names);
    }
    return all;
  }

  static Set<String> of(Source source) {
    Set<String> names = new HashSet<>();
    source.columns().forEach(column -> names.add(Names.key(column.name())));
    return names;
  }

  /** The columns of a common table expression, of which there must be as many as it names. */
  static @Nullable Set<String> of(CommonTableExpression table) {
    if (table.columns().isEmpty()) {
      return of(table.query());
    }
    if (!table.query().isCompound()
        && table.query().core() instanceof SelectCore.Select select
        && of(table.query()) != null) {
      CommonTableBinder.checkColumns(table, select.columns().size());
    }
    Set<String> names = new HashSet<>();
    table.columns().forEach(column -> names.add(Names.key(column.text())));
    return names;
  }

  /** The columns that a query writes; null if there is a star. */
  static @Nullable Set<String> of(SelectStatement query) {
    if (!(query.core() instanceof SelectCore.Select select)) {
      return null;
    }
    Set<String> names = new HashSet<>();
    for (ResultColumn column : select.columns()) {
      if (!(column instanceof ResultColumn.Of of)) {
        return null;
      }
      Name alias = of.alias();
      if (alias != null) {
        names.add(Names.key(alias.text()));
      } else if (of.expression() instanceof Expression.ColumnReference reference) {
        names.add(Names.key(reference.column().text()));
      } else {
        names.add(Names.key(of.text()));
      }
    }
    return names;
  }
}
