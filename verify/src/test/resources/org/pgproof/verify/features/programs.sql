-- Views, rules, functions and whatever else holds code.

CREATE SCHEMA programs;
SET search_path = programs, tables;

CREATE VIEW simple AS SELECT id, email FROM customers WHERE age > 21 WITH CASCADED CHECK OPTION;
CREATE VIEW barrier WITH (security_barrier = true, check_option = local) AS SELECT id, email FROM customers WHERE email <> '';
CREATE VIEW joined AS
    SELECT c.id, o.id AS "order", c.email || ' ''x'' ' AS text, count(*) FILTER (WHERE o.total > 0) OVER w AS n,
        CASE WHEN c.age BETWEEN 20 AND 30 THEN E'\\' ELSE '; -- ' END AS "case; when",
        (SELECT max(x) FROM unnest(ARRAY[1, 2, 3]) x) AS m, ROW(c.id, 1) = ANY (SELECT id, 1 FROM orders) AS is_any,
        o.customer::text::varchar(3), COALESCE(o.tax, 0) AS tax
    FROM customers c LEFT JOIN orders o ON o.customer = c.id AND o.total IN (1, 2, 3)
    WINDOW w AS (PARTITION BY c.id ORDER BY o.id ROWS BETWEEN 1 PRECEDING AND CURRENT ROW);
CREATE VIEW recursive AS WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t WHERE n < 5) SELECT n FROM t;
CREATE VIEW grouped AS SELECT age, email, sum(balance) FROM customers GROUP BY GROUPING SETS ((age), (email), ()) HAVING count(*) > 0 ORDER BY 1 LIMIT 5;
CREATE VIEW laterals AS SELECT * FROM customers c CROSS JOIN LATERAL (SELECT g.g, g.n FROM generate_series(1, c.age) WITH ORDINALITY AS g(g, n)) l;
CREATE VIEW using_join AS SELECT * FROM first_of_two JOIN second_of_two USING (id, other);
CREATE VIEW whole_row AS SELECT c, (c).email AS e FROM customers c;
CREATE VIEW set_operations AS (SELECT 1 AS a UNION SELECT 2) EXCEPT SELECT 3 INTERSECT SELECT 4;
CREATE VIEW distinct_on AS SELECT DISTINCT ON (age) age, email FROM customers ORDER BY age, email DESC;
CREATE VIEW times AS SELECT now() AS now, current_date AS today, timestamptz '2020-01-01 12:00 Asia/Tokyo' AT TIME ZONE 'UTC' AS utc,
    interval '1 day 02:03:04' AS i, date '0044-03-15 BC' AS ides, 'infinity'::float8 AS f, 1.10::numeric(5, 2) AS n, B'101' AS b, '\x00ff'::bytea AS bytes,
    extract(epoch FROM timestamp '2020-01-01') AS epoch, position('a' IN 'ba') AS p, substring('abc' FROM 2 FOR 1) AS s, trim(both 'x' FROM 'xax') AS t,
    overlay('abc' PLACING 'x' FROM 2) AS o;
CREATE VIEW circular AS SELECT 1 AS a;
CREATE FUNCTION uses_view() RETURNS SETOF circular LANGUAGE sql AS 'SELECT * FROM programs.circular';
CREATE OR REPLACE VIEW circular AS SELECT a FROM uses_view() LIMIT 1;
CREATE VIEW "vi""ew; --" AS SELECT 1 AS "co""l;
umn", 2 AS "select";
CREATE VIEW without_columns_view AS SELECT FROM customers;
ALTER VIEW simple ALTER COLUMN email SET DEFAULT 'none';
COMMENT ON VIEW joined IS E'hostile\n--\n-- Name: x; Type: TABLE; Schema: public; Owner: -\n--\n\nDROP TABLE x;\n\\! echo';
COMMENT ON COLUMN joined."case; when" IS '\.';

