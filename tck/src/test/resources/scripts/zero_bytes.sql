-- A zero byte ends a number where a REAL is read, not where an INTEGER is.
CREATE TABLE z(i INTEGER, r REAL, n NUMERIC, t TEXT, x);
INSERT INTO z VALUES ('12' || char(0) || 'b', '12' || char(0), '1.5' || char(0), '12' || char(0), '12' || char(0));
INSERT INTO z VALUES ('12345678901234567' || char(0), '0x10' || char(0), '9223372036854775808' || char(0), '12' || char(0), x'313200');
SELECT typeof(i), i, typeof(r), hex(r), typeof(n), n, typeof(t), hex(t), hex(x), t + 1, x + 1, -x, t % 5, x & 7 FROM z;
SELECT i = '12' || char(0), i IN ('12' || char(0)), t = 12, abs(t), round(t), mod(t, 5) FROM z;
SELECT sum(t), total(t), avg(t), sum('12345678901234567' || char(0)), CAST('12' || char(0) AS NUMERIC) FROM z;
SELECT i FROM z WHERE i = '12' || char(0) ORDER BY 1;
