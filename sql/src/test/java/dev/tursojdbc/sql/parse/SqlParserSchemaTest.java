package dev.tursojdbc.sql.parse;

import static dev.tursojdbc.sql.parse.SqlParserStatementTest.parse;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tursojdbc.sql.ast.AlterTableStatement;
import dev.tursojdbc.sql.ast.ColumnConstraint;
import dev.tursojdbc.sql.ast.ColumnDefinition;
import dev.tursojdbc.sql.ast.ConflictAction;
import dev.tursojdbc.sql.ast.CreateIndexStatement;
import dev.tursojdbc.sql.ast.CreateTableStatement;
import dev.tursojdbc.sql.ast.CreateTriggerStatement;
import dev.tursojdbc.sql.ast.CreateViewStatement;
import dev.tursojdbc.sql.ast.CreateVirtualTableStatement;
import dev.tursojdbc.sql.ast.Expression;
import dev.tursojdbc.sql.ast.ForeignKeyClause;
import dev.tursojdbc.sql.ast.TableConstraint;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SqlParserSchemaTest {
  private static ColumnDefinition column(String definition) {
    return parse("CREATE TABLE t(" + definition + ")", CreateTableStatement.class).columns().get(0);
  }

  private static <T> T constraint(String definition, Class<T> kind) {
    return kind.cast(column("a " + definition).constraints().get(0));
  }

  private static <T> T tableConstraint(String definition, Class<T> kind) {
    return kind.cast(
        parse("CREATE TABLE t(a, " + definition + ")", CreateTableStatement.class)
            .constraints()
            .get(0));
  }

  @Test
  void createTableKnowsItsOptions() {
    CreateTableStatement create =
        parse(
            "CREATE TEMP TABLE IF NOT EXISTS temp.t(a INT, b) WITHOUT ROWID, STRICT",
            CreateTableStatement.class);

    assertThat(create.temporary()).isTrue();
    assertThat(create.ifNotExists()).isTrue();
    assertThat(create.table().schema()).hasToString("temp");
    assertThat(create.options()).isEqualTo(new CreateTableStatement.Options(true, true));
    assertThat(create.columns()).hasSize(2);
  }

  @Test
  void createTableAsKeepsItsQuery() {
    CreateTableStatement create = parse("CREATE TABLE t AS SELECT 1", CreateTableStatement.class);

    assertThat(create.asSelect()).isNotNull();
    assertThat(create.schemaSql()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      quoteCharacter = '^',
      value = {
        "a INTEGER # INTEGER",
        "a # ^^",
        "a VARCHAR ( 10 , -2 ) NOT NULL # VARCHAR ( 10 , -2 )",
        "a LONG LONG INT # LONG LONG INT",
        "a \"my type\" # my type",
        "a INT GENERATED ALWAYS AS (1) # INT",
        "a GENERATED ALWAYS AS (1) # ^^",
        "a AS (1) # ^^",
      })
  void typesKeepTheirText(String definition, String type) {
    assertThat(column(definition).type()).isEqualTo(type.isEmpty() ? null : type);
  }

  @Test
  void columnConstraintsKeepAllTheirParts() {
    ColumnConstraint.PrimaryKey key =
        constraint(
            "CONSTRAINT k PRIMARY KEY DESC ON CONFLICT REPLACE AUTOINCREMENT",
            ColumnConstraint.PrimaryKey.class);
    assertThat(key.name()).hasToString("k");
    assertThat(key.direction()).isNotNull();
    assertThat(key.onConflict()).isEqualTo(ConflictAction.REPLACE);
    assertThat(key.autoincrement()).isTrue();
    assertThat(constraint("NOT NULL ON CONFLICT FAIL", ColumnConstraint.NotNull.class).onConflict())
        .isEqualTo(ConflictAction.FAIL);
    assertThat(constraint("UNIQUE", ColumnConstraint.Unique.class).onConflict()).isNull();
    assertThat(constraint("CHECK ( a  > 0 )", ColumnConstraint.Check.class).text())
        .isEqualTo("a  > 0");
    assertThat(constraint("COLLATE nocase", ColumnConstraint.Collate.class).collation())
        .hasToString("nocase");
    assertThat(constraint("AS (1) STORED", ColumnConstraint.Generated.class).isStored()).isTrue();
    assertThat(constraint("AS (1) VIRTUAL", ColumnConstraint.Generated.class).isStored()).isFalse();
    constraint("NULL ON CONFLICT IGNORE", ColumnConstraint.Null.class);
  }

  @Test
  void aConstraintNameHoldsUpToTheNextColumn() {
    CreateTableStatement create =
        parse(
            "CREATE TABLE t(a CONSTRAINT x CHECK (1) CHECK (2), b CHECK (3), CONSTRAINT y CHECK (4)"
                + " CHECK (5), CHECK (6))",
            CreateTableStatement.class);

    assertThat(create.columns().get(0).constraints())
        .extracting(constraint -> String.valueOf(constraint.name()))
        .containsExactly("x", "x");
    assertThat(create.columns().get(1).constraints())
        .extracting(constraint -> String.valueOf(constraint.name()))
        .containsExactly("null");
    assertThat(create.constraints())
        .extracting(constraint -> String.valueOf(constraint.name()))
        .containsExactly("y", "y", "null");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      quoteCharacter = '^',
      value = {
        "DEFAULT 5 # 5 # IntegerLiteral",
        "DEFAULT - 5 # - 5 # Unary",
        "DEFAULT +3.0 # +3.0 # RealLiteral",
        "DEFAULT 'x''y' # 'x''y' # StringLiteral",
        "DEFAULT ( 1 + 2 ) # 1 + 2 # Binary",
        "DEFAULT abc # abc # StringLiteral",
        "DEFAULT \"x y\" # \"x y\" # StringLiteral",
        "DEFAULT true # true # ColumnReference",
        "DEFAULT NULL # NULL # NullLiteral",
        "DEFAULT current_time # current_time # CurrentTime",
        "DEFAULT x'ab' # x'ab' # BlobLiteral",
        "DEFAULT replace # replace # StringLiteral",
      })
  void defaultsKeepTheirText(String definition, String text, String kind) {
    ColumnConstraint.Default value = constraint(definition, ColumnConstraint.Default.class);

    assertThat(value.text()).isEqualTo(text);
    assertThat(value.value().getClass().getSimpleName()).isEqualTo(kind);
  }

  @Test
  void aDefaultIsNotTakenForMore() {
    assertThat(column("a DEFAULT 1 NOT NULL").constraints()).hasSize(2);
    assertThat(column("a DEFAULT abc UNIQUE").constraints()).hasSize(2);
    assertThat(
            ((Expression.StringLiteral)
                    constraint("DEFAULT \"x y\"", ColumnConstraint.Default.class).value())
                .value())
        .isEqualTo("x y");
  }

  @Test
  void foreignKeysKeepAllTheirParts() {
    ForeignKeyClause clause =
        constraint(
                "REFERENCES p(x, y) ON DELETE SET NULL ON UPDATE CASCADE MATCH FULL DEFERRABLE"
                    + " INITIALLY DEFERRED",
                ColumnConstraint.References.class)
            .clause();

    assertThat(clause.table()).hasToString("p");
    assertThat(clause.columns()).hasSize(2);
    assertThat(clause.onDelete()).isEqualTo(ForeignKeyClause.Action.SET_NULL);
    assertThat(clause.onUpdate()).isEqualTo(ForeignKeyClause.Action.CASCADE);
    assertThat(clause.match()).hasToString("FULL");
    assertThat(clause.deferred()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "DEFERRABLE INITIALLY DEFERRED, true",
    "DEFERRABLE INITIALLY IMMEDIATE, false",
    "DEFERRABLE, false",
    "NOT DEFERRABLE INITIALLY DEFERRED, false",
    "'', false",
  })
  void onlyInitiallyDeferredIsDeferred(String deferral, boolean deferred) {
    TableConstraint.ForeignKey key =
        tableConstraint(
            "FOREIGN KEY (a) REFERENCES p " + deferral, TableConstraint.ForeignKey.class);

    assertThat(key.clause().deferred()).isEqualTo(deferred);
  }

  @Test
  void tableConstraintsKeepAllTheirParts() {
    TableConstraint.PrimaryKey key =
        tableConstraint(
            "CONSTRAINT k PRIMARY KEY (a COLLATE nocase DESC, b) ON CONFLICT ABORT",
            TableConstraint.PrimaryKey.class);
    assertThat(key.name()).hasToString("k");
    assertThat(key.columns()).hasSize(2);
    assertThat(key.columns().get(0).expression()).isInstanceOf(Expression.Collate.class);
    assertThat(key.onConflict()).isEqualTo(ConflictAction.ABORT);
    assertThat(
            tableConstraint("PRIMARY KEY (a AUTOINCREMENT)", TableConstraint.PrimaryKey.class)
                .autoincrement())
        .isTrue();
    assertThat(tableConstraint("UNIQUE (a)", TableConstraint.Unique.class).columns()).hasSize(1);
    assertThat(tableConstraint("CHECK ( a )", TableConstraint.Check.class).text()).isEqualTo("a");
  }

  @Test
  void createIndexKeepsAllItsParts() {
    CreateIndexStatement create =
        parse(
            "CREATE UNIQUE INDEX IF NOT EXISTS main.i ON t(a COLLATE nocase, b + 1 DESC) WHERE c",
            CreateIndexStatement.class);

    assertThat(create.unique()).isTrue();
    assertThat(create.ifNotExists()).isTrue();
    assertThat(create.terms()).hasSize(2);
    assertThat(create.where()).isNotNull();
  }

  @Test
  void createTriggerKeepsAllItsParts() {
    CreateTriggerStatement create =
        parse(
            "CREATE TEMP TRIGGER IF NOT EXISTS r INSTEAD OF UPDATE OF a, b ON main.v FOR EACH ROW WHEN"
                + " new.a BEGIN INSERT OR FAIL INTO t SELECT 1 ON CONFLICT DO NOTHING; UPDATE t SET a = 1"
                + " FROM u WHERE b; DELETE FROM t; WITH x AS (SELECT 1) SELECT RAISE(IGNORE); END",
            CreateTriggerStatement.class);

    assertThat(create.temporary()).isTrue();
    assertThat(create.time()).isEqualTo(CreateTriggerStatement.Time.INSTEAD_OF);
    assertThat(create.event()).isEqualTo(CreateTriggerStatement.Event.UPDATE);
    assertThat(create.updateOf()).hasSize(2);
    assertThat(create.table().schema()).hasToString("main");
    assertThat(create.when()).isNotNull();
    assertThat(create.body())
        .extracting(statement -> statement.getClass().getSimpleName())
        .containsExactly(
            "InsertStatement", "UpdateStatement", "DeleteStatement", "SelectStatement");
  }

  @Test
  void moduleArgumentsAreText() {
    CreateVirtualTableStatement create =
        parse(
            "CREATE VIRTUAL TABLE IF NOT EXISTS t USING m( a ; b , c(d, e) , 'x,y', )",
            CreateVirtualTableStatement.class);

    assertThat(create.module()).hasToString("m");
    assertThat(create.arguments()).containsExactly("a ; b", "c(d, e)", "'x,y'", "");
    assertThat(
            parse("CREATE VIRTUAL TABLE t USING m", CreateVirtualTableStatement.class).arguments())
        .isEmpty();
  }

  @Test
  void alterTableHasAllItsForms() {
    assertThat(change("RENAME TO u")).isInstanceOf(AlterTableStatement.RenameTable.class);
    assertThat(change("RENAME a TO b")).isInstanceOf(AlterTableStatement.RenameColumn.class);
    assertThat(change("RENAME COLUMN a TO column"))
        .isInstanceOf(AlterTableStatement.RenameColumn.class);
    assertThat(((AlterTableStatement.AddColumn) change("ADD COLUMN a INT /* x */ ;")).text())
        .isEqualTo("a INT /* x */");
    assertThat(change("DROP a")).isInstanceOf(AlterTableStatement.DropColumn.class);
    assertThat(change("DROP CONSTRAINT a")).isInstanceOf(AlterTableStatement.DropConstraint.class);
    assertThat(((AlterTableStatement.AddCheck) change("ADD CONSTRAINT c CHECK (a)")).text())
        .isEqualTo("CONSTRAINT c CHECK (a)");
    assertThat(((AlterTableStatement.SetNotNull) change("ALTER a SET NOT NULL")).text())
        .isEqualTo("NOT NULL");
    assertThat(change("ALTER COLUMN a DROP NOT NULL"))
        .isInstanceOf(AlterTableStatement.DropNotNull.class);
  }

  private static AlterTableStatement.Change change(String sql) {
    return parse("ALTER TABLE t " + sql, AlterTableStatement.class).change();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE  TABLE IF NOT EXISTS main . /* c */ x ( a , b )  /* d */ ;",
        "create temp table x(a int) strict  /* d */  ;",
        "CREATE TABLE \"x\"(a, b) WITHOUT ROWID, STRICT -- e",
        "CREATE UNIQUE INDEX IF NOT EXISTS main.i ON t ( a )  /* d */  ",
        "CREATE INDEX i ON t(a) WHERE b ;",
        "CREATE VIEW IF NOT EXISTS v(x) AS SELECT a FROM t  /* d */  ",
        "CREATE TEMPORARY TRIGGER r AFTER INSERT ON main.t BEGIN SELECT 1 ; END  /* d */",
      })
  void schemaTextIsSqlites(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite::memory:");
        Statement statement = connection.createStatement()) {
      statement.executeUpdate("CREATE TABLE t(a PRIMARY KEY, b) STRICT".replace(" STRICT", ""));
      String setup =
          sql.contains("STRICT") ? sql.replace("(a, b)", "(a INT PRIMARY KEY, b INT)") : sql;
      statement.executeUpdate(setup);

      try (ResultSet rows =
          statement.executeQuery(
              "SELECT sql FROM (SELECT * FROM sqlite_schema UNION ALL SELECT * FROM sqlite_temp_schema)"
                  + " WHERE name IN ('x', 'i', 'v', 'r')")) {
        rows.next();
        assertThat(schemaSql(setup)).isEqualTo(rows.getString(1));
      }
    }
  }

  private static String schemaSql(String sql) {
    dev.tursojdbc.sql.ast.Statement statement = SqlParser.parse(sql, 0).statement();
    if (statement instanceof CreateTableStatement create) {
      return create.schemaSql();
    }
    if (statement instanceof CreateIndexStatement create) {
      return create.schemaSql();
    }
    if (statement instanceof CreateViewStatement create) {
      return create.schemaSql();
    }
    return ((CreateTriggerStatement) statement).schemaSql();
  }

  @Test
  void everythingWrittenToTheSchemaCanBeReadBack() {
    CreateTableStatement create =
        parse("CREATE TEMP TABLE main.x(a INT, b)", CreateTableStatement.class);

    assertThat(parse(create.schemaSql(), CreateTableStatement.class).columns())
        .isEqualTo(create.columns());
  }
}
