/*
 * The tokens of SQLite's language.
 *
 * Words are one rule: which of them are keywords is a matter of a table (sql.parse.Keywords), as in SQLite,
 * because 147 keyword rules would make the largest part of the time to the first statement. The tokens
 * section names them for the parser.
 *
 * Whatever is no token is ILLEGAL, so that the parser can say "unrecognized token" when it gets there and
 * not before. The longest match wins, and among equals the first rule: so a number or string that goes
 * wrong further on is one ILLEGAL token, as long as SQLite's.
 */
lexer grammar SqliteLexer;

tokens {
    ABORT, ACTION, ADD, AFTER, ALL, ALTER, ALWAYS, ANALYZE, AND, AS, ASC, ATTACH, AUTOINCREMENT, BEFORE,
    BEGIN, BETWEEN, BY, CASCADE, CASE, CAST, CHECK, COLLATE, COLUMN, COMMIT, CONFLICT, CONSTRAINT, CREATE,
    CROSS, CURRENT, CURRENT_DATE, CURRENT_TIME, CURRENT_TIMESTAMP, DATABASE, DEFAULT, DEFERRABLE, DEFERRED,
    DELETE, DESC, DETACH, DISTINCT, DO, DROP, EACH, ELSE, END, ESCAPE, EXCEPT, EXCLUDE, EXCLUSIVE, EXISTS,
    EXPLAIN, FAIL, FILTER, FIRST, FOLLOWING, FOR, FOREIGN, FROM, FULL, GENERATED, GLOB, GROUP, GROUPS,
    HAVING, IF, IGNORE, IMMEDIATE, IN, INDEX, INDEXED, INITIALLY, INNER, INSERT, INSTEAD, INTERSECT, INTO,
    IS, ISNULL, JOIN, KEY, LAST, LEFT, LIKE, LIMIT, MATCH, MATERIALIZED, NATURAL, NO, NOT, NOTHING, NOTNULL,
    NULL, NULLS, OF, OFFSET, ON, OR, ORDER, OTHERS, OUTER, OVER, PARTITION, PLAN, PRAGMA, PRECEDING, PRIMARY,
    QUERY, RAISE, RANGE, RECURSIVE, REFERENCES, REGEXP, REINDEX, RELEASE, RENAME, REPLACE, RESTRICT,
    RETURNING, RIGHT, ROLLBACK, ROW, ROWS, SAVEPOINT, SELECT, SET, TABLE, TEMP, TEMPORARY, THEN, TIES, TO,
    TRANSACTION, TRIGGER, UNBOUNDED, UNION, UNIQUE, UPDATE, USING, VACUUM, VALUES, VIEW, VIRTUAL, WHEN,
    WHERE, WINDOW, WITH, WITHOUT,
    // IS and NOT, read as one, so that NOT after IS is never the operator of that name.
    IS_NOT,
    ILLEGAL
}

// A vertical tab is a blank only behind another, as in SQLite.
SPACE        : ( [ \t\n\f\r] [ \t\n\u000B\f\r]* | '\uFEFF' ) -> skip ;
LINE_COMMENT : '--' ~[\n]* -> skip ;
// An unfinished one reaches to the end of the text and is no error, unless nothing is in it.
BLOCK_COMMENT: '/*' ( ( ~[*] | '*'+ ~[*/] )+ ( '*'+ '/'? )? | '*'+ '/'? ) -> skip ;

WORD         : ID_START ID_CHAR* ;
QUOTED       : '"' ( ~["] | '""' )* '"' | '`' ( ~[`] | '``' )* '`' | '[' ~[\]]* ']' ;
STRING       : '\'' ( ~['] | '\'\'' )* '\'' ;
BLOB         : [xX] '\'' ( HEX HEX )* '\'' ;

INTEGER      : DIGIT+ | '0' [xX] HEX+ ;
REAL         : DIGIT+ '.' DIGIT* EXPONENT? | '.' DIGIT+ EXPONENT? | DIGIT+ EXPONENT ;
// A number with separators; that each stands between two digits is checked later, as in SQLite.
SEPARATED    : DIGIT DIGIT_OR_SEPARATOR* ( '.' DIGIT_OR_SEPARATOR* )? SEPARATED_EXPONENT?
             | '.' DIGIT DIGIT_OR_SEPARATOR* SEPARATED_EXPONENT?
             | '0' [xX] HEX ( HEX | '_' )* ;

VARIABLE     : '?' DIGIT* | VARIABLE_NAME ( '(' ~[ \t\n\f\r)]* ')' )? ;

UNTERMINATED : ( '"' ( ~["] | '""' )* | '`' ( ~[`] | '``' )* | '[' ~[\]]* | '\'' ( ~['] | '\'\'' )* ) -> type(ILLEGAL) ;
BAD_BLOB     : [xX] '\'' ~[']* '\''? -> type(ILLEGAL) ;
BAD_NUMBER   : ( DIGIT DIGIT_OR_SEPARATOR* ( '.' DIGIT_OR_SEPARATOR* )? | '.' DIGIT DIGIT_OR_SEPARATOR* ) SEPARATED_EXPONENT?
               ID_CHAR+ -> type(ILLEGAL) ;
BAD_VARIABLE : ( [$@#:] '::'* | VARIABLE_NAME '(' ~[ \t\n\f\r)]* ) -> type(ILLEGAL) ;

SEMI         : ';' ;
LP           : '(' ;
RP           : ')' ;
COMMA        : ',' ;
DOT          : '.' ;
PLUS         : '+' ;
MINUS        : '-' ;
STAR         : '*' ;
SLASH        : '/' ;
PERCENT      : '%' ;
EQ           : '=' | '==' ;
NE           : '<>' | '!=' ;
LT           : '<' ;
LE           : '<=' ;
GT           : '>' ;
GE           : '>=' ;
SHIFT_LEFT   : '<<' ;
SHIFT_RIGHT  : '>>' ;
AMPERSAND    : '&' ;
BAR          : '|' ;
CONCAT       : '||' ;
TILDE        : '~' ;
ARROW        : '->' ;
LONG_ARROW   : '->>' ;

OTHER        : . -> type(ILLEGAL) ;

fragment ID_START           : [a-zA-Z_\u0080-\uFEFE\uFF00-\uFFFF] ;
fragment ID_CHAR            : [a-zA-Z0-9_$\u0080-\uFFFF] ;
fragment DIGIT              : [0-9] ;
fragment HEX                : [0-9a-fA-F] ;
fragment DIGIT_OR_SEPARATOR : [0-9_] ;
fragment EXPONENT           : [eE] [+\-]? DIGIT+ ;
fragment SEPARATED_EXPONENT : [eE] [+\-]? DIGIT DIGIT_OR_SEPARATOR* ;
fragment VARIABLE_NAME      : [$@#:] '::'* ID_CHAR ( ID_CHAR | '::' )* ;
