-- Types of one's own, and values at the edges of the types that there are.

CREATE SCHEMA types;
SET search_path = types;

CREATE DOMAIN positive AS integer DEFAULT 1 NOT NULL CONSTRAINT above_zero CHECK (VALUE > 0);
CREATE DOMAIN even AS positive CONSTRAINT divisible CHECK (VALUE % 2 = 0);
CREATE DOMAIN postcode AS text COLLATE "C" CHECK (VALUE ~ '^\d{5}$' OR VALUE ~ E'^[A-Z]''\\d$');
CREATE DOMAIN evens AS even[];
ALTER DOMAIN positive ADD CONSTRAINT small CHECK (VALUE < 1000000) NOT VALID;
COMMENT ON DOMAIN positive IS 'it''s > 0';
COMMENT ON CONSTRAINT above_zero ON DOMAIN positive IS '--; DROP TABLE x; \! echo';

CREATE TYPE mood AS ENUM ('sad', 'ok', 'ha''ppy', 've"ry; -- happy', '\.', '\N', '');
ALTER TYPE mood ADD VALUE 'meh' BEFORE 'ok';
CREATE TYPE nothing_yet AS ENUM ();
CREATE TYPE pair AS (first integer, "se""cond" text COLLATE "POSIX", third mood[]);
CREATE TYPE empty_composite AS ();
CREATE TYPE nested AS (one pair, many pair[]);
COMMENT ON TYPE pair IS E'two\nlines';
COMMENT ON COLUMN pair."se""cond" IS 'of a type';
CREATE TYPE shell_only;

CREATE FUNCTION float_difference(double precision, double precision) RETURNS double precision
    LANGUAGE sql IMMUTABLE AS 'SELECT $1 - $2';
CREATE TYPE float_span AS RANGE (SUBTYPE = float8, SUBTYPE_DIFF = float_difference);
CREATE TYPE word_span AS RANGE (SUBTYPE = text, COLLATION = "C");

CREATE TABLE own_types (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    n positive, e even, ns evens, code postcode,
    feeling mood, feelings mood[], grid mood[][],
    p pair, ps pair[], nest nested, nil empty_composite,
    span float_span, words word_span,
    ints int4range, longs int8range, nums numrange, stamps tsrange, zoned tstzrange, dates daterange
);
INSERT INTO own_types (n, e, ns, code, feeling, feelings, grid, p, ps, nest, nil, span, words, ints, longs, nums, stamps, zoned, dates) VALUES
    (1, 2, '{2,4}', '12345', 'ha''ppy', ARRAY['sad', '\.', '\N', '', NULL, 've"ry; -- happy']::mood[], '{{sad,ok},{meh,NULL}}',
     (1, E'a"b\\c\td', '{ok}'), ARRAY[(NULL, NULL, NULL)::pair, (2, '', '{}')::pair],
     ((3, 'x,y', NULL), ARRAY[(4, '(', NULL)::pair]), ROW(), '[1.5,Infinity)', '[a,b\,c)', 'empty', '(,)', '[1.10,2.200]',
     '[-infinity,infinity]', '[2020-01-01 00:00:00+00,)', '[2020-02-29,2020-03-01]'),
    (2, 2, '{}', NULL, NULL, '{}', '[0:1][2:3]={{sad,ok},{ok,sad}}', NULL, NULL, NULL, NULL, 'empty', NULL, '[1,10)', NULL, NULL, NULL, NULL, NULL);

CREATE TABLE numbers (
    id serial, i2 smallint, i4 integer, i8 bigint, f4 real, f8 double precision, n numeric, np numeric(1000, 999), o oid, b boolean
);
INSERT INTO numbers (i2, i4, i8, f4, f8, n, o, b) VALUES
    (-32768, -2147483648, -9223372036854775808, '-infinity', '-infinity', 'NaN', 0, true),
    (32767, 2147483647, 9223372036854775807, 'infinity', 'infinity', 0.10, 4294967295, false),
    (0, 0, 0, 'NaN', 'NaN', 1e-1000, 1, NULL),
    (NULL, NULL, NULL, 1.17549435e-38, 2.2250738585072014e-308, 12345678901234567890123456789.00000, NULL, NULL),
    (1, 1, 1, 3.4028235e38, 1.7976931348623157e308, -0.0, 1, true),
    (1, 1, 1, 1e-45, 5e-324, 10::numeric ^ 1000, 1, true),
    (1, 1, 1, '-0', '-0', 1.000, 1, true),
    (1, 1, 1, 0.1, 0.1, 3.14159, 1, true),
    (1, 1, 1, 0.1::real + 0.2::real, 0.1::float8 + 0.2::float8, 1/3::numeric, 1, true);
UPDATE numbers SET np = 0.123 WHERE id = 3;

