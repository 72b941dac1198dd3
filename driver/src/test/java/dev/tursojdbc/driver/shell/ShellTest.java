package dev.tursojdbc.driver.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shell as a program: what it prints where, and its exit status. The texts are sqlite3's. */
class ShellTest {
  @TempDir private Path directory;
  private String file;
  private String out = "";
  private String err = "";

  @BeforeEach
  void makeDatabase() throws IOException {
    file = directory.resolve("shell.db").toString();
    assertThat(
            arguments(
                file,
                "CREATE TABLE t(a INTEGER PRIMARY KEY, b TEXT);"
                    + "CREATE TABLE \"we ird\"(\"select\" INT, [b c] TEXT);"
                    + "CREATE INDEX i ON t(b); CREATE VIEW v AS SELECT a FROM t;"
                    + "INSERT INTO t VALUES (1, 'x''y'), (2, NULL), (10, x'00ff');"
                    + "INSERT INTO \"we ird\" VALUES (1, 'a,b'), (2, 'two\nlines');"))
        .isZero();
  }

  private int run(String input, String... words) throws IOException {
    ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
    ByteArrayOutputStream errBytes = new ByteArrayOutputStream();
    PrintStream outStream = new PrintStream(outBytes, false, StandardCharsets.UTF_8);
    PrintStream errStream = new PrintStream(errBytes, true, StandardCharsets.UTF_8);
    int status =
        Shell.run(
            words,
            new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
            outStream,
            errStream);
    outStream.flush();
    out = outBytes.toString(StandardCharsets.UTF_8);
    err = errBytes.toString(StandardCharsets.UTF_8);
    return status;
  }

  private int arguments(String... words) throws IOException {
    return run("", words);
  }

  private int input(String text) throws IOException {
    return run(text, file);
  }

  @Test
  void listsAreSeparatedByBars() throws IOException {
    assertThat(arguments(file, "SELECT a, b FROM t WHERE a < 3; SELECT 1.0")).isZero();
    assertThat(out).isEqualTo("1|x'y\n2|\n1.0\n");
    arguments(
        "-header", "-separator", "\\t", "-nullvalue", "NIL", file, "SELECT a, b FROM t LIMIT 2");
    assertThat(out).isEqualTo("a\tb\n1\tx'y\n2\tNIL\n");
  }

  @Test
  void statementsMaySpanLinesAndShareOne() throws IOException {
    assertThat(input("SELECT 1; SELECT\n 2 -- a ; comment\n;\n/* ; */ SELECT ';'")).isZero();
    assertThat(out).isEqualTo("1\n2\n;\n");
  }

  @Test
  void columnsAreAligned() throws IOException {
    input(".mode column\nSELECT a, b FROM t WHERE a < 3;\n");
    assertThat(out).isEqualTo("a  b  \n-  ---\n1  x'y\n2     \n");
    input(".mode table\nSELECT a, b FROM t WHERE a < 3;\n");
    assertThat(out)
        .isEqualTo(
            "+---+-----+\n| a |  b  |\n+---+-----+\n| 1 | x'y |\n| 2 |     |\n+---+-----+\n");
  }

  @Test
  void plansAreTrees() throws IOException {
    assertThat(arguments(file, "explain query plan SELECT a FROM t WHERE a = 1 OR b = 'x'"))
        .isZero();
    assertThat(out)
        .isEqualTo(
            """
            QUERY PLAN
            `--MULTI-INDEX OR
               |--INDEX 1
               |  `--SEARCH t USING INTEGER PRIMARY KEY (rowid=?)
               `--INDEX 2
                  `--SEARCH t USING COVERING INDEX i (b=?)
            """);
  }

  @Test
  void csvQuotesWhatNeedsIt() throws IOException {
    input(".mode csv\n.headers on\nSELECT * FROM \"we ird\";\n");
    assertThat(out).isEqualTo("select,\"b c\"\r\n1,\"a,b\"\r\n2,\"two\nlines\"\r\n");
  }

  @Test
  void jsonHasTypes() throws IOException {
    arguments("-json", file, "SELECT a, b, 1.5 AS c FROM t WHERE a < 3");
    assertThat(out)
        .isEqualTo("[{\"a\":1,\"b\":\"x'y\",\"c\":1.5},\n{\"a\":2,\"b\":null,\"c\":1.5}]\n");
    arguments("-json", file, "SELECT 1 WHERE 0");
    assertThat(out).isEmpty();
  }

  @Test
  void otherModes() throws IOException {
    arguments("-line", file, "SELECT 1 AS abcdefg, 2 AS b");
    assertThat(out).isEqualTo("abcdefg = 1\n      b = 2\n");
    arguments("-quote", file, "SELECT * FROM t");
    assertThat(out).isEqualTo("1,'x''y'\n2,NULL\n10,X'00ff'\n");
    input(".mode insert \"my table\"\nSELECT * FROM t WHERE a = 1;\n");
    assertThat(out).isEqualTo("INSERT INTO \"my table\" VALUES(1,'x''y');\n");
    arguments("-markdown", file, "SELECT a FROM t WHERE a = 10");
    assertThat(out).isEqualTo("| a  |\n|----|\n| 10 |\n");
  }

