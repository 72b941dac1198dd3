package dev.tursojdbc.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@link DatabaseMetaData} lists, and that none of its methods fails. */
class DatabaseMetaDataTest extends ConnectionFixture {
  private DatabaseMetaData metadata;

  @BeforeEach
  void schema() throws SQLException {
    metadata = connection.getMetaData();
    execute(
        "CREATE TABLE parent(id INTEGER PRIMARY KEY, code VARCHAR(10) UNIQUE NOT NULL)",
        "CREATE TABLE two_keys(y INT, x TEXT, CONSTRAINT pk_two PRIMARY KEY (x, y)) WITHOUT ROWID",
        "CREATE TABLE child(p INTEGER REFERENCES parent ON DELETE CASCADE, a TEXT, b INT,"
            + " price DECIMAL(10,2) DEFAULT 1.5, twice INT AS (b * 2),"
            + " CONSTRAINT fk_two FOREIGN KEY (a, b) REFERENCES two_keys(x, y)"
            + " ON UPDATE SET NULL DEFERRABLE INITIALLY DEFERRED)",
        "CREATE INDEX child_price ON child(price DESC, lower(a)) WHERE price > 0",
        "CREATE VIEW seen AS SELECT id, code AS c FROM parent",
        "CREATE TEMP TABLE scratch(z)");
  }

  /** Some columns of a result, with bars between them and slashes between rows. */
  private static String pick(ResultSet rows, String... columns) throws SQLException {
    List<String> lines = new ArrayList<>();
    while (rows.next()) {
      List<String> values = new ArrayList<>();
      for (String column : columns) {
        values.add(rows.getString(column));
      }
      lines.add(String.join("|", values));
    }
    return String.join("/", lines);
  }

  @Test
  void tables() throws SQLException {
    assertThat(pick(metadata.getTables(null, null, "%", null), "TABLE_NAME", "TABLE_TYPE"))
        .isEqualTo(
            "scratch|GLOBAL TEMPORARY/sqlite_master|SYSTEM TABLE/sqlite_temp_master|SYSTEM TABLE"
                + "/child|TABLE/parent|TABLE/two_keys|TABLE/seen|VIEW");
    String[] tables = {"TABLE"};
    assertThat(pick(metadata.getTables(null, "", "%AR%", tables), "TABLE_NAME"))
        .isEqualTo("parent");
    assertThat(pick(metadata.getTables(null, null, "two\\_k%", tables), "TABLE_NAME"))
        .isEqualTo("two_keys");
    assertThat(pick(metadata.getTables("other", null, "%", null), "TABLE_NAME")).isEmpty();
    assertThat(pick(metadata.getTables(null, "main", "%", null), "TABLE_NAME")).isEmpty();
  }

  @Test
  void columns() throws SQLException {
    assertThat(
            pick(
                metadata.getColumns(null, null, "child", "%"),
                "COLUMN_NAME",
                "DATA_TYPE",
                "TYPE_NAME",
                "COLUMN_SIZE",
                "DECIMAL_DIGITS",
                "COLUMN_DEF",
                "ORDINAL_POSITION",
                "IS_GENERATEDCOLUMN"))
        .isEqualTo(
            "p|4|INTEGER|null|null|null|1|NO/a|12|TEXT|null|null|null|2|NO"
                + "/b|4|INT|null|null|null|3|NO/price|3|DECIMAL|10|2|1.5|4|NO"
                + "/twice|4|INT|null|null|null|5|YES");
    assertThat(
            pick(
                metadata.getColumns(null, null, "parent", null),
                "COLUMN_NAME",
                "IS_NULLABLE",
                "IS_AUTOINCREMENT"))
        .isEqualTo("id|NO|YES/code|NO|NO");
    assertThat(pick(metadata.getColumns(null, null, "seen", "%"), "COLUMN_NAME", "TYPE_NAME"))
        .isEqualTo("id|INTEGER/c|VARCHAR");
    try (ResultSet row = metadata.getColumns(null, null, "parent", "id")) {
      assertThat(row.next()).isTrue();
      assertThat(row.getInt("DATA_TYPE")).isEqualTo(Types.INTEGER);
      assertThat(row.getObject("NULLABLE")).isEqualTo(DatabaseMetaData.columnNoNulls);
    }
  }

