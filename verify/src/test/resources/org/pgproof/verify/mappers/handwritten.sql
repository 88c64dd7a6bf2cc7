-- Written by hand over the years: expressions that PostgreSQL prints otherwise after it has read its own print.

CREATE SCHEMA hand;
SET search_path = hand;
CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy');
CREATE TABLE checks (
    a integer, b integer, c integer, v varchar(10), n varchar(20)[], ch char(3), t text, d date, ts timestamptz, net cidr, ip inet, m mood, num numeric(5, 2), r real, j jsonb, bi bigint, si smallint, nm name,
    CHECK (v IN ('a', 'b')), CHECK (v NOT IN ('c', 'd')), CHECK (v = ANY (ARRAY['a', 'b', 'x']::varchar[])), CHECK (v <> ALL (ARRAY['q']::varchar(10)[])), CHECK (ch IN ('abc', 'def')),
    CHECK (net IN ('10.0.0.0/8', '192.168.0.0/16')), CHECK (ip << ANY (ARRAY['10.0.0.0/8']::cidr[])), CHECK (nm IN ('x', 'y')), CHECK (num IN (1, 2.5)), CHECK (r IN (1, 2)), CHECK (si IN (1, 2, 3)), CHECK (bi IN (1, 2, 3)),
    CHECK (a BETWEEN 1 AND 5 AND b > 0), CHECK ((a, b) = (1, 2) AND c > 0 OR true), CHECK (a IN (1, b) OR c = 3 OR true), CHECK (NOT (a BETWEEN 6 AND 9 OR b < 0)), CHECK (a NOT BETWEEN 10 AND 20 AND c IS NOT NULL),
    CHECK ((a, b, c) < (100, 100, 100) OR a IS NULL), CHECK (a BETWEEN SYMMETRIC 5 AND 1), CHECK (((a > 0 AND b > 0) AND c > 0) AND a + b * c > 1), CHECK (((a < 0 OR b < 0) OR c < 0) OR a - (b - c) > -100),
    CHECK (CASE a WHEN 1 THEN v IN ('a', 'b') WHEN 2 THEN b BETWEEN 1 AND 2 AND true ELSE true END), CHECK (CASE WHEN v IN ('a') THEN true ELSE v IS DISTINCT FROM 'z' END),
    CHECK (COALESCE(v IN ('a', 'b'), false) OR NULLIF(a, 1) IS NULL), CHECK (v || 'x' IN ('ax', 'bx')), CHECK (lower(v) IN ('a', 'b')), CHECK (v::text IN ('a', 'b')), CHECK (upper(v)::varchar(1) IN ('A', 'B')),
    CHECK (v LIKE ANY (ARRAY['a%', 'b%'])), CHECK (v SIMILAR TO '(a|b)%'), CHECK (v ~ '^[a-z]' AND v !~* 'ß'), CHECK (n[1] IN ('a', 'b')), CHECK (n <@ ARRAY['a', 'b']::varchar[]), CHECK (n && ARRAY['a', 'c']::varchar(20)[]), CHECK ('a' = ANY (n)),
    CHECK (m IN ('ok', 'happy')), CHECK (m > 'sad'), CHECK (m::text IN ('ok', 'happy')), CHECK (d BETWEEN '2000-01-01' AND '2099-12-31' AND d <> '2001-01-01'), CHECK (d IN ('2024-01-01', '2024-01-02')), CHECK (extract(isodow FROM d) IN (1, 2, 3)), CHECK (d - 1 > '1999-01-01' AND ts >= '2000-01-01 00:00+00'),
    CHECK (j ->> 'k' IN ('x', 'y')), CHECK (j @> '{"k": "x"}' AND j ? 'k' OR j IS NULL), CHECK ((j -> 'n')::int BETWEEN 1 AND 5 AND true), CHECK (t IS NULL OR length(t) IN (1, 2, 3) AND t <> ''), CHECK (num::integer IN (1, 2)), CHECK (a = ANY ('{1,2,3}')), CHECK (a IN (1)), CHECK (a::bigint IN (1, 2)), CHECK (-a < 0 AND a - -1 > 0 AND a ^ 2 < 100), CHECK ((a IS NULL) = (b IS NULL) AND (a IS NULL) <> true),
    CHECK (v COLLATE "C" IN ('a', 'b')), CHECK (row(a, v) IS NOT NULL), CHECK (substring(v FROM 1 FOR 1) IN ('a', 'b')), CHECK (position('a' IN v) IN (0, 1) AND trim(both ' ' FROM v) <> ''), CHECK (overlay(v PLACING 'x' FROM 1) = 'x'), CHECK (greatest(a, b) IN (1, 2)), CHECK (a % 2 IN (0, 1) AND a & 3 IN (1, 2, 3)), CHECK (ts AT TIME ZONE 'UTC' > '2000-01-01' AND ts::time(0) IS NOT NULL), CHECK (interval '1 day' * a IN ('1 day', '2 days')), CHECK (t::varchar(2) IN ('', 'a')), CHECK (ch::text IN ('abc')), CHECK (ch || 'x' = 'abcx' AND ch > 'a')
);
INSERT INTO checks VALUES (1, 2, 3, 'a', '{a}', 'abc', NULL, '2024-01-01', '2024-01-01 00:00+00', '10.0.0.0/8', '10.1.0.0', 'ok', 1, 1, '{"k": "x", "n": 1}', 1, 1, 'x');
CREATE TABLE generated (a int, b int, v varchar(9), in_list boolean GENERATED ALWAYS AS (v IN ('a', 'b')) STORED, between_and boolean GENERATED ALWAYS AS (a BETWEEN 1 AND 5 AND b > 0) STORED, cased text GENERATED ALWAYS AS (CASE WHEN v IN ('x') THEN 'x' ELSE v || '-' || a END) STORED, rowed boolean GENERATED ALWAYS AS ((a, b) = (1, 2) AND v <> '') STORED);
INSERT INTO generated (a, b, v) SELECT n, n, 'v' || n FROM generate_series(1, 20) AS n;
CREATE INDEX in_where ON generated (a) WHERE v IN ('a', 'b') AND a BETWEEN 1 AND 5 AND b > 0;
CREATE INDEX in_expression ON generated ((v IN ('a', 'b')), (CASE WHEN a BETWEEN 1 AND 5 AND b > 0 THEN a END));
SELECT current_setting('server_version_num')::int >= 140000 AS expressions \gset
\if :expressions
CREATE STATISTICS in_statistics ON (v IN ('a', 'b')), (a BETWEEN 1 AND 5 AND b > 0) FROM generated;
\endif
CREATE TABLE defaults (a boolean DEFAULT ('a'::varchar IN ('a', 'b')), b boolean DEFAULT (1 BETWEEN 0 AND 2 AND 3 > 2), c varchar(3)[] DEFAULT ARRAY['a', 'b']::varchar[], d varchar(5) DEFAULT 'a'::varchar || 'b');
INSERT INTO defaults DEFAULT VALUES;
ALTER TABLE generated ENABLE ROW LEVEL SECURITY;
CREATE POLICY in_policy ON generated USING (v IN ('a', 'b') OR a BETWEEN 1 AND 5 AND b > 0) WITH CHECK ((a, b) = (1, 2) AND v NOT IN ('c'));
CREATE FUNCTION done() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER in_when AFTER UPDATE ON generated FOR EACH ROW WHEN (NEW.v IN ('a', 'b') AND OLD.a BETWEEN 1 AND 5 AND NEW.b > 0 OR OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION done();
CREATE RULE in_rule AS ON UPDATE TO defaults WHERE NEW.d IN ('a', 'b') AND NEW.a BETWEEN false AND true AND NEW.b DO ALSO DELETE FROM generated WHERE v IN ('a', NEW.d) AND a BETWEEN 1 AND 5 AND b > 0;
CREATE VIEW in_view AS SELECT v IN ('a', 'b') AS x, a BETWEEN 1 AND 5 AND b > 0 AS y, (a, b) = (1, 2) AND v > '' AS z FROM generated WHERE v IN ('a', 'b') OR (a IN (1, b) OR b = 3);
CREATE VIEW joined AS SELECT g.a, h.b FROM generated g LEFT JOIN generated h ON g.v IN ('a', 'b') AND h.a BETWEEN g.a AND g.b AND h.b > 0 GROUP BY g.a, h.b HAVING max(g.v) IN ('a', 'b') AND g.a BETWEEN 1 AND 5 AND h.b > 0 ORDER BY (max(g.v) IN ('a', 'b'));
CREATE MATERIALIZED VIEW in_materialized AS SELECT count(*) FILTER (WHERE v IN ('a', 'b') AND a BETWEEN 1 AND 5 AND b > 0) FROM generated;
CREATE DOMAIN checked AS varchar(9) CHECK (VALUE IN ('a', 'b')) CHECK (length(VALUE) BETWEEN 1 AND 9 AND VALUE <> 'z');
CREATE TABLE excluded (a int, v varchar(9), EXCLUDE USING hash (v WITH =) WHERE (v IN ('a', 'b') AND a BETWEEN 1 AND 5 AND a > 0));
CREATE FUNCTION with_default(a boolean DEFAULT ('a'::varchar IN ('a', 'b')), b boolean DEFAULT (1 BETWEEN 0 AND 2 AND 3 > 2)) RETURNS int LANGUAGE sql AS 'SELECT 1';
