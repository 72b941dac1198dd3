/*
 * The statements of SQLite's language, as of 3.54.
 *
 * Written so that SLL prediction accepts everything, mostly with one token of lookahead:
 *
 *   - Each level of precedence is a rule of its own, an operand followed by tails. A tail takes what stands
 *     before it as its left operand.
 *   - NOT may stand before any operand, as SQLite lets it ("1 + NOT a = b" is "1 + (NOT (a = b))"). How far it
 *     reaches is settled when the tree is built.
 *   - Keywords that may be names are listed by where they may be, at the end.
 *
 * There are no actions and no predicates. Labels are what the tree is built from, as no parse tree is kept.
 */
parser grammar SqliteParser;

options { tokenVocab = SqliteLexer; }

// ---- entries

entry
    : SEMI* ( EOF | statement=explainable ( SEMI | EOF ) )
    ;

expressionEntry
    : expression EOF
    ;

explainable
    : ( explain=EXPLAIN plan=queryPlan? )? command
    ;

queryPlan
    : QUERY PLAN
    ;

command
    : prefixed
    | createTable
    | createIndex
    | createView
    | createTrigger
    | createVirtualTable
    | alterTable
    | drop
    | begin
    | commit
    | rollback
    | savepoint
    | release
    | attach
    | detach
    | vacuum
    | analyze
    | reindex
    | pragma
    ;

// ---- queries

prefixed
    : with=withClause? ( selectBody | insert | update | delete )
    ;

withClause
    : WITH recursive=RECURSIVE? tables+=commonTable ( COMMA tables+=commonTable )*
    ;

commonTable
    : name columns=indexedNames? AS ( not=NOT? materialized=MATERIALIZED )? LP select RP
    ;

select
    : with=withClause? selectBody
    ;

selectBody
    : core terms+=compoundTerm*
    ;

compoundTerm
    : ( operator=UNION all=ALL? | operator=INTERSECT | operator=EXCEPT ) core
    ;

core
    : SELECT ( distinct=DISTINCT | ALL )? resultColumns from=fromClause? where=whereClause?
      ( GROUP BY groups+=expression ( COMMA groups+=expression )* )?
      ( HAVING having=expression )?
      ( WINDOW windows+=namedWindow ( COMMA windows+=namedWindow )* )?
      order=orderBy? limit=limitClause?                                         # selectCore
    | VALUES rows+=valuesRow ( COMMA rows+=valuesRow )*                         # valuesCore
    ;

valuesRow
    : LP values+=expression ( COMMA values+=expression )* RP
    ;

resultColumns
    : columns+=resultColumn ( COMMA columns+=resultColumn )*
    ;

resultColumn
    : STAR                                                                      # allColumns
    | name DOT STAR                                                             # allColumnsOf
    | value=expression ( AS alias=name | bareAlias=resultAlias )?               # expressionColumn
    ;

fromClause
    : FROM sources
    ;

sources
    : source constraint=joinConstraint? joins+=joinStep*
    ;

joinStep
    : joinOperator source constraint=joinConstraint?
    ;

joinOperator
    : COMMA                                                                     # commaJoin
    | ( word=joinWord ( second=name third=name? )? )? JOIN                          # wordJoin
    ;

joinConstraint
    : ON expression                                                             # onConstraint
    | USING names                                                               # usingConstraint
    ;

source
    : qualifiedName ( LP arguments=argumentList RP alias=sourceAlias? | alias=sourceAlias? hint=indexHint? ) # namedSource
    | LP ( select | group=sources ) RP alias=sourceAlias?                       # nestedSource
    ;

sourceAlias
    : AS name
    | bareName
    ;

argumentList
    : ( arguments+=expression ( COMMA arguments+=expression )* )?
    ;

indexHint
    : INDEXED BY name                                                           # indexedBy
    | NOT INDEXED                                                               # notIndexed
    ;

whereClause
    : WHERE expression
    ;

orderBy
    : ORDER BY orderingTerms
    ;

orderingTerms
    : terms+=orderingTerm ( COMMA terms+=orderingTerm )*
    ;

orderingTerm
    : expression direction=( ASC | DESC )? ( NULLS nulls=( FIRST | LAST ) )?
    ;

limitClause
    : LIMIT first=expression ( separator=( OFFSET | COMMA ) second=expression )?
    ;

namedWindow
    : name AS LP window RP
    ;

