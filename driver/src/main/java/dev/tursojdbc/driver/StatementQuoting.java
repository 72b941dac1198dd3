package dev.tursojdbc.driver;

import dev.tursojdbc.sql.PlainNames;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * How {@link Statement} quotes names and texts. The methods of the interface itself take keywords
 * for plain names, refuse quotes within names, and write literals that SQLite does not know.
 */
interface StatementQuoting extends Statement {
  @Override
  default String enquoteLiteral(String text) throws SQLException {
    return SqlNames.literal(text);
  }

  @Override
  default String enquoteNCharLiteral(String text) throws SQLException {
    return SqlNames.literal(text);
  }

  @Override
  default boolean isSimpleIdentifier(String name) throws SQLException {
    return PlainNames.isPlain(name);
  }

  /** A name that is quoted already stays so. */
  @Override
  default String enquoteIdentifier(String name, boolean always) throws SQLException {
    boolean quoted = name.length() > 1 && name.startsWith("\"") && name.endsWith("\"");
    String bare = quoted ? name.substring(1, name.length() - 1).replace("\"\"", "\"") : name;
    if (bare.isEmpty() || bare.indexOf('\0') >= 0) {
      throw SqlErrors.misuse("not a name: " + name);
    }
    return quoted || always || !PlainNames.isPlain(bare) ? SqlNames.quoted(bare) : bare;
  }
}