CREATE TABLE times (
    id serial, d date, t time, t3 time(3), tz timetz, ts timestamp, ts0 timestamp(0), tstz timestamptz,
    i interval, iym interval year to month, ids interval day to second(2)
);
SET TimeZone = 'America/St_Johns';
INSERT INTO times (d, t, t3, tz, ts, ts0, tstz, i, iym, ids) VALUES
    ('infinity', '00:00', '00:00:00.1239', '00:00+15:59', 'infinity', 'infinity', 'infinity', '0', '1 mon', '1 day 2.345'),
    ('-infinity', '24:00', '23:59:59.9996', '24:00-15:59', '-infinity', '-infinity', '-infinity', '-178000000 years', '-1 year -1 mon', '-00:00:00.01'),
    ('4713-01-01 BC', '12:34:56.789012', NULL, '2020-01-01 12:00 America/New_York', '4713-11-24 00:00 BC', NULL, '4713-11-25 00:00+00 BC', '178000000 years', NULL, NULL),
    ('5874897-12-31', '23:59:59.999999', NULL, '12:00Z', '294276-12-31 23:59:59.999999', NULL, '294276-12-31 23:59:59.999999+00', '1 year -2 mons +3 days -04:05:06.000007', NULL, NULL),
    ('0001-01-01 BC', NULL, NULL, NULL, '0044-03-15 12:00 BC', NULL, '0044-03-15 12:00 BC', '-1 days +00:00:00.000001', NULL, NULL),
    (NULL, NULL, NULL, NULL, '2024-03-31 02:30', NULL, '2024-03-10 02:30', 'P1Y2M3DT4H5M6.7S', NULL, NULL),
    (NULL, NULL, NULL, NULL, NULL, NULL, '1883-11-18 12:03:58', '@ 1 minute ago', NULL, NULL);
RESET TimeZone;

CREATE TABLE texts (id serial, t text, v varchar(10), c char(5), one "char", n name);
INSERT INTO texts (t, v, c, one, n) VALUES
    ('', '', '', '', ''), (NULL, NULL, NULL, NULL, NULL), ('\N', '\N', '\N', 'N', '\N'), (E'\\.', E'\\.', E'\\.', '.', E'\\.'),
    (E'\x01\x02\x7f', E'\x01', ' a ', E'\x01', 'x'), (E'a\tb\nc\rd\be\ff\vg\\h', E'\r\n', E'\t', '\', E'\n'),
    (E'\n\\.\n', NULL, NULL, '"', '"'), ('NULL', 'null', 'NULL', '''', 'null'), (' leading and trailing ', '  ', 'a', ' ', 'z'),
    (E'\\\\N \\t \\n literal', NULL, NULL, NULL, repeat('n', 63)), (repeat('long ', 100000), NULL, NULL, NULL, NULL),
    (E'COPY x FROM stdin;\n1\n\\.\n', NULL, NULL, NULL, NULL), ('$$ $_$ ''; "', NULL, NULL, NULL, NULL);
INSERT INTO texts (t) SELECT chr(i) FROM generate_series(1, 127) i;

CREATE TABLE bytes (id serial, b bytea, bits bit(5), varied bit varying, large bytea);
INSERT INTO bytes (b, bits, varied) VALUES
    ('', B'00000', ''), (NULL, NULL, NULL), ('\x00', B'10101', B'1'), ('\x0001005c2e0a5c4e', B'11111', B'000000001'), ('\x5c785c3030', B'00001', X'FFFF'),
    (decode('000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f7f80ff', 'hex'), B'00000', NULL);
UPDATE bytes SET large = decode(repeat('00ff5c0a', 20000), 'hex') WHERE id = 1;

CREATE TABLE documents (id serial, j json, jb jsonb, x xml, path jsonpath, words tsvector, question tsquery, u uuid);
INSERT INTO documents (j, jb, path, words, question, u) VALUES
    ('{ "b" : 1,  "a":[1.0, 1e400, "\u0041\n"], "b":2 }', '{ "b" : 1,  "a":[1.0, 1e400, "\u0041\n\\"], "b":2 }', '$.a[*] ? (@ > 1)',
     'fat:2A ''ca''''t'':3B,4C sat', 'fat & !(rat:AB | cat:*) <-> sat', 'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11'),
    ('null', 'null', 'strict $."k\"ey"', '', '', '00000000-0000-0000-0000-000000000000'), (NULL, NULL, NULL, NULL, NULL, NULL);

CREATE TABLE places (
    id serial, i inet, c cidr, m macaddr, m8 macaddr8, p point, l line, s lseg, b box, pa path, po polygon, ci circle, lsn pg_lsn,
    rc regclass, rp regprocedure, rt regtype, tid tid, xid xid, snap txid_snapshot
);
INSERT INTO places (i, c, m, m8, p, l, s, b, pa, po, ci, lsn, rc, rp, rt, tid, xid, snap) VALUES
    ('::ffff:1.2.3.4/128', '10.0.0.0/8', '08:00:2b:01:02:03', '08:00:2b:01:02:03:04:05', '(1e-300,NaN)', '{1,2,3.3}', '[(0,0),(1,1)]',
     '(1,1),(0,0)', '[(0,0),(1,1)]', '((0,0),(1,1),(1,0))', '<(0.1,0.2),3>', 'FFFFFFFF/FFFFFFFF', 'types.places', 'types.float_difference(double precision, double precision)',
     'types.pair[]', '(0,1)', '4294967295', '10:20:10,14,15'),
    ('192.168.0.1/24', NULL, NULL, NULL, '(infinity,-infinity)', NULL, NULL, NULL, '((0,0),(1,1))', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);

CREATE TABLE amounts (id serial, m money, ms money[], CHECK (m < 100000000::money));
INSERT INTO amounts (m, ms) VALUES (1234.56, '{1,-2.5}'), (-0.01, NULL), (-92233720368547758.08, '{}');

CREATE TABLE xml_documents (id serial, x xml);
SET xmloption = document;
INSERT INTO xml_documents (x) VALUES ('<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE a [<!ENTITY e "x">]><a b=''"''>&#9;\N &lt; \. <![CDATA[<>]]></a>');
SET xmloption = content;
INSERT INTO xml_documents (x) VALUES ('text <a/> and <b/>'), (''), (NULL);
RESET xmloption;
RESET search_path;