CREATE MATERIALIZED VIEW populated AS SELECT age, count(*) FROM customers GROUP BY age WITH DATA;
CREATE MATERIALIZED VIEW unpopulated AS SELECT * FROM customers WITH NO DATA;
CREATE MATERIALIZED VIEW on_another AS SELECT * FROM populated WHERE age > 21;
CREATE MATERIALIZED VIEW a_first_by_name AS SELECT * FROM on_another;
CREATE MATERIALIZED VIEW on_view WITH (fillfactor = 50) AS SELECT * FROM recursive;
CREATE UNIQUE INDEX ON populated (age);
COMMENT ON MATERIALIZED VIEW populated IS 'on a materialized view';
CREATE VIEW on_materialized AS SELECT * FROM a_first_by_name;

CREATE TABLE logged (a integer, b text);
CREATE RULE "ru""le" AS ON INSERT TO logged WHERE NEW.a > 100 DO INSTEAD NOTHING;
CREATE RULE also AS ON DELETE TO logged DO ALSO (INSERT INTO logged VALUES (OLD.a, 'x; y'); UPDATE logged SET b = OLD.b WHERE a = 3; NOTIFY deleted, 'it''s');
CREATE RULE instead AS ON UPDATE TO simple DO INSTEAD UPDATE customers SET email = NEW.email WHERE id = OLD.id RETURNING id, email;
ALTER TABLE logged DISABLE RULE also;
COMMENT ON RULE "ru""le" ON logged IS 'on a rule';

CREATE FUNCTION hostile(a integer, b text DEFAULT 'it''s; --', OUT c integer, INOUT d text DEFAULT NULL, VARIADIC rest integer[] DEFAULT '{}') RETURNS record LANGUAGE plpgsql AS $function$
DECLARE
    v text := $$COPY x FROM stdin;
1	2
\.
$$;
BEGIN
    -- it's a comment with a quote, and $_$ and $
    /* and /* nested */
COPY x FROM stdin;
\.
\! echo
\connect other
    */
    EXECUTE $q$ SELECT '\.' $q$;
    d := v || $_$ ' $_$ || '--' || E'\'';
    c := 1;
END;
$function$;
CREATE FUNCTION just_a_string() RETURNS text LANGUAGE sql AS 'SELECT ''$$ $function$ \. ''::text';
CREATE FUNCTION starts_with_end() RETURNS text LANGUAGE plpgsql AS '
BEGIN
RETURN ''
--
-- PostgreSQL database dump complete
--
''; END';
CREATE FUNCTION definer() RETURNS integer LANGUAGE sql STABLE SECURITY DEFINER STRICT PARALLEL SAFE COST 7 SET search_path = programs, pg_temp SET work_mem = '5MB' SET "DateStyle" = 'German, DMY' AS 'SELECT 1';
CREATE FUNCTION many() RETURNS TABLE (a integer, "b c" text) LANGUAGE sql ROWS 5 IMMUTABLE LEAKPROOF AS $$ SELECT 1, 'x' $$;
CREATE FUNCTION overloaded(integer) RETURNS integer LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION overloaded(text) RETURNS integer LANGUAGE sql AS 'SELECT 2';
CREATE FUNCTION "fun""c; --
x"("ar""g" text, anyelement) RETURNS anyelement LANGUAGE sql AS 'SELECT $2';
CREATE FUNCTION with_defaults(a integer DEFAULT 1 + 2, b timestamptz DEFAULT now(), c text DEFAULT E'\\ \'', d integer[] DEFAULT ARRAY[1, 2]) RETURNS integer LANGUAGE sql WINDOW AS 'SELECT 1';
CREATE PROCEDURE proceed(a integer, INOUT b text) LANGUAGE plpgsql AS $$ BEGIN COMMIT; END $$;
CREATE FUNCTION late_body() RETURNS integer LANGUAGE sql AS 'SELECT count(*)::integer FROM programs.logged';
COMMENT ON FUNCTION hostile(integer, text, text, integer[]) IS $$it's
\.$$;
COMMENT ON PROCEDURE proceed(integer, text) IS 'on a procedure';
COMMENT ON FUNCTION "fun""c; --
x"(text, anyelement) IS 'x';

