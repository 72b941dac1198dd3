-- In a UTF-16 database a blob's bytes are UTF-16 where text is wanted.
PRAGMA encoding='UTF-16be';
PRAGMA encoding;
CREATE TABLE t(a INTEGER PRIMARY KEY, b);
INSERT INTO t VALUES(1, x'00610062'), (2, x'cd81aece79600f7f'), (5, x'646464'), (3, 'ab'), (4, 'Zoë 😀');
PRAGMA encoding;
SELECT a, typeof(b), hex(b), hex(b || 'x'), length(b || 'x') FROM t WHERE a < 5;
SELECT CAST(b || 'x' AS TEXT) FROM t;
SELECT hex(12), hex(1.5), hex('é'), octet_length('é'), octet_length(x'0102');
SELECT a, hex(CAST(b AS TEXT)), hex(CAST(CAST(b AS TEXT) AS BLOB)) FROM t;
SELECT CAST(x'00310032' AS INTEGER), CAST(x'0031002e0035' AS REAL), CAST(x'0031' AS NUMERIC);
SELECT a FROM t ORDER BY b;
-- U+FFFE and U+FFFF are characters like others.
SELECT unicode(CAST(x'ffff' AS TEXT)), unicode(char(65534)), hex('a' || char(65535) || 'b');
SELECT hex(substr('a' || char(65535) || 'b', 2, 1)), hex(char(55296)), unicode(char(56320));
