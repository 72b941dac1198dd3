package dev.tursojdbc.sql.parse;

import dev.tursojdbc.sql.ast.Statement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One statement of a script, and where the next begins.
 *
 * @param statement null if there was nothing but blanks and comments
 * @param text the statement's text, from where parsing began to its semicolon inclusive; offsets in
 *     the statement count from its start
 * @param end offset in the script at which the next statement begins
 * @param parameterNames for each parameter number from 1 its name with the leading character, or
 *     null where it has none; its size is the largest number used
 * @param queryCount the largest number of a query in it
 * @param sourceDatabases the databases that stand before names of tables that are read
 * @param size what limits apply to
 */
public record ParsedStatement(
    @Nullable Statement statement,
    String text,
    int end,
    List<@Nullable String> parameterNames,
    int queryCount,
    List<String> sourceDatabases,
    StatementSize size) {
  public ParsedStatement {
    sourceDatabases = List.copyOf(sourceDatabases);
  }
}