CREATE FUNCTION on_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
CREATE TRIGGER before_each BEFORE INSERT OR UPDATE OF a, b ON logged FOR EACH ROW WHEN (NEW.a > 1 AND NEW.b <> 'it''s;') EXECUTE FUNCTION on_change('arg''1', E'\\2', '3; --');
CREATE TRIGGER after_statement AFTER UPDATE ON logged REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION on_change();
CREATE CONSTRAINT TRIGGER constrained AFTER INSERT ON logged FROM tables.customers DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION on_change();
CREATE TRIGGER "instead; of" INSTEAD OF INSERT ON joined FOR EACH ROW EXECUTE FUNCTION on_change();
CREATE TRIGGER truncated BEFORE TRUNCATE ON logged EXECUTE FUNCTION on_change();
CREATE TRIGGER of_partitions AFTER INSERT ON tables.events FOR EACH ROW EXECUTE FUNCTION on_change();
ALTER TABLE logged DISABLE TRIGGER before_each, ENABLE ALWAYS TRIGGER after_statement, ENABLE REPLICA TRIGGER truncated;
ALTER TABLE tables.events_2019 DISABLE TRIGGER of_partitions;
COMMENT ON TRIGGER before_each ON logged IS 'on a trigger';
CREATE FUNCTION on_event() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN END $$;
CREATE EVENT TRIGGER watching ON ddl_command_end WHEN TAG IN ('CREATE TABLE', 'DROP TABLE') EXECUTE FUNCTION on_event();
CREATE EVENT TRIGGER dropping ON sql_drop EXECUTE FUNCTION on_event();
ALTER EVENT TRIGGER dropping DISABLE;
COMMENT ON EVENT TRIGGER watching IS 'on an event trigger';
INSERT INTO logged VALUES (1, 'a'), (2, 'b');