  @Test
  void schemaTablesIndexes() throws IOException {
    input(".tables\n.indexes\n.tables t%\n");
    assertThat(out).isEqualTo("t       v       we ird\ni\nt\n");
    input(".schema t\n.schema v\n.schema we_ird\n.schema none\n.databases\n");
    assertThat(out)
        .isEqualTo(
            "CREATE TABLE t(a INTEGER PRIMARY KEY, b TEXT);\nCREATE INDEX i ON t(b);\n"
                + "CREATE VIEW v AS SELECT a FROM t\n/* v(a) */;\n"
                + "main: "
                + file
                + " r/w\n");
  }

  @Test
  void aDumpMakesTheSameDatabaseAgain() throws IOException {
    input(".dump\n");
    String dump = out;
    assertThat(dump)
        .startsWith("PRAGMA foreign_keys=OFF;\nBEGIN TRANSACTION;\nCREATE TABLE t(")
        .contains("INSERT INTO t VALUES(10,X'00ff');\n")
        .contains("CREATE TABLE IF NOT EXISTS \"we ird\"(")
        .contains("INSERT INTO \"we ird\" VALUES(2,replace('two\\nlines','\\n',char(10)));\n")
        .endsWith("CREATE VIEW v AS SELECT a FROM t;\nCOMMIT;\n");
    String copy = directory.resolve("copy.db").toString();
    assertThat(run(dump, copy)).isZero();
    assertThat(run(".dump\n", copy)).isZero();
    assertThat(out).isEqualTo(dump);
  }

  @Test
  void errorsOfInputTellTheirLineAndTheRestRuns() throws IOException {
    assertThat(input("SELECT 1;\nSELECT 2 FORM t;\nINSERT INTO t\n VALUES (1, 1);\nSELECT 3;\n"))
        .isEqualTo(1);
    assertThat(out).isEqualTo("1\n3\n");
    assertThat(err)
        .isEqualTo(
            """
            Parse error near line 2: near "t": syntax error
              SELECT 2 FORM t;
                            ^--- error here
            Runtime error near line 3: UNIQUE constraint failed: t.a (19)
            """);
    assertThat(run("SELEC 1;\nSELECT 2;\n", "-bail", file)).isEqualTo(1);
    assertThat(out).isEmpty();
  }

  @Test
  void errorsOfArgumentsEndTheShellWithTheirCode() throws IOException {
    assertThat(arguments(file, "SELECT * FROM nope", "SELECT 2")).isEqualTo(1);
    assertThat(err).isEqualTo("Error: in prepare, no such table: nope\n");
    assertThat(out).isEmpty();
    assertThat(arguments(file, "INSERT INTO t VALUES (1, 1)")).isEqualTo(19);
    assertThat(err).isEqualTo("Error: stepping, UNIQUE constraint failed: t.a (19)\n");
    assertThat(arguments("-readonly", file, "DELETE FROM t")).isEqualTo(8);
    assertThat(arguments("-nonsense", file)).isEqualTo(1);
    assertThat(err).contains("unknown option: -nonsense");
  }

  @Test
  void whatCannotBeOpenedIsNamed() throws IOException {
    assertThat(arguments(directory + "/none/x.db", "SELECT 1")).isEqualTo(1);
    assertThat(err).startsWith("Error: unable to open database \"" + directory + "/none/x.db\":");
    Path text = Files.writeString(directory.resolve("text"), "no database ".repeat(100));
    assertThat(arguments(text.toString(), "SELECT * FROM t")).isEqualTo(26);
    assertThat(err).isEqualTo("Error: in prepare, file is not a database (26)\n");
  }

  @Test
  void commandsThatFail() throws IOException {
    assertThat(input(".bogus\n")).isEqualTo(1);
    assertThat(err)
        .isEqualTo(
            "Error: unknown command or invalid arguments:  \"bogus\"."
                + " Enter \".help\" for help\n");
    assertThat(input(".mode bogus\n.headers\n.separator\n.read none\nSELECT 1;\n")).isEqualTo(1);
    assertThat(err)
        .contains("mode should be one of", "Usage: .headers on|off", "Usage: .separator")
        .contains("cannot open \"none\"");
    assertThat(out).isEqualTo("1\n");
  }

  @Test
  void filesAreReadAndImported() throws IOException {
    Path script = Files.writeString(directory.resolve("script.sql"), "SELECT 1;\n.print two\n");
    input(".read \"" + script + "\"\n");
    assertThat(out).isEqualTo("1\ntwo\n");
    Path csv = Files.writeString(directory.resolve("in.csv"), "x,y\n1,\"a,\"\"b\"\"\"\n2\n");
    assertThat(
            input(
                ".import --csv \""
                    + csv
                    + "\" made\nSELECT * FROM made;\n.mode csv\n"
                    + ".import --skip 1 \""
                    + csv
                    + "\" made\nSELECT count(*) FROM made;\n"))
        .isZero();
    assertThat(out).isEqualTo("1|a,\"b\"\n2|\n4\n");
    assertThat(err).contains("in.csv:3: expected 2 columns but found 1");
  }

  @Test
  void leaving() throws IOException {
    assertThat(input("SELECT 1;\n.quit\nSELECT 2;\n")).isZero();
    assertThat(out).isEqualTo("1\n");
    assertThat(input(".exit 4\n")).isEqualTo(4);
  }

  @Test
  void settingsAreShown() throws IOException {
    input(".nullvalue N\n.echo on\n.show\n.mode\nSELECT NULL;\n");
    assertThat(out)
        .contains("   nullvalue: \"N\"\n")
        .contains("colseparator: \"|\"\n")
        .contains("current output mode: list\n")
        .endsWith("SELECT NULL;\nN\n");
    input(".help mode\n");
    assertThat(out).startsWith(".mode MODE");
  }
}
