package dev.tursojdbc.driver;

import static dev.tursojdbc.driver.Failures.assertCodes;
import static dev.tursojdbc.driver.Failures.assertFailure;
import static dev.tursojdbc.driver.Failures.failureOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLNonTransientException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What can and what cannot be opened, and how a refusal reads. */
class OpeningTest {
  @TempDir private Path directory;

  private static Connection open(String rest) throws SQLException {
    return DriverManager.getConnection("jdbc:turso:" + rest);
  }

  private static SQLException refusal(String rest) {
    return failureOf(() -> open(rest).close());
  }

  @Test
  void aMissingDirectoryCannotBeOpened() {
    SQLException e = refusal(directory.resolve("none/test.db").toString());

    assertFailure(e).isInstanceOf(SQLNonTransientConnectionException.class);
    assertFailure(e).hasMessageContaining("unable to open database file");
    assertCodes(e, 14, 14, "08001");
  }

  @Test
  void aDirectoryIsNoDatabase() {
    SQLException e = refusal(directory.toString());

    assertFailure(e).isInstanceOf(SQLNonTransientConnectionException.class);
    assertThat(e.getErrorCode()).isEqualTo(14);
    assertThat(e.getSQLState()).isEqualTo("08001");
  }

  @Test
  void aTextFileIsNoDatabaseAndStaysAsItIs() throws Exception {
    Path file = directory.resolve("text.db");
    String text = "These lines are longer than a header of a database has to be.\n".repeat(40);
    Files.writeString(file, text);

    SQLException e = failureOf(() -> readAll(file));

    assertFailure(e).hasMessageContaining("file is not a database");
    assertThat(e.getErrorCode()).isEqualTo(26);
    assertThat(Files.readString(file)).isEqualTo(text);
  }

  private static void readAll(Path file) throws SQLException {
    try (Connection connection = open(file.toString());
        Statement statement = connection.createStatement()) {
      statement.executeQuery("SELECT count(*) FROM t").next();
      statement.executeQuery("SELECT sum(length(b)) FROM t").next();
    }
  }

  @Test
  void aTruncatedDatabaseIsCorruptAndStaysAsItIs() throws Exception {
    Path file = filled();
    byte[] bytes = Arrays.copyOf(Files.readAllBytes(file), 8192 + 100);
    Files.write(file, bytes);

    SQLException e = failureOf(() -> readAll(file));

    assertThat(e.getErrorCode()).isIn(11, 26);
    assertFailure(e).isInstanceOf(SQLNonTransientException.class);
    assertThat(Files.readAllBytes(file)).isEqualTo(bytes);
  }

  /** A closed database of some pages. */
  private Path filled() throws SQLException {
    Path file = directory.resolve("filled.db");
    try (Connection connection = open(file.toString());
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE t(a INTEGER PRIMARY KEY, b)");
      statement.execute(
          "WITH n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200)"
              + " INSERT INTO t SELECT i, zeroblob(200) FROM n");
    }
    return file;
  }

  @Test
  void anEmptyFileIsAnEmptyDatabase() throws Exception {
    Path file = Files.createFile(directory.resolve("empty.db"));

    try (Connection connection = open(file.toString());
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE t(a)");
      assertThat(statement.executeUpdate("INSERT INTO t VALUES (1)")).isEqualTo(1);
    }
    assertThat(Files.size(file)).isPositive();
  }

  @Test
  void aFileOpenedForReadingRefusesChanges() throws Exception {
    Path file = filled();

    try (Connection connection = open("file:" + file + "?mode=ro");
        Statement statement = connection.createStatement()) {
      assertThat(connection.isReadOnly()).isTrue();
      assertThat(connection.getMetaData().isReadOnly()).isTrue();
      SQLException e = failureOf(() -> statement.executeUpdate("DELETE FROM t"));

      assertFailure(e).isInstanceOf(SQLNonTransientException.class);
      assertFailure(e).hasMessageContaining("attempt to write a readonly database");
      assertThat(e.getErrorCode()).isEqualTo(8);
      assertThat(e.getSQLState()).isEqualTo("25006");
      try (ResultSet row = statement.executeQuery("SELECT count(*) FROM t")) {
        assertThat(row.next()).isTrue();
        assertThat(row.getInt(1)).isEqualTo(200);
      }
    }
  }

  @Test
  void modeReadWriteCreatesNothing() {
    Path file = directory.resolve("new.db");

    SQLException e = refusal("file:" + file + "?mode=rw");

    assertCodes(e, 14, 14, "08001");
    assertThat(file).doesNotExist();
  }

  @Test
  void aWriteProtectedFileRefusesChangesAndKeepsItsRows() throws Exception {
    assumeThat(System.getProperty("user.name")).isNotEqualTo("root");
    Path file = filled();
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r--r--"));

    try (Connection connection = open(file.toString());
        Statement statement = connection.createStatement()) {
      assertThat(failureOf(() -> statement.executeUpdate("DELETE FROM t")).getErrorCode())
          .isEqualTo(8);
    }
  }