window
    : base=windowName? ( PARTITION BY partitions+=expression ( COMMA partitions+=expression )* )? order=orderBy? spec=frame?
    ;

frame
    : unit=( RANGE | ROWS | GROUPS ) ( BETWEEN bound=frameBound AND end=frameBound | bound=frameBound )
      ( EXCLUDE exclusion=frameExclusion )?
    ;

frameBound
    : UNBOUNDED direction=( PRECEDING | FOLLOWING )                             # unboundedBound
    | CURRENT ROW                                                               # currentRowBound
    | expression direction=( PRECEDING | FOLLOWING )                            # distanceBound
    ;

frameExclusion
    : NO OTHERS                                                                 # excludeNoOthers
    | CURRENT ROW                                                               # excludeCurrentRow
    | GROUP                                                                     # excludeGroup
    | TIES                                                                      # excludeTies
    ;

// ---- changes

insert
    : ( INSERT action=orAction? | replace=REPLACE ) INTO aliasedName columns=names?
      ( query=select upserts+=upsert* | DEFAULT VALUES ) returned=returning?
    ;

orAction
    : OR conflictAction
    ;

conflictAction
    : ROLLBACK
    | ABORT
    | FAIL
    | IGNORE
    | REPLACE
    ;

upsert
    : ON CONFLICT ( LP target=orderingTerms RP targetWhere=whereClause? )?
      action=DO ( NOTHING | UPDATE SET set=assignments where=whereClause? )
    ;

returning
    : RETURNING resultColumns
    ;

update
    : UPDATE action=orAction? aliasedName hint=indexHint? SET assignments from=fromClause? where=whereClause?
      returned=returning? order=orderBy? limit=limitClause?
    ;

assignments
    : items+=assignment ( COMMA items+=assignment )*
    ;

assignment
    : ( single=name | row=names ) EQ expression
    ;

delete
    : DELETE FROM aliasedName hint=indexHint? where=whereClause? returned=returning? order=orderBy? limit=limitClause?
    ;

aliasedName
    : qualifiedName ( AS alias=name )?
    ;

// ---- schema

createTable
    : CREATE temporary=( TEMP | TEMPORARY )? TABLE condition=ifNotExists? qualifiedName
      ( LP columns+=columnDefinition ( COMMA columns+=columnDefinition )* constraints=tableConstraints? close=RP options=tableOptions?
      | AS query=select )
    ;

ifNotExists
    : IF NOT EXISTS
    ;

columnDefinition
    : name type=typeName? constraints+=columnConstraint*
    ;

typeName
    : words+=bareName+ ( LP signedNumber ( COMMA signedNumber )? RP )?
    ;

columnConstraint
    : CONSTRAINT name                                                           # columnConstraintName
    | PRIMARY KEY direction=( ASC | DESC )? conflict=onConflict? autoincrement=AUTOINCREMENT? # columnPrimaryKey
    | NOT NULL conflict=onConflict?                                             # columnNotNull
    | NULL conflict=onConflict?                                                 # columnNull
    | UNIQUE conflict=onConflict?                                               # columnUnique
    | CHECK open=LP expression close=RP                                         # columnCheck
    | DEFAULT sign=( PLUS | MINUS )? defaultTerm                                # columnDefaultTerm
    | DEFAULT defaultWord                                                       # columnDefaultWord
    | DEFAULT open=LP expression close=RP                                       # columnDefaultExpression
    | COLLATE collationName=bareName                                                # columnCollate
    | foreignKeyClause                                                          # columnReferences
    | deferral                                                                  # columnDeferral
    | ( GENERATED ALWAYS )? AS LP expression RP storage=storageName?               # columnGenerated
    ;

defaultTerm
    : literal
    | currentTime
    | string
    ;

defaultWord
    : WORD
    | QUOTED
    | INDEXED
    | fallbackWord
    | frameWord
    | likeWord
    ;

onConflict
    : ON CONFLICT conflictAction
    ;

foreignKeyClause
    : REFERENCES name columns=indexedNames? arguments+=foreignKeyArgument*
    ;

foreignKeyArgument
    : ON event=( INSERT | DELETE | UPDATE ) foreignKeyAction                    # foreignKeyEvent
    | MATCH name                                                                # foreignKeyMatch
    ;