  @Test
  void manyColumnsAreNoProblem() throws SQLException {
    StringBuilder table = new StringBuilder("CREATE TABLE wide(c0");
    for (int i = 1; i < 1500; i++) {
      table.append(", c").append(i);
    }
    execute(table.append(')').toString());
    try (ResultSet rows = metadata.getColumns(null, null, "wide", "%")) {
      int count = 0;
      while (rows.next()) {
        count++;
      }
      assertThat(count).isEqualTo(1500);
    }
  }

  @Test
  void primaryKeys() throws SQLException {
    assertThat(
            pick(
                metadata.getPrimaryKeys(null, null, "TWO_KEYS"),
                "COLUMN_NAME",
                "KEY_SEQ",
                "PK_NAME"))
        .isEqualTo("x|1|pk_two/y|2|pk_two");
    assertThat(pick(metadata.getPrimaryKeys(null, null, "parent"), "COLUMN_NAME", "PK_NAME"))
        .isEqualTo("id|null");
    assertThat(pick(metadata.getPrimaryKeys(null, null, "absent"), "COLUMN_NAME")).isEmpty();
    assertThat(pick(metadata.getPrimaryKeys(null, null, "%"), "TABLE_NAME", "COLUMN_NAME"))
        .isEqualTo("parent|id/two_keys|x/two_keys|y");
  }

  @Test
  void foreignKeys() throws SQLException {
    String[] columns = {
      "PKTABLE_NAME",
      "PKCOLUMN_NAME",
      "FKCOLUMN_NAME",
      "KEY_SEQ",
      "UPDATE_RULE",
      "DELETE_RULE",
      "FK_NAME",
      "PK_NAME",
      "DEFERRABILITY"
    };
    String toParent = "parent|id|p|1|3|0|fk_child_parent_1|null|7";
    String toTwoKeys = "two_keys|x|a|1|2|3|fk_two|pk_two|5/two_keys|y|b|2|2|3|fk_two|pk_two|5";
    assertThat(pick(metadata.getImportedKeys(null, null, "child"), columns))
        .isEqualTo(toParent + "/" + toTwoKeys);
    assertThat(pick(metadata.getExportedKeys(null, null, "two_keys"), columns))
        .isEqualTo(toTwoKeys);
    assertThat(pick(metadata.getCrossReference(null, null, "parent", null, null, "child"), columns))
        .isEqualTo(toParent);
    assertThat(pick(metadata.getImportedKeys(null, null, "parent"), columns)).isEmpty();
  }

  @Test
  void indexes() throws SQLException {
    assertThat(
            pick(
                metadata.getIndexInfo(null, null, "child", false, true),
                "INDEX_NAME",
                "NON_UNIQUE",
                "TYPE",
                "ORDINAL_POSITION",
                "COLUMN_NAME",
                "ASC_OR_DESC",
                "FILTER_CONDITION"))
        .isEqualTo("child_price|1|3|1|price|D|price > 0/child_price|1|3|2|null|A|price > 0");
    assertThat(
            pick(
                metadata.getIndexInfo(null, null, "parent", true, true),
                "NON_UNIQUE",
                "COLUMN_NAME"))
        .isEqualTo("0|code");
    assertThat(pick(metadata.getIndexInfo(null, null, "child", true, true), "INDEX_NAME"))
        .isEmpty();
  }

  @Test
  void rowIdentifiers() throws SQLException {
    String[] columns = {"COLUMN_NAME", "DATA_TYPE", "PSEUDO_COLUMN"};
    assertThat(pick(metadata.getBestRowIdentifier(null, null, "parent", 0, true), columns))
        .isEqualTo("id|4|1");
    assertThat(pick(metadata.getBestRowIdentifier(null, null, "child", 0, true), columns))
        .isEqualTo("rowid|-5|2");
    assertThat(pick(metadata.getBestRowIdentifier(null, null, "two_keys", 0, true), columns))
        .isEqualTo("x|12|1/y|4|1");
    assertThat(pick(metadata.getPseudoColumns(null, null, "child", "%"), "COLUMN_NAME"))
        .isEqualTo("rowid");
  }

  @Test
  void typesAndFunctions() throws SQLException {
    assertThat(pick(metadata.getTypeInfo(), "TYPE_NAME")).contains("INTEGER", "TEXT", "BLOB");
    assertThat(pick(metadata.getFunctions(null, null, "coal%"), "FUNCTION_NAME"))
        .isEqualTo("coalesce");
    assertThat(pick(metadata.getTableTypes(), "TABLE_TYPE"))
        .isEqualTo("GLOBAL TEMPORARY/SYSTEM TABLE/TABLE/VIEW");
  }