CREATE FUNCTION add_pair(integer, integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT $1 + $2';
CREATE FUNCTION compare(tables.row_type, tables.row_type) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT btint4cmp(($1).a, ($2).a)';
CREATE FUNCTION less(tables.row_type, tables.row_type) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT ($1).a < ($2).a';
CREATE FUNCTION more(tables.row_type, tables.row_type) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT ($1).a > ($2).a';
CREATE FUNCTION same(tables.row_type, tables.row_type) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT ($1).a = ($2).a';
CREATE OPERATOR <<< (LEFTARG = tables.row_type, RIGHTARG = tables.row_type, FUNCTION = less, COMMUTATOR = >>>, RESTRICT = scalarltsel, JOIN = scalarltjoinsel);
CREATE OPERATOR >>> (LEFTARG = tables.row_type, RIGHTARG = tables.row_type, FUNCTION = more, COMMUTATOR = <<<);
CREATE OPERATOR === (LEFTARG = tables.row_type, RIGHTARG = tables.row_type, FUNCTION = same, COMMUTATOR = ===, HASHES, MERGES);
CREATE FUNCTION negative(integer) RETURNS integer LANGUAGE sql AS 'SELECT -$1';
CREATE OPERATOR !-~ (RIGHTARG = integer, FUNCTION = negative);
COMMENT ON OPERATOR !-~ (NONE, integer) IS 'on an operator';
CREATE OPERATOR FAMILY loose USING btree;
CREATE OPERATOR CLASS tight DEFAULT FOR TYPE tables.row_type USING btree FAMILY loose AS
    OPERATOR 1 <<<, OPERATOR 3 ===, OPERATOR 5 >>>, FUNCTION 1 compare(tables.row_type, tables.row_type);
CREATE OPERATOR CLASS alone FOR TYPE integer USING hash AS OPERATOR 1 =, FUNCTION 1 hashint4(integer);
CREATE FUNCTION seeded(integer, bigint) RETURNS bigint LANGUAGE sql IMMUTABLE AS 'SELECT $1 + $2';
CREATE OPERATOR CLASS salted FOR TYPE integer USING hash AS OPERATOR 1 =, FUNCTION 2 seeded(integer, bigint);
ALTER OPERATOR FAMILY loose USING btree ADD OPERATOR 1 < (integer, bigint), FUNCTION 1 btint48cmp(integer, bigint);
COMMENT ON OPERATOR CLASS tight USING btree IS 'on an operator class';
COMMENT ON OPERATOR FAMILY loose USING btree IS 'on an operator family';
CREATE TABLE sorted (r tables.row_type);
INSERT INTO sorted VALUES (ROW(2, 'b')), (ROW(1, 'a'));
CREATE INDEX sorted_index ON sorted (r tight);
CREATE AGGREGATE total(integer) (SFUNC = add_pair, STYPE = integer, INITCOND = '0', PARALLEL = SAFE, COMBINEFUNC = add_pair);
CREATE AGGREGATE "moving; --"(integer) (SFUNC = int4pl, STYPE = integer, MSFUNC = int4pl, MINVFUNC = int4mi, MSTYPE = integer, SORTOP = <);
CREATE AGGREGATE ordered(double precision ORDER BY anyelement) (SFUNC = ordered_set_transition, STYPE = internal, FINALFUNC = percentile_disc_final, FINALFUNC_EXTRA, FINALFUNC_MODIFY = READ_WRITE);
COMMENT ON AGGREGATE total(integer) IS 'on an aggregate';
CREATE FUNCTION to_row(integer) RETURNS tables.row_type LANGUAGE sql IMMUTABLE AS 'SELECT ROW($1, NULL)::tables.row_type';
CREATE CAST (integer AS tables.row_type) WITH FUNCTION to_row(integer) AS ASSIGNMENT;
CREATE CAST (tables.row_type AS bytea) WITH INOUT AS IMPLICIT;
COMMENT ON CAST (integer AS tables.row_type) IS 'on a cast';
CREATE CONVERSION latin FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8;
COMMENT ON CONVERSION latin IS 'on a conversion';
CREATE TRANSFORM FOR integer LANGUAGE sql (FROM SQL WITH FUNCTION prsd_lextype(internal), TO SQL WITH FUNCTION int4recv(internal));
CREATE FUNCTION handler() RETURNS language_handler LANGUAGE c AS '$libdir/plpgsql', 'plpgsql_call_handler';
CREATE TRUSTED LANGUAGE plsample HANDLER handler;
COMMENT ON LANGUAGE plsample IS 'on a language';
CREATE ACCESS METHOD heap_too TYPE TABLE HANDLER heap_tableam_handler;
COMMENT ON ACCESS METHOD heap_too IS 'on an access method';
CREATE TABLE in_heap_too (a integer PRIMARY KEY) USING heap_too;
INSERT INTO in_heap_too VALUES (1);
CREATE TABLE in_heap (a integer);
CREATE MATERIALIZED VIEW in_heap_view USING heap_too AS SELECT * FROM in_heap_too;

CREATE TEXT SEARCH DICTIONARY short (TEMPLATE = simple, Accept = false);
CREATE TEXT SEARCH CONFIGURATION searching (COPY = english);
ALTER TEXT SEARCH CONFIGURATION searching ALTER MAPPING FOR asciiword, word WITH short, english_stem;
ALTER TEXT SEARCH CONFIGURATION searching DROP MAPPING FOR url;
CREATE TEXT SEARCH TEMPLATE blank (LEXIZE = dsimple_lexize, INIT = dsimple_init);
CREATE TEXT SEARCH PARSER "par""ser" (START = prsd_start, GETTOKEN = prsd_nexttoken, END = prsd_end, LEXTYPES = prsd_lextype);
COMMENT ON TEXT SEARCH CONFIGURATION searching IS 'on a configuration';
COMMENT ON TEXT SEARCH DICTIONARY short IS 'on a dictionary';
COMMENT ON TEXT SEARCH PARSER "par""ser" IS 'on a parser';
COMMENT ON TEXT SEARCH TEMPLATE blank IS 'on a template';
CREATE INDEX searched ON tables.customers USING gin (to_tsvector('programs.searching', email));
RESET search_path;
