-- In UTF-16 a blob is text of that encoding wherever a function asks for text, and a text with a
-- character beyond U+00FF begins with an integer, at best, where it is an operand.
PRAGMA encoding='UTF-16le';
CREATE TABLE t(a INT, b REAL, c NUMERIC, d TEXT);
INSERT INTO t VALUES('12é', '12é', '12é', '12é');
INSERT INTO t VALUES('1e9é', '1e9é', '-1e9Ā', 5);
INSERT INTO t VALUES('9e9Ȁ', '9e9�', '-1e9�', 5);
SELECT * FROM t;
SELECT CAST('1e9é' AS REAL), CAST('-9e9�' AS REAL), CAST('-9e9�' AS INT), CAST('-9e9�' AS NUMERIC), '1e9é'+0, '12é3'+1, -'-9e9Ā';
SELECT CAST('12é' AS INT), CAST('1234é' AS INT), '12é'|0, '1e2é'|0, '1.5e2Ā'*2;
SELECT ltrim(x'0e0000'), hex(trim(x'002000')), hex(ltrim(x'De0000')), hex(ltrim(x'00b000'));
SELECT length(x'0e0000'), length(x'0e000010'), length(x'41004200'), substr(x'410042', 2), instr(x'410042', x'42'), hex(x'410042');
SELECT upper(x'61006200'), lower(x'41004200'), hex(upper(x'610062')), quote(x'610062'), hex(CAST(x'610062' AS TEXT)), CAST(x'61006200' AS TEXT);
SELECT hex(x'610062' || 'a'), hex(x'61' || x'62'), hex(x'6100' || x'62'), x'6100'||'b';
SELECT hex('abc'), hex('é'), unicode('é'), unicode(x'e900'), char(233), hex(char(233));
SELECT CAST('12' AS BLOB), hex(CAST('é' AS BLOB)), CAST(x'31003200' AS INT), CAST(x'310032' AS REAL), x'3100'+1, x'31'+1, CAST(x'31' AS INT);
SELECT rtrim(x'610020'), hex(rtrim('ab', x'6200')), hex(rtrim(x'61006200', 'b')), trim(x'');
SELECT x'6100' LIKE 'a', x'61' LIKE 'a', 'a' LIKE x'6100', x'6100' GLOB 'a';
SELECT coalesce(NULL, x'61'), typeof(x'61'), nullif(x'6100', 'a'), min(x'61','b'), printf('%s', x'6100'), printf('%s|', x'610062'), printf('%d', x'3100'), printf('%q', x'2700');
SELECT round(x'3100'), abs(x'3100'), sign(x'3100'), date(x'32003000'), group_concat(x'6100', x'62'), sum(x'3100'), total('1é');
SELECT length(CAST(x'3dd800de' AS TEXT)), unicode(CAST(x'3dd800de' AS TEXT)), hex(CAST(x'3dd800de' AS TEXT)), hex(CAST(CAST(x'3dd800de' AS TEXT) AS BLOB)), octet_length('abc'), octet_length(x'6162');
SELECT hex(CAST(x'feff6100' AS TEXT)), hex(CAST(x'fffe6100' AS TEXT)), length('�'), hex(trim(x'0000')), hex(trim(x'00')), hex(trim(x'0020'));
SELECT hex(unhex(x'34003100')), unhex('41', x'2000'), json_array(x'3100'), strftime('%Y', x'32003000');
SELECT x'3100' = '1', x'3100' < 'a', CAST(x'3100' AS TEXT) = '1', '1é' = 1, 1 = CAST('1é' AS INT);
SELECT concat(x'6100', 'b'), concat_ws(x'2c00', 'a', x'6200'), string_agg(x'6100', x'2c00'), likely(x'61');
SELECT soundex(x'61006200'), hex(zeroblob(2)), hex(zeroblob(2)||''), like(x'6100', 'a'), glob('a', x'6100');
SELECT '0x10é'+0, '1_0'+0, ' 12 é'+0, '1e'||'é'+0, '.é'+0, '+é'+0, '1e+é'+0, CAST('1e+é' AS INT), CAST('1e5é' AS INT);
SELECT '9223372036854775807é'+0, CAST('9223372036854775808é' AS INT), CAST('9223372036854775807é' AS INT), '9223372036854775808'+0;
SELECT typeof('12é'+0), typeof('12.0é'+0), '12Ā' + 0, '12ā' + 0, '1２'+0, '12ı'+0;
CREATE TABLE b(x TEXT, y BLOB);
INSERT INTO b VALUES(x'6100', '12é'), (12, x'3100');
SELECT typeof(x), typeof(y), hex(x), hex(y), x||'', y||'', length(x), length(y) FROM b;
SELECT x+0, y+0, upper(x), upper(y), substr(x,1,1), hex(substr(y,1,1)) FROM b;
.new
PRAGMA encoding='UTF-16be';
SELECT CAST('1e9é' AS REAL), CAST('-9e9�' AS REAL), CAST('-9e9�' AS INT), CAST('-9e9�' AS NUMERIC), '1e9é'+0, '12é3'+1, -'-9e9Ā';
SELECT CAST('12é' AS INT), CAST('1234é' AS INT), '12é'|0, '1e2é'|0, '1.5e2Ā'*2, '12Ā' + 0, '12ı'+0, '1２'+0;
SELECT ltrim(x'0e0000'), hex(trim(x'002000')), hex(ltrim(x'De0000')), hex(ltrim(x'00b000'));
SELECT length(x'0e0000'), CAST(x'00610062' AS TEXT), hex(CAST(x'6162' AS TEXT)), x'0031'+1, CAST(x'0031' AS INT), hex(x'61'||'b');
SELECT replace(x'6100', 'a', 'b'), hex(replace(x'610062', 'a', 'b')), instr('abc', x'6200'), instr(x'616200', 'b');
.new
PRAGMA encoding='UTF-16le';
CREATE TABLE t(x);
INSERT INTO t VALUES(1);
ALTER TABLE t ADD COLUMN c REAL DEFAULT -'9e9Ā';
ALTER TABLE t ADD COLUMN d REAL DEFAULT -'9e9é';
SELECT * FROM t;
