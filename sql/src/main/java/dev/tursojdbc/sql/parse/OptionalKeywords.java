package dev.tursojdbc.sql.parse;

import dev.tursojdbc.sql.grammar.SqliteLexer;
import dev.tursojdbc.sql.grammar.SqliteParser;
import org.antlr.v4.runtime.ParserRuleContext;

/**
 * Keywords that may be left out before a name and may themselves be names: {@code RELEASE
 * [SAVEPOINT] x}.
 *
 * <p>SQLite looks no further than the keyword: {@code RELEASE SAVEPOINT} has no name. The grammar
 * would find one, so names that are such keywords are looked at again.
 */
final class OptionalKeywords {
  private OptionalKeywords() {}

  /**
   * Whether SQLite takes this name for the keyword.
   *
   * @param name a rule that is one token
   * @param before the type of the token before it
   */
  static boolean isMisread(ParserRuleContext name, int before) {
    ParserRuleContext parent = name.getParent();
    return switch (name.getStart().getType()) {
      case SqliteLexer.COLUMN -> isColumnKeyword(parent, before);
      case SqliteLexer.SAVEPOINT ->
          before == SqliteLexer.RELEASE
              || (before == SqliteLexer.TO && parent instanceof SqliteParser.RollbackContext);
      case SqliteLexer.RECURSIVE -> before == SqliteLexer.WITH;
      case SqliteLexer.DATABASE -> before == SqliteLexer.ATTACH || before == SqliteLexer.DETACH;
      case SqliteLexer.IF -> isIfKeyword(parent, before);
      default -> false;
    };
  }

  private static boolean isColumnKeyword(ParserRuleContext parent, int before) {
    boolean altering =
        parent instanceof SqliteParser.TableChangeContext
            || parent instanceof SqliteParser.ColumnDefinitionContext;
    return altering
        && switch (before) {
          case SqliteLexer.RENAME, SqliteLexer.ADD, SqliteLexer.DROP, SqliteLexer.ALTER -> true;
          default -> false;
        };
  }

  private static boolean isIfKeyword(ParserRuleContext parent, int before) {
    boolean conditional =
        !(parent.getParent() instanceof SqliteParser.AlterTableContext)
            && parent instanceof SqliteParser.QualifiedNameContext;
    return conditional
        && switch (before) {
          case SqliteLexer.TABLE, SqliteLexer.INDEX, SqliteLexer.VIEW, SqliteLexer.TRIGGER -> true;
          default -> false;
        };
  }
}