  @Test
  void thereAreNoCatalogsAndSchemas() throws SQLException {
    assertThat(pick(metadata.getCatalogs(), "TABLE_CAT")).isEmpty();
    assertThat(pick(metadata.getSchemas(), "TABLE_SCHEM")).isEmpty();
  }

  @Test
  void attachedDatabasesCanBeSchemas() throws SQLException {
    connection.close();
    connection = java.sql.DriverManager.getConnection("jdbc:turso::memory:?attached_schemas=true");
    execute("CREATE TABLE t(a)", "ATTACH ':memory:' AS other", "CREATE TABLE other.u(b)");
    metadata = connection.getMetaData();
    assertThat(pick(metadata.getSchemas(), "TABLE_SCHEM")).contains("main", "other");
    assertThat(
            pick(
                metadata.getTables(null, "other", "%", new String[] {"TABLE"}),
                "TABLE_SCHEM",
                "TABLE_NAME"))
        .isEqualTo("other|u");
  }

  @ParameterizedTest
  @CsvSource({
    "getTables, 10",
    "getColumns, 24",
    "getPrimaryKeys, 6",
    "getImportedKeys, 14",
    "getExportedKeys, 14",
    "getCrossReference, 14",
    "getIndexInfo, 13",
    "getBestRowIdentifier, 8",
    "getVersionColumns, 8",
    "getTypeInfo, 18",
    "getTableTypes, 1",
    "getCatalogs, 1",
    "getFunctions, 6",
    "getFunctionColumns, 17",
    "getProcedures, 9",
    "getProcedureColumns, 20",
    "getClientInfoProperties, 4",
    "getPseudoColumns, 12",
    "getTablePrivileges, 7",
    "getColumnPrivileges, 8",
    "getUDTs, 7",
    "getSuperTypes, 6",
    "getSuperTables, 4",
    "getAttributes, 21",
    "getSchemas, 2"
  })
  void resultsHaveTheColumnsOfJdbc(String name, int count) throws Exception {
    for (Method method : DatabaseMetaData.class.getMethods()) {
      if (method.getName().equals(name)) {
        try (ResultSet rows = (ResultSet) method.invoke(metadata, arguments(method))) {
          assertThat(rows.getMetaData().getColumnCount()).as(name).isEqualTo(count);
          assertThat(rows.getStatement().getConnection()).isSameAs(connection);
          while (rows.next()) {
            for (int i = 1; i <= count; i++) {
              rows.getObject(i);
            }
          }
        }
      }
    }
  }

  @Test
  void noMethodFails() throws Exception {
    for (Method method : DatabaseMetaData.class.getMethods()) {
      if (!method.getName().matches("unwrap|isWrapperFor")) {
        Object answer = method.invoke(metadata, arguments(method));
        if (!method.getName().matches("getUserName")) {
          assertThat(answer).as(method.toString()).isNotNull();
        }
      }
    }
  }

  private static Object[] arguments(Method method) {
    Class<?>[] types = method.getParameterTypes();
    Object[] arguments = new Object[types.length];
    for (int i = 0; i < types.length; i++) {
      if (types[i] == int.class) {
        arguments[i] = 1;
      } else if (types[i] == boolean.class) {
        arguments[i] = true;
      }
    }
    return arguments;
  }

  /** Sqlline looks for them there. */
  @Test
  void itsClassDeclaresEachMethodAndLetsAllCallThem() throws Exception {
    Class<?> type = metadata.getClass();
    assertThat(Modifier.isPublic(type.getModifiers())).isTrue();
    for (Method method : DatabaseMetaData.class.getDeclaredMethods()) {
      if (!method.isDefault()) {
        assertThat(type.getDeclaredMethod(method.getName(), method.getParameterTypes()))
            .isNotNull();
      }
    }
  }

  @Test
  void productAndDriverAreNamed() throws SQLException {
    assertThat(metadata.getDatabaseProductName()).isEqualTo("SQLite");
    assertThat(metadata.getDatabaseProductVersion()).matches("3\\.\\d+\\.\\d+");
    assertThat(metadata.getDatabaseMajorVersion()).isEqualTo(3);
    assertThat(metadata.getDatabaseMinorVersion()).isEqualTo(54);
    assertThat(metadata.getURL()).isEqualTo("jdbc:turso::memory:");
    assertThat(metadata.getConnection()).isSameAs(connection);
    assertThat(metadata.getJDBCMajorVersion()).isEqualTo(4);
    assertThat(metadata.getJDBCMinorVersion()).isEqualTo(3);
  }
}
