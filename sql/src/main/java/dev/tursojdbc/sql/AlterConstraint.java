package dev.tursojdbc.sql;

import dev.tursojdbc.sql.alter.AlteredTable;
import dev.tursojdbc.sql.alter.ConstraintText;
import dev.tursojdbc.sql.ast.AlterTableStatement;
import dev.tursojdbc.sql.ast.Name;
import dev.tursojdbc.sql.bind.Binder;
import dev.tursojdbc.sql.bind.Restriction;
import dev.tursojdbc.sql.bind.Scope;
import dev.tursojdbc.sql.bind.Source;
import dev.tursojdbc.sql.parse.Identifiers;
import dev.tursojdbc.sql.schema.Names;
import dev.tursojdbc.storage.error.ErrorCode;
import dev.tursojdbc.storage.error.TursoException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** ALTER TABLE that puts CHECK or NOT NULL into a table's text, or takes a constraint out. */
final class AlterConstraint extends SchemaRewrite {
  private final String text;

  /** A condition that no row may fulfil, or null. */
  private final @Nullable String violation;

  private AlterConstraint(
      Session session, AlteredTable altered, String text, @Nullable String violation) {
    super(session, altered);
    this.text = text;
    this.violation = violation;
  }

  static Program addCheck(
      Session session, AlteredTable altered, AlterTableStatement.AddCheck statement) {
    ConstraintText text = new ConstraintText(altered.table().sql());
    Name name = statement.check().name();
    if (name != null && text.isNamed(name.text())) {
      throw error("constraint " + name.text() + " already exists");
    }
    Binder binder = new Binder(session.compiler().bindingContext());
    Source.OfRow row = binder.row(altered.table(), altered.databaseName(), altered.table().name());
    binder.expression(
        statement.check().condition(), Scope.of(List.of(row)).restrictedTo(Restriction.CHECK));
    return new AlterConstraint(
        session,
        altered,
        text.withTableConstraint(statement.text()),
        "NOT (" + statement.check().text() + "\n)");
  }

  static Program setNotNull(
      Session session, AlteredTable altered, int column, AlterTableStatement.SetNotNull statement) {
    String name = Identifiers.quote(altered.table().column(column).name());
    return new AlterConstraint(
        session,
        altered,
        new ConstraintText(altered.table().sql()).withNotNull(column, statement.text()),
        name + " IS NULL");
  }

  static Program dropNotNull(Session session, AlteredTable altered, int column) {
    String text = new ConstraintText(altered.table().sql()).withoutNotNull(column);
    return new AlterConstraint(session, altered, text, null);
  }

  static Program drop(Session session, AlteredTable altered, String name) {
    String text = new ConstraintText(altered.table().sql()).without(name);
    return new AlterConstraint(session, altered, text, null);
  }

  @Override
  void rewrite(SchemaWriter writer) {
    if (violation != null && new InternalQuery(session).hasRow(rowsThat(violation))) {
      throw new TursoException(ErrorCode.CONSTRAINT);
    }
    rewrite(
        writer,
        row -> row.type().equals("table") && Names.same(row.name(), table.name()),
        (database, row) -> text);
    reload(writer, violation == null ? "after drop constraint" : "after add constraint");
  }

  private String rowsThat(String condition) {
    return "SELECT 1 FROM "
        + Identifiers.quote(altered.databaseName())
        + "."
        + Identifiers.quote(table.name())
        + " WHERE "
        + condition;
  }
}