  @Test
  void anUnknownParameterIsNamed() {
    SQLException e = refusal(":memory:?buzy_timeout=1");

    assertFailure(e).hasMessageContaining("buzy_timeout");
    assertThat(e.getSQLState()).isEqualTo("08001");
  }

  @Test
  void anUnknownParameterMayBeIgnored() throws SQLException {
    open(":memory:?buzy_timeout=1&ignore_unknown=true").close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "busy_timeout=soon",
        "foreign_keys=perhaps",
        "journal_mode=paper",
        "synchronous=4",
        "transaction_mode=fast",
        "cache_size=1;DROP",
        "open_mode=rw",
        "date_class=JULIAN",
        "date_string_format=bbbb'",
        "encoding=latin1",
        "page_size=big",
        "user_version=9999999999999999999",
        "mode=append",
        "cache=public",
        "immutable=x",
        "foreign_keys=%zz",
        "password=secret"
      })
  void badValuesAreRefusedByName(String parameter) {
    SQLException e = refusal("file:x?mode=memory&" + parameter);

    assertFailure(e).isInstanceOf(SQLNonTransientConnectionException.class);
    assertThat(e.getSQLState()).isEqualTo("08001");
    if (!parameter.contains("%")) {
      assertFailure(e).hasMessageContaining(parameter.substring(0, parameter.indexOf('=') - 1));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "foreign_keys=true, PRAGMA foreign_keys, 1",
    "foreign_keys=ON, PRAGMA foreign_keys, 1",
    "synchronous=off, PRAGMA synchronous, 0",
    "cache_size=-4000, PRAGMA cache_size, -4000",
    "user_version=7, PRAGMA user_version, 7",
    "page_size=8192, PRAGMA page_size, 8192",
    "busy_timeout=17, PRAGMA busy_timeout, 17",
    "busy_timeout=+17, PRAGMA busy_timeout, 17",
    "encoding=UTF-16le, PRAGMA encoding, UTF-16le"
  })
  void parametersBecomePragmas(String parameter, String pragma, String value) throws SQLException {
    Path file = directory.resolve("pragmas.db");
    try (Connection connection = open(file + "?" + parameter);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(pragma)) {
      assertThat(row.next()).isTrue();
      assertThat(row.getString(1)).isEqualTo(value);
    }
  }

  @Test
  void propertiesWinOverTheUrl() throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("busy_timeout", "3");
    properties.setProperty("user", "");
    properties.setProperty("password", "");
    try (Connection connection =
            DriverManager.getConnection("jdbc:turso::memory:?busy_timeout=2", properties);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("PRAGMA busy_timeout")) {
      assertThat(row.next()).isTrue();
      assertThat(row.getInt(1)).isEqualTo(3);
    }
  }

  @Test
  void aPropertyWithoutEffectIsAWarning() throws SQLException {
    try (Connection connection = open(":memory:?limit_column=10&hexkey_mode=NONE")) {
      SQLWarning warning = connection.getWarnings();
      assertFailure(warning).hasMessageContaining("has no effect");
      assertFailure(warning.getNextWarning()).isNotNull();
      connection.clearWarnings();
      assertFailure(connection.getWarnings()).isNull();
    }
  }

  @Test
  void theDriverTellsItsProperties() throws SQLException {
    DriverPropertyInfo[] infos =
        new TursoDriver().getPropertyInfo("jdbc:turso:x?synchronous=FULL", null);

    DriverPropertyInfo synchronous =
        Arrays.stream(infos)
            .filter(info -> info.name.equals("synchronous"))
            .findAny()
            .orElseThrow();
    assertThat(synchronous.value).isEqualTo("FULL");
    assertThat(synchronous.choices).containsExactly("OFF", "NORMAL", "FULL", "EXTRA");
    assertThat(infos).allSatisfy(info -> assertThat(info.description).isNotEmpty());
  }

  @Test
  void foreignUrlsAreNotOurs() throws SQLException {
    assertThat(new TursoDriver().acceptsURL("jdbc:sqlite:x")).isFalse();
    assertThat(new TursoDriver().connect("jdbc:sqlite:x", new Properties())).isNull();
    assertThat(new TursoDriver().acceptsURL("JDBC:TURSO:x")).isTrue();
  }

  @Test
  void pathsAreTakenAsTheyAre() throws Exception {
    for (String name : new String[] {"with space.db", "h#sh.db", "p%20c.db", "ünï.db"}) {
      Path file = directory.resolve(name);
      open(file.toString()).close();
      open("sqlite:" + file).close();
    }
    try (Connection connection = open("file:" + directory + "/a%20b.db");
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE t(a)");
    }
    assertThat(directory.resolve("a b.db")).exists();
  }

  @Test
  void namedMemoryIsSharedWhileSomebodyHasItOpen() throws SQLException {
    String url = "file:shared-by-name?mode=memory&cache=shared";
    try (Connection one = open(url);
        Connection other = open(url)) {
      one.createStatement().execute("CREATE TABLE t(a)");
      other.createStatement().executeUpdate("INSERT INTO t VALUES (1)");
    }
    try (Connection later = open(url)) {
      assertThatThrownBy(() -> later.createStatement().executeQuery("SELECT * FROM t"))
          .hasMessageContaining("no such table: t");
    }
  }

  @Test
  void namedMemoryCanBeAttachedBesideConnectionsThatOpenedIt() throws SQLException {
    String name = "file:attached-by-name?mode=memory&cache=shared";
    try (Connection one = open(name);
        Connection other = open(":memory:")) {
      one.createStatement().execute("CREATE TABLE t(a)");
      other.createStatement().execute("ATTACH '" + name + "' AS shared");
      other.createStatement().executeUpdate("INSERT INTO shared.t VALUES (1)");
      assertThatThrownBy(() -> one.createStatement().execute("ATTACH '" + name + "' AS again"))
          .hasMessageContaining("database is already attached");
      try (ResultSet rows = one.createStatement().executeQuery("SELECT a FROM t")) {
        assertThat(rows.next()).isTrue();
      }
    }
  }

  @Test
  void databasesWithoutANameAreTheirConnectionsOwn() throws SQLException {
    try (Connection one = open(":memory:");
        Connection other = open("")) {
      one.createStatement().execute("CREATE TABLE t(a)");
      assertThatThrownBy(() -> other.createStatement().executeQuery("SELECT * FROM t"))
          .hasMessageContaining("no such table: t");
    }
  }

  @Test
  void aDatabaseThatSqliteMadeOpens() throws Exception {
    Path file = directory.resolve("theirs.db");
    try (Connection sqlite = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = sqlite.createStatement()) {
      statement.executeUpdate("CREATE TABLE t(a)");
      statement.executeUpdate("INSERT INTO t VALUES ('héllo')");
    }
    try (Connection connection = open(file.toString());
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT a FROM t")) {
      assertThat(row.next()).isTrue();
      assertThat(row.getString(1)).isEqualTo("héllo");
    }
  }

  @Test
  void theDataSourceSaysWhatIsWrong() {
    TursoDataSource source = new TursoDataSource("jdbc:postgresql:x");
    assertThatThrownBy(source::getConnection).hasMessageContaining("jdbc:postgresql:x");
    source.setUrl("jdbc:turso::memory:");
    assertThatThrownBy(() -> source.getConnection("me", "secret"))
        .hasMessageContaining("encryption");
  }

  @Test
  void theDataSourceHasSetters() throws SQLException {
    TursoDataSource source = new TursoDataSource();
    source.setDatabaseName(directory.resolve("source.db").toString());
    source.setBusyTimeout(19);
    source.setForeignKeys(true);
    source.setSynchronous("NORMAL");
    source.setProperty("cache_size", "77");
    try (Connection connection = source.getConnection("", "");
        Statement statement = connection.createStatement()) {
      for (String[] pair :
          new String[][] {
            {"busy_timeout", "19"},
            {"foreign_keys", "1"},
            {"synchronous", "1"},
            {"cache_size", "77"}
          }) {
        try (ResultSet row = statement.executeQuery("PRAGMA " + pair[0])) {
          assertThat(row.next()).isTrue();
          assertThat(row.getString(1)).as(pair[0]).isEqualTo(pair[1]);
        }
      }
    }
    source.setReadOnly(true);
    try (Connection connection = source.getConnection()) {
      assertThat(connection.isReadOnly()).isTrue();
    }
    source.setSynchronous("perhaps");
    assertThatThrownBy(source::getConnection).hasMessageContaining("synchronous");
  }

  /** Tools and configuration classes set any of them; none may keep the connection from opening. */
  @Test
  void allPropertiesOfTheOtherDriverAreKnown() throws SQLException {
    Driver other = new org.sqlite.JDBC();
    for (DriverPropertyInfo info : other.getPropertyInfo("jdbc:sqlite:", new Properties())) {
      Properties properties = new Properties();
      properties.setProperty(info.name, info.choices == null ? "" : info.choices[0]);
      DriverManager.getConnection("jdbc:turso::memory:", properties).close();
    }
  }

  @Test
  void nullIsNoUrlAndNoProperties() throws SQLException {
    assertThat(failureOf(() -> new TursoDriver().connect(null, null)).getSQLState())
        .isEqualTo("08001");
    try (Connection connection = new TursoDriver().connect("jdbc:turso::memory:", null)) {
      connection.setTypeMap(null);
      connection.setClientInfo(null);
      assertThat(connection.getClientInfo()).isEmpty();
    }
  }

  /** The file that is gone still has its side files, and this process their locks. */
  @Test
  void aDatabaseCanBeMadeAnewWhileTheDeletedOneIsOpen() throws Exception {
    Path file = directory.resolve("again.db");
    String url = "jdbc:turso:" + file;
    try (Connection old = DriverManager.getConnection(url)) {
      run(old, "CREATE TABLE old(x)");
      Files.delete(file);
      try (Connection anew = DriverManager.getConnection(url)) {
        run(anew, "CREATE TABLE t(x)");
        run(anew, "INSERT INTO t VALUES (1)");
        run(old, "INSERT INTO old VALUES (1)");
      }
    }
    try (Connection anew = DriverManager.getConnection(url)) {
      run(anew, "INSERT INTO t SELECT x + 1 FROM t");
    }
  }

  private static void run(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