foreignKeyAction
    : SET NULL                                                                  # setNullAction
    | SET DEFAULT                                                               # setDefaultAction
    | CASCADE                                                                   # cascadeAction
    | RESTRICT                                                                  # restrictAction
    | NO ACTION                                                                 # noAction
    ;

deferral
    : not=NOT? DEFERRABLE ( INITIALLY initially=( DEFERRED | IMMEDIATE ) )?
    ;

// Commas between table constraints are optional.
tableConstraints
    : COMMA items+=tableConstraint ( tableConstraintComma? items+=tableConstraint )*
    ;

tableConstraintComma
    : COMMA
    ;

tableConstraint
    : CONSTRAINT name                                                           # tableConstraintName
    | PRIMARY KEY LP orderingTerms autoincrement=AUTOINCREMENT? RP conflict=onConflict? # tablePrimaryKey
    | UNIQUE LP orderingTerms RP conflict=onConflict?                           # tableUnique
    | CHECK open=LP expression close=RP conflict=onConflict?                    # tableCheck
    | FOREIGN KEY indexedNames foreignKeyClause defer=deferral?                 # tableForeignKey
    ;

tableOptions
    : tableOption ( COMMA tableOption )*
    | ( COMMA tableOption )+
    ;

tableOption
    : without=WITHOUT name
    | name
    ;

createIndex
    : CREATE unique=UNIQUE? INDEX condition=ifNotExists? qualifiedName ON name LP orderingTerms RP where=whereClause?
    ;

createView
    : CREATE temporary=( TEMP | TEMPORARY )? VIEW condition=ifNotExists? qualifiedName columns=indexedNames? AS select
    ;

createTrigger
    : CREATE temporary=( TEMP | TEMPORARY )? TRIGGER condition=ifNotExists? qualifiedName
      ( time=( BEFORE | AFTER ) | time=INSTEAD OF )?
      ( event=( DELETE | INSERT ) | event=UPDATE ( OF columns=nameList )? )
      ON qualifiedName ( FOR EACH ROW )? ( WHEN when=expression )?
      BEGIN body+=triggerStep+ END
    ;

triggerStep
    : ( select | triggerInsert | triggerUpdate | triggerDelete ) SEMI
    ;

triggerInsert
    : ( INSERT action=orAction? | replace=REPLACE ) INTO aliasedName columns=names?
      query=select upserts+=upsert* returned=returning?
    ;

triggerUpdate
    : UPDATE action=orAction? aliasedName hint=indexHint? SET assignments from=fromClause? where=whereClause?
    ;

triggerDelete
    : DELETE FROM aliasedName hint=indexHint? where=whereClause?
    ;

createVirtualTable
    : CREATE VIRTUAL TABLE condition=ifNotExists? qualifiedName USING module=name ( LP arguments+=moduleArgument ( COMMA arguments+=moduleArgument )* close=RP )?
    ;

moduleArgument
    : moduleArgumentPart*
    ;

moduleArgumentPart
    : ~( LP | RP | COMMA | ILLEGAL )
    | LP ( ~( LP | RP | ILLEGAL ) | moduleParentheses )* RP
    ;

moduleParentheses
    : LP ( ~( LP | RP | ILLEGAL ) | moduleParentheses )* RP
    ;

alterTable
    : ALTER TABLE qualifiedName tableChange
    ;

tableChange
    : RENAME TO name                                                            # renameTable
    | RENAME COLUMN? column=name TO newName=name                                # renameColumn
    | ADD COLUMN? columnDefinition                                              # addColumn
    | ADD ( constraintWord=CONSTRAINT constraint=name )? check=CHECK open=LP expression close=RP conflict=onConflict? # addCheck
    | DROP COLUMN? name                                                         # dropColumn
    | DROP CONSTRAINT name                                                      # dropConstraint
    | ALTER COLUMN? name SET not=NOT NULL conflict=onConflict?                  # setNotNull
    | ALTER COLUMN? name DROP NOT NULL                                          # dropNotNull
    ;

drop
    : DROP kind=( TABLE | INDEX | VIEW | TRIGGER ) condition=ifExists? qualifiedName
    ;

ifExists
    : IF EXISTS
    ;

// ---- transactions and databases

begin
    : BEGIN kind=( DEFERRED | IMMEDIATE | EXCLUSIVE )? transactionWord?
    ;

// A name after it is allowed and ignored.
transactionWord
    : TRANSACTION ignored=name?
    ;

commit
    : ( COMMIT | END ) transactionWord?
    ;

