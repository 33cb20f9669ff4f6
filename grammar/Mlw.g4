// The syntax of mlw. What may be said in it (blocks, settings, functions, their types and units) is vocabulary.toml.
// It lets a little more through than the language, so that compiler/syntax can say in plain words what is wrong with the
// rest. compiler/syntax reads files by code of its own, which the tests hold to this grammar: they make a parser of it and
// compare words, acceptance and trees (tests/unit/grammar).
grammar Mlw;

// Given by the pass over the tokens that precedes parsing (compiler/syntax/check_tokens.cpp): `log` that spaces a range, and
// the `in` that ends the binding of a `let`.
tokens { SCALE, LET_IN }

file      : header? body EOF ;
header    : WORKFLOW name text? ;
body      : item* ;
item      : block | setting | definition | function | importing | waiver ;

block      : name (name (COMMA name)*)? OPEN_BRACE body CLOSE_BRACE ;
setting    : name (COMMA name)* COLON expression ;
definition : name ASSIGN expression ;
function   : FN name OPEN (parameter (COMMA parameter)* COMMA?)? CLOSE ASSIGN expression ;
parameter  : name (COLON expression)? ;
importing  : IMPORT text (AS name)? ;
waiver     : ALLOW name BECAUSE text ;

// From tightest to loosest.
expression
  : primary
  | <assoc=right> expression op=POWER expression
  | op=MINUS expression
  | expression op=(TIMES | DIVIDE) expression
  | expression op=(PLUS | MINUS) expression
  | expression op=DOTS expression
  | expression op=STEP expression
  | expression op=SCALE
  | expression op=(EQUAL | NOT_EQUAL | LESS | LESS_EQUAL | GREATER | GREATER_EQUAL | IN) expression
  | op=NOT expression
  | expression op=AND expression
  | expression op=OR expression
  | op=LET name ASSIGN expression LET_IN expression
  | op=IF expression THEN expression ELSE expression
  | expression op=BAR expression
  | expression op=PIPE expression
  ;

primary
  : qualified (OPEN (argument (COMMA argument)* COMMA?)? CLOSE)?
  | OPEN expression CLOSE
  | OPEN_LIST (expression (COMMA expression)* COMMA?)? CLOSE_LIST
  | NUMBER
  | DATE
  | text
  | TRUE
  | FALSE
  | MISSING
  ;

argument  : (name COLON)? expression ;
qualified : name (DOT name)* ;
text      : TEXT | BLOCK_TEXT ;

// Words that mean something in one place only may be names everywhere else.
name : NAME | QUOTED | FN | IMPORT | ALLOW | BECAUSE | AS | WORKFLOW ;

WORKFLOW : 'workflow' ;
FN       : 'fn' ;
IMPORT   : 'import' ;
AS       : 'as' ;
ALLOW    : 'allow' ;
BECAUSE  : 'because' ;
AND      : 'and' ;
OR       : 'or' ;
NOT      : 'not' ;
IN       : 'in' ;
IF       : 'if' ;
THEN     : 'then' ;
ELSE     : 'else' ;
LET      : 'let' ;
STEP     : 'step' ;
TRUE     : 'true' ;
FALSE    : 'false' ;
MISSING  : 'missing' ;

// Beyond ASCII everything but plain signs and spaces is taken for part of a name here, so that a name with one wrong
// character stays one word; compiler/syntax then holds names to Unicode's XID_Start and XID_Continue.
NAME   : (LETTER | '_') (LETTER | '_' | D)* ;
fragment LETTER
  : [A-Za-z]
  | ~[\u0000-\u00A9\u00AB-\u00B4\u00B6\u00B8\u00B9\u00BB-\u00BF\u00D7\u00F7\u2000-\u203E\u2041-\u2053\u2055-\u206F\u2190-\u2BFF\u3000-\u3004\u3008-\u3020\u3030\uE000-\uF8FF\uFE10-\uFE1F\uFE30-\uFE32\uFE35-\uFE4C\uFE50-\uFE6F\uFEFF\uFF01-\uFF0F\uFF1A-\uFF20\uFF3B-\uFF3E\uFF40\uFF5B-\uFF65\uFFE0-\uFFFF\u{1F000}-\u{1FBEF}\u{E0000}-\u{E00FF}\u{F0000}-\u{10FFFF}]
  ;
QUOTED : '`' (~[`\r\n] | '``')+ '`' ;

DATE   : D D D D '-' D D '-' D D ('T' D D ':' D D (':' D D ('.' D+)?)?)? ;
NUMBER : D+ ('.' D+)? ([eE] [+-]? D+)? ('%' | LETTER (LETTER | '_' | D)*)? ;
fragment D : [0-9] ;

TEXT       : '"' (~["\\\r\n] | '\\' ~[\r\n])* '"' ;
BLOCK_TEXT : '"""' (~'"' | '"' ~'"' | '""' ~'"')* '"""' ;

OPEN_BRACE    : '{' ;
CLOSE_BRACE   : '}' ;
OPEN          : '(' ;
CLOSE         : ')' ;
OPEN_LIST     : '[' ;
CLOSE_LIST    : ']' ;
COMMA         : ',' ;
COLON         : ':' ;
DOT           : '.' ;
DOTS          : '..' ;
ASSIGN        : '=' ;
PLUS          : '+' ;
MINUS         : '-' ;
TIMES         : '*' ;
DIVIDE        : '/' ;
POWER         : '^' ;
EQUAL         : '==' ;
NOT_EQUAL     : '!=' ;
LESS          : '<' ;
LESS_EQUAL    : '<=' ;
GREATER       : '>' ;
GREATER_EQUAL : '>=' ;
PIPE          : '|>' ;
BAR           : '|' ;

DOCUMENTATION : '##' ~[\r\n]* -> channel(HIDDEN) ;
COMMENT       : '#' ~[\r\n]* -> channel(HIDDEN) ;
SPACE         : [ \t\r\n\f\u00A0\u3000]+ -> skip ;

// What is wrong in itself still becomes a token, so that it can be named.
UNCLOSED_TEXT       : '"' (~["\\\r\n] | '\\' ~[\r\n])* '\\'? ;
UNCLOSED_BLOCK_TEXT : '"""' (~'"' | '"' ~'"' | '""' ~'"')* '"'? '"'? ;
UNCLOSED_NAME       : '`' (~[`\r\n] | '``')* | '``' ;
UNKNOWN             : . ;
