-- Search and hierarchies: ltree, tsvector with weights, trigrams, intarray, cube, exclusion by ranges, custom configurations.

CREATE EXTENSION ltree;
CREATE EXTENSION pg_trgm;
CREATE EXTENSION btree_gist;
CREATE EXTENSION btree_gin;
CREATE EXTENSION intarray;
CREATE EXTENSION unaccent;
CREATE EXTENSION fuzzystrmatch;
CREATE EXTENSION cube;

CREATE TEXT SEARCH CONFIGURATION simple_unaccent (COPY = simple);
ALTER TEXT SEARCH CONFIGURATION simple_unaccent ALTER MAPPING FOR hword, hword_part, word WITH unaccent, simple;
CREATE FUNCTION immutable_unaccent(text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS $$ SELECT public.unaccent('public.unaccent'::regdictionary, $1) $$;
CREATE TABLE category (path ltree PRIMARY KEY, label text NOT NULL, kind varchar(10) CHECK (kind IN ('node', 'leaf')), CHECK (nlevel(path) BETWEEN 1 AND 8 AND path <> 'Top.Nothing'::ltree));
CREATE INDEX ON category USING gist (path);
CREATE INDEX ON category ((subpath(path, 0, 1))) WHERE path <@ 'Top.Science' AND kind IN ('node', 'leaf');
CREATE TABLE document (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, title text NOT NULL, body text, lang regconfig NOT NULL DEFAULT 'english', tags integer[] CHECK (tags @> '{1}' OR cardinality(tags) IN (0, 2, 3)),
    tsv tsvector GENERATED ALWAYS AS (setweight(to_tsvector('english', coalesce(title, '')), 'A') || setweight(to_tsvector('simple', coalesce(body, '')), 'D')) STORED,
    lat float8 CHECK (lat BETWEEN -90 AND 90), lon float8
);
CREATE INDEX ON document USING gin (tsv);
CREATE INDEX ON document USING gist (title gist_trgm_ops (siglen = 32));
CREATE INDEX ON document USING gin (immutable_unaccent(lower(title)) gin_trgm_ops);
CREATE INDEX ON document USING gin (tags gin__int_ops);

CREATE INDEX ON document USING gin (lang, (title || ' '));
CREATE INDEX ON document (title text_pattern_ops, body COLLATE "C" DESC) WHERE title ~~ 'a%' AND body !~~* ALL (ARRAY['%x%', '%y%']);
CREATE INDEX ON document USING spgist (title);
CREATE TABLE stay (room int, during daterange, hours int4range, slots tstzrange[], price numrange, guests int, CHECK (NOT isempty(during) AND lower_inc(during) AND guests IN (1, 2, 3)), EXCLUDE USING gist (room WITH =, during WITH &&) WHERE (guests > 0 AND room NOT IN (13)));
ALTER TABLE stay ADD CONSTRAINT adjacent EXCLUDE USING gist (int4range(room, room, '[]') WITH &&, hours WITH &&) WHERE (room = 0 OR room BETWEEN 1 AND 1);
SELECT current_setting('server_version_num')::int >= 140000 AS multi \gset
\if :multi
ALTER TABLE stay ADD COLUMN closed datemultirange DEFAULT '{}';
\endif
CREATE TABLE shape (id int, p point, b box, c circle, pa path, po polygon, l line, s lseg, cu cube, EXCLUDE USING gist (c WITH &&));
CREATE INDEX ON shape USING gist (p);
CREATE INDEX ON shape USING spgist (b);
CREATE INDEX ON shape USING gist (cu);
CREATE VIEW found AS SELECT d.id, ts_rank_cd(tsv, q, 32) AS rank, ts_headline('english', body, q, 'StartSel=<b>, StopSel=</b>') AS headline, similarity(title, 'x') AS near FROM document d, websearch_to_tsquery('english', 'fat -rat "it''s"') q WHERE tsv @@ q OR title % 'x' OR title ILIKE ANY (ARRAY['a%', 'b%']) ORDER BY rank DESC;
CREATE VIEW tree AS WITH RECURSIVE t(path, depth, trail) AS (SELECT path, 1, ARRAY[label] FROM category WHERE nlevel(path) = 1 UNION ALL SELECT c.path, t.depth + 1, t.trail || c.label FROM category c JOIN t ON subpath(c.path, 0, -1) = t.path WHERE c.kind IN ('node', 'leaf') AND nlevel(c.path) > 1) SELECT * FROM t;
CREATE MATERIALIZED VIEW words AS SELECT word, ndoc, nentry FROM ts_stat('SELECT tsv FROM public.document') WHERE length(word) BETWEEN 2 AND 20 AND word NOT IN ('x', 'y') WITH NO DATA;
INSERT INTO category SELECT ('Top.Science.n' || n)::ltree, 'l' || n, 'leaf' FROM generate_series(1, 30) AS n;
INSERT INTO category VALUES ('Top', 't', 'node'), ('Top.Science', 's', 'node');
INSERT INTO document (title, body, lang, tags, lat, lon) SELECT 'Título ' || n, 'The quick brown foxes jump: ' || md5(n::text), CASE WHEN n % 2 = 0 THEN 'german' ELSE 'simple_unaccent' END::regconfig, ARRAY[1, n], n, n FROM generate_series(1, 60) AS n;
INSERT INTO stay SELECT n, daterange(date '2024-01-01' + n, date '2024-01-03' + n), int4range(n, n + 2), ARRAY[tstzrange('2024-01-01 00:00+00', NULL)], '(,1.5]', 1 + n % 3 FROM generate_series(1, 30) AS n;
INSERT INTO shape SELECT n, point(n, 0.1), box(point(n, n), point(0, 0)), circle(point(n * 10, 0), 1), '[(0,0),(1,1)]', '((0,0),(1,1),(2,0))', '{1,2,3}', '[(0,0),(1,1)]', cube(n, n + 1) FROM generate_series(1, 20) AS n;