rollback
    : ROLLBACK transactionWord? ( TO SAVEPOINT? to=name )?
    ;

savepoint
    : SAVEPOINT name
    ;

release
    : RELEASE SAVEPOINT? name
    ;

attach
    : ATTACH DATABASE? file=expression AS schema=expression ( KEY key=expression )?
    ;

detach
    : DETACH DATABASE? expression
    ;

vacuum
    : VACUUM schema=name? ( INTO into=expression )?
    ;

analyze
    : ANALYZE target=qualifiedName?
    ;

reindex
    : REINDEX target=qualifiedName?
    ;

pragma
    : PRAGMA qualifiedName ( EQ value=pragmaValue | LP value=pragmaValue RP )?
    ;

pragmaValue
    : sign=( PLUS | MINUS )? number=( INTEGER | REAL )                          # pragmaNumber
    | word=( ON | DELETE | DEFAULT )                                            # pragmaKeyword
    | name                                                                      # pragmaName
    ;

signedNumber
    : ( PLUS | MINUS )? ( INTEGER | REAL )
    ;

// ---- expressions, from loose to tight

expression
    : conjunction disjunctionTail*
    ;

disjunctionTail
    : OR conjunction
    ;

conjunction
    : comparison conjunctionTail*
    ;

conjunctionTail
    : AND comparison
    ;

comparison
    : inequality comparisonTail*
    ;

comparisonTail
    : operator=( EQ | NE ) inequality                                           # equalTail
    | IS ( distinct=DISTINCT FROM )? inequality                                 # isTail
    | IS_NOT ( distinct=DISTINCT FROM )? inequality                             # isNotTail
    | nullTest continuation                                                     # nullTestTail
    | negatable                                                                 # plainTail
    | NOT notTail                                                               # negatedTail
    ;

nullTest
    : ISNULL                                                                    # isNull
    | NOTNULL                                                                   # notNull
    ;

notTail
    : notNullTest continuation                                                  # notNullTail
    | negatable                                                                 # notNegatable
    ;

notNullTest
    : NULL
    ;

negatable
    : operator=( LIKE | GLOB | REGEXP | MATCH ) inequality ( ESCAPE escape=inequality )? # likeTail
    // The lower bound may be anything that does not swallow the AND.
    | BETWEEN comparison AND inequality                                         # betweenTail
    | IN inOperand continuation                                                 # inTail
    ;

// Behind what has no operand on its right, operators that bind tighter may follow: "(a ISNULL) > 0" needs no
// parentheses.
continuation
    : collationTail* concatenationTail* productTail* sumTail* bitwiseTail* inequalityTail*
    ;

inOperand
    : LP select RP                                                              # inSelect
    | LP argumentList RP                                                        # inList
    | qualifiedName ( LP arguments=argumentList RP )?                           # inTable
    ;

inequality
    : bitwise inequalityTail*
    ;

inequalityTail
    : operator=( LT | LE | GT | GE ) bitwise
    ;

bitwise
    : sum bitwiseTail*
    ;

bitwiseTail
    : operator=( AMPERSAND | BAR | SHIFT_LEFT | SHIFT_RIGHT ) sum
    ;

sum
    : product sumTail*
    ;

sumTail
    : operator=( PLUS | MINUS ) product
    ;

product
    : concatenation productTail*
    ;

productTail
    : operator=( STAR | SLASH | PERCENT ) concatenation
    ;

concatenation
    : collation concatenationTail*
    ;

concatenationTail
    : operator=( CONCAT | ARROW | LONG_ARROW ) collation
    ;

collation
    : unary collationTail*
    ;

collationTail
    : COLLATE collationName=bareName
    ;

unary
    : operators+=( MINUS | PLUS | TILDE | NOT )* primary
    ;

primary
    : literal                                                                   # literalPrimary
    | string qualification?                                                     # stringPrimary
    | expressionName ( qualification | call )?                                  # namePrimary
    | VARIABLE                                                                  # variablePrimary
    | currentTime                                                               # currentTimePrimary
    | CAST LP expression AS type=typeName? RP                                   # castPrimary
    | parenthesized                                                             # parenthesizedPrimary
    | EXISTS LP select RP                                                       # existsPrimary
    | CASE base=expression? branches+=whenBranch+ ( ELSE otherwise=expression )? END # casePrimary
    | RAISE LP ( action=IGNORE | action=( ROLLBACK | ABORT | FAIL ) COMMA message=expression ) RP # raisePrimary
    ;

