package dev.tursojdbc.sql.parse;

/**
 * How large the parts of a statement are that a connection may limit more strictly than the parser.
 *
 * @param depth of the deepest expression
 * @param compoundTerms queries in the longest compound SELECT, 1 if there is none
 * @param arguments in the longest call of a function
 * @param longestCall name of the function in the longest call as it is written, empty if there is
 *     none
 */
public record StatementSize(int depth, int compoundTerms, int arguments, String longestCall) {}
