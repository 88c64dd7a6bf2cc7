-- Extensions that come with every server, and what is built on them.

CREATE SCHEMA extensions;
CREATE EXTENSION hstore WITH SCHEMA extensions;
CREATE EXTENSION citext WITH SCHEMA extensions;
CREATE EXTENSION pg_trgm WITH SCHEMA extensions;
CREATE EXTENSION btree_gist WITH SCHEMA extensions;
CREATE EXTENSION ltree WITH SCHEMA extensions;
CREATE EXTENSION cube WITH SCHEMA extensions;
CREATE EXTENSION isn WITH SCHEMA extensions;
CREATE EXTENSION bloom WITH SCHEMA extensions;
CREATE EXTENSION unaccent WITH SCHEMA extensions;
CREATE EXTENSION tablefunc WITH SCHEMA extensions;
CREATE EXTENSION pg_stat_statements WITH SCHEMA extensions;
CREATE EXTENSION postgres_fdw;
CREATE EXTENSION file_fdw;
SET search_path = extensions;

CREATE TABLE extended (
    id serial, h hstore, c citext UNIQUE, l ltree, b cube, i isbn, t text,
    EXCLUDE USING gist (id WITH =, t WITH <>)
);
INSERT INTO extended (h, c, l, b, i, t) VALUES
    ('a=>1, "b\"c"=>"x\\y", d=>NULL', 'MiXed', 'Top.Science', '(1,2),(3,4.5)', '978-0-393-04002-9', 'word'), ('', '', '', NULL, NULL, NULL);
CREATE INDEX ON extended USING gin (t gin_trgm_ops);
CREATE INDEX ON extended USING gist (l, h);
CREATE INDEX ON extended USING bloom (id, t) WITH (length = 80, col1 = 2);
CREATE VIEW looked_up AS SELECT h -> 'a' AS a, c = 'mixed' AS same, t % 'wort' AS near FROM extended;
CREATE SERVER elsewhere FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host '192.0.2.1', dbname 'x');
CREATE USER MAPPING FOR feature_reader SERVER elsewhere OPTIONS (user 'u', password 's''ecret');
CREATE FOREIGN TABLE remote (id integer) SERVER elsewhere OPTIONS (table_name 'y');
CREATE SERVER files FOREIGN DATA WRAPPER file_fdw;
CREATE FOREIGN TABLE in_a_file (line text) SERVER files OPTIONS (filename '/nonexistent', format 'text');
COMMENT ON EXTENSION hstore IS 'changed';
RESET search_path;