literal
    : INTEGER
    | REAL
    | SEPARATED
    | BLOB
    | NULL
    ;

string
    : STRING
    ;

currentTime
    : CURRENT_DATE
    | CURRENT_TIME
    | CURRENT_TIMESTAMP
    ;

qualification
    : DOT name ( DOT third=name )?
    ;

call
    : LP ( star=STAR | ( distinct=DISTINCT | ALL )? argumentList order=orderBy? ) RP
      ( FILTER LP WHERE filter=expression RP )? over=overClause?
    ;

overClause
    : OVER ( LP window RP | reference=name )
    ;

parenthesized
    : LP select RP                                                              # subquery
    | LP elements+=expression ( COMMA elements+=expression )* RP                # group
    ;

whenBranch
    : WHEN condition=expression THEN result=expression
    ;

// ---- names

qualifiedName
    : first=name ( DOT second=name )?
    ;

names
    : LP nameList RP
    ;

nameList
    : items+=name ( COMMA items+=name )*
    ;

// Names that old schemas decorate with collation and direction.
indexedNames
    : LP items+=indexedName ( COMMA items+=indexedName )* RP
    ;

indexedName
    : name decoration=nameDecoration?
    ;

nameDecoration
    : collate=COLLATE bareName ( ASC | DESC )?
    | ASC
    | DESC
    ;

name
    : WORD
    | QUOTED
    | STRING
    | INDEXED
    | joinWord
    | fallbackWord
    | frameWord
    | likeWord
    | primaryWord
    ;

// At the start of an expression CAST, RAISE and CURRENT_TIME are themselves, and a string is a string.
expressionName
    : WORD
    | QUOTED
    | INDEXED
    | joinWord
    | fallbackWord
    | frameWord
    | likeWord
    ;

// Where a keyword of a join may follow.
bareName
    : WORD
    | QUOTED
    | STRING
    | fallbackWord
    | frameWord
    | likeWord
    | primaryWord
    ;

storageName
    : WORD
    | QUOTED
    | fallbackWord
    | frameWord
    | likeWord
    | primaryWord
    ;

// Where an operator may follow.
resultAlias
    : WORD
    | QUOTED
    | STRING
    | fallbackWord
    | frameWord
    | primaryWord
    ;

// Where the rest of a window may follow.
windowName
    : WORD
    | QUOTED
    | STRING
    | INDEXED
    | joinWord
    | fallbackWord
    | likeWord
    | primaryWord
    ;

joinWord
    : CROSS
    | FULL
    | INNER
    | LEFT
    | NATURAL
    | OUTER
    | RIGHT
    ;

likeWord
    : LIKE
    | GLOB
    | REGEXP
    | MATCH
    ;

frameWord
    : PARTITION
    | RANGE
    | ROWS
    | GROUPS
    ;

primaryWord
    : CAST
    | RAISE
    | CURRENT_DATE
    | CURRENT_TIME
    | CURRENT_TIMESTAMP
    ;

fallbackWord
    : ABORT
    | ACTION
    | AFTER
    | ALWAYS
    | ANALYZE
    | ASC
    | ATTACH
    | BEFORE
    | BEGIN
    | BY
    | CASCADE
    | COLUMN
    | CONFLICT
    | CURRENT
    | DATABASE
    | DEFERRED
    | DESC
    | DETACH
    | DO
    | EACH
    | END
    | EXCLUDE
    | EXCLUSIVE
    | EXPLAIN
    | FAIL
    | FIRST
    | FOLLOWING
    | FOR
    | GENERATED
    | IF
    | IGNORE
    | IMMEDIATE
    | INITIALLY
    | INSTEAD
    | KEY
    | LAST
    | MATERIALIZED
    | NO
    | NULLS
    | OF
    | OFFSET
    | OTHERS
    | PLAN
    | PRAGMA
    | PRECEDING
    | QUERY
    | RECURSIVE
    | REINDEX
    | RELEASE
    | RENAME
    | REPLACE
    | RESTRICT
    | ROLLBACK
    | ROW
    | SAVEPOINT
    | TEMP
    | TEMPORARY
    | TIES
    | TRIGGER
    | UNBOUNDED
    | VACUUM
    | VIEW
    | VIRTUAL
    | WITH
    | WITHOUT
    ;
