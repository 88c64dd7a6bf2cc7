-- What lies around tables: security, replication, names, comments, large objects.

CREATE SCHEMA surroundings;
SET search_path = surroundings;

CREATE TABLE secrets (id integer PRIMARY KEY, owner name, secret text);
INSERT INTO secrets SELECT i, 'nobody', 's' || i FROM generate_series(1, 10) i;
ALTER TABLE secrets ENABLE ROW LEVEL SECURITY;
ALTER TABLE secrets FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON secrets USING (owner = current_user) WITH CHECK (secret <> 'it''s; --');
CREATE POLICY reading ON secrets AS RESTRICTIVE FOR SELECT TO feature_reader, "Feature ""Writer""; --" USING (EXISTS (SELECT FROM secrets s WHERE s.id > secrets.id));
CREATE POLICY "po""licy;" ON secrets FOR INSERT TO PUBLIC WITH CHECK (true);
COMMENT ON POLICY own ON secrets IS 'on a policy';
CREATE TABLE forgotten (a integer);
ALTER TABLE forgotten ENABLE ROW LEVEL SECURITY;
INSERT INTO forgotten VALUES (1);
CREATE TABLE policy_only (a integer);
CREATE POLICY unused ON policy_only USING (a > 0);

CREATE PUBLICATION everything FOR ALL TABLES WITH (publish = 'insert, delete');
CREATE PUBLICATION several FOR TABLE secrets, forgotten WITH (publish_via_partition_root = true);
CREATE PUBLICATION none;
COMMENT ON PUBLICATION several IS 'on a publication';
CREATE SUBSCRIPTION "sub""scribed" CONNECTION 'host=192.0.2.1 password=secret dbname=x' PUBLICATION a, "b""c" WITH (connect = false, slot_name = 'slot');
CREATE SUBSCRIPTION slotless CONNECTION '' PUBLICATION a WITH (connect = false, slot_name = NONE, synchronous_commit = 'local');
COMMENT ON SUBSCRIPTION slotless IS 'on a subscription';

CREATE COLLATION c_again FROM "C";
CREATE COLLATION posix (LC_COLLATE = 'POSIX', LC_CTYPE = 'POSIX');
CREATE TABLE collated (a text COLLATE posix, b text COLLATE "pg_catalog"."C");
CREATE INDEX ON collated (a COLLATE "C", b);
COMMENT ON COLLATION posix IS 'on a collation';

CREATE FOREIGN DATA WRAPPER nowhere OPTIONS (debug 'true', "o""dd" 'it''s');
CREATE SERVER "ser""ver" TYPE 'x' VERSION '1' FOREIGN DATA WRAPPER nowhere OPTIONS (host 'a b', "pass;word" 'se''cret');
CREATE FOREIGN TABLE far_away (id integer OPTIONS (column_name 'i''d') NOT NULL, t text DEFAULT 'x' COLLATE "C", CHECK (id > 0)) SERVER "ser""ver" OPTIONS (path '/x');
CREATE USER MAPPING FOR PUBLIC SERVER "ser""ver" OPTIONS (user 'me');
CREATE USER MAPPING FOR feature_reader SERVER "ser""ver" OPTIONS (user 'you', password 'p''w');
CREATE TABLE leaves (a integer) PARTITION BY LIST (a);
CREATE FOREIGN TABLE leaf_far_away PARTITION OF leaves FOR VALUES IN (1) SERVER "ser""ver";
CREATE TABLE leaf_here PARTITION OF leaves FOR VALUES IN (2);
INSERT INTO leaves VALUES (2), (2);
COMMENT ON FOREIGN TABLE far_away IS 'on a foreign table';
COMMENT ON SERVER "ser""ver" IS 'on a server';
COMMENT ON FOREIGN DATA WRAPPER nowhere IS 'on a wrapper';

-- Names.
CREATE SCHEMA "Sche""ma; DROP SCHEMA x; --
-- Name: y; Type: TABLE; Schema: z; Owner: -";
CREATE TABLE "Sche""ma; DROP SCHEMA x; --
-- Name: y; Type: TABLE; Schema: z; Owner: -"."tab""le; Type: X; Owner: me
COPY x FROM stdin;" ("col""umn; --" integer, "new
line" text DEFAULT 'x', "tab	" text, "back\slash" text, "a.b" text, " " "char");
INSERT INTO "Sche""ma; DROP SCHEMA x; --
-- Name: y; Type: TABLE; Schema: z; Owner: -"."tab""le; Type: X; Owner: me
COPY x FROM stdin;" VALUES (1, 'a', 'b', 'c', 'd', 'e'), (2, NULL, '', '\', '\.', '');
CREATE TABLE "select" ("from" integer, "where" text, "table" text, "user" text);
INSERT INTO "select" VALUES (1, 'a', 'b', 'c');
CREATE TABLE "carriage
return" ("a\
b" integer);
CREATE SEQUENCE "se'q
x";
CREATE TABLE a23456789012345678901234567890123456789012345678901234567890123 (b23456789012345678901234567890123456789012345678901234567890123 integer PRIMARY KEY);
CREATE TABLE "UPPER" (LIKE "select" INCLUDING ALL);
CREATE TABLE twin (a integer);
CREATE TABLE "Twin" (a integer);
CREATE TABLE "$$" ("$1" text DEFAULT '$$ $_$', "E'" text, "/* x" text, "--" text, "%s" text, "{}" text);
INSERT INTO "$$" DEFAULT VALUES;
CREATE FUNCTION "$f$"() RETURNS text LANGUAGE sql AS $x$ SELECT '$$ $f$' || $y$ $_$ $y$ $x$;

COMMENT ON SCHEMA surroundings IS 'on a schema; --';
COMMENT ON TABLE secrets IS E'\\.\nCOPY secrets FROM stdin;\n1\n\\.\n''; DROP TABLE secrets; --';
-- A psql before CVE-2026-18408 was mended is given no dump that holds the other command of this pair.
COMMENT ON COLUMN secrets.secret IS E'\\restrict x\n\\connect x';
COMMENT ON CONSTRAINT secrets_pkey ON secrets IS 'on a constraint';
COMMENT ON SEQUENCE "se'q
x" IS 'on a sequence';
COMMENT ON TABLE "select" IS '';
COMMENT ON EXTENSION plpgsql IS 'changed';

SELECT lo_from_bytea(70001, ''), lo_from_bytea(70002, '\x00'), lo_from_bytea(70003, decode(repeat('5c2e0a00', 50000), 'hex')), lo_create(4294967295);
COMMENT ON LARGE OBJECT 70003 IS 'on a large object; \.';
RESET search_path;
