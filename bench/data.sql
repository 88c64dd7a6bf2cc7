-- The data set of bench/run; psql gives :scale, about one megabyte of dump each.
-- Text, JSON, numbers, times and random bytes in several tables, of which "events" dominates.
SELECT setseed(0.42);
SET synchronous_commit = off;

CREATE TABLE words AS
SELECT n AS id, substr(md5(n::text), 1, 3 + n % 8) AS word FROM generate_series(0, 1999) AS n;
ALTER TABLE words ADD PRIMARY KEY (id);

CREATE FUNCTION sentence(seed bigint, length int) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    all_words text[] := (SELECT array_agg(word ORDER BY id) FROM words);
    result text := '';
BEGIN
    FOR i IN 1..length LOOP
        -- squared, so that some words are frequent, as in any language
        result := result || all_words[1 + (power(random(), 2) * 1999)::int] || ' ';
    END LOOP;
    RETURN result;
END $$;

-- Drawing from prepared sentences is much faster than making each one.
CREATE TABLE phrases AS SELECT n AS id, sentence(n, 9) AS phrase FROM generate_series(0, 49999) AS n;
ALTER TABLE phrases ADD PRIMARY KEY (id);

CREATE TABLE customers (
    id int PRIMARY KEY, name text NOT NULL, email text NOT NULL UNIQUE, city text, since timestamptz NOT NULL,
    balance numeric(12, 2) NOT NULL);
INSERT INTO customers
SELECT n, initcap(a.word || ' ' || b.word), a.word || '.' || n || '@example.org', initcap(b.word),
       '2020-01-01'::timestamptz + n * interval '7 minutes', (random() * 100000)::numeric(12, 2)
FROM generate_series(1, :scale * 150) AS n
JOIN words a ON a.id = n % 2000
JOIN words b ON b.id = (n * 7) % 2000;

CREATE TABLE orders (
    id bigint PRIMARY KEY, customer_id int NOT NULL, placed_at timestamptz NOT NULL, status text NOT NULL,
    total numeric(12, 2) NOT NULL, note text);
INSERT INTO orders
SELECT n, 1 + (random() * (:scale * 150 - 1))::int, '2023-01-01'::timestamptz + n * interval '47 seconds',
       (ARRAY['new', 'paid', 'shipped', 'returned'])[1 + (random() * 3)::int], (random() * 900)::numeric(12, 2),
       CASE WHEN n % 3 = 0 THEN p.phrase END
FROM generate_series(1, :scale * 1200) AS n
JOIN phrases p ON p.id = (n * 31) % 50000;

CREATE TABLE measurements (
    id bigint PRIMARY KEY, sensor int NOT NULL, at timestamp NOT NULL, value double precision NOT NULL,
    quality smallint NOT NULL);
INSERT INTO measurements
SELECT n, (random() * 500)::int, '2024-01-01'::timestamp + n * interval '1.7 seconds', random() * 1000,
       (random() * 5)::int
FROM generate_series(1, :scale * 1900) AS n;

CREATE TABLE events (
    id bigint PRIMARY KEY, order_id bigint NOT NULL, at timestamptz NOT NULL, kind text NOT NULL, payload jsonb NOT NULL,
    message text NOT NULL);
INSERT INTO events
SELECT n, 1 + (random() * (:scale * 1200 - 1))::bigint, '2023-06-01'::timestamptz + n * interval '13.3 seconds',
       (ARRAY['view', 'click', 'order', 'payment', 'login', 'logout'])[1 + (random() * 5)::int],
       jsonb_build_object('session', md5(n::text), 'ip', '10.' || (n % 256) || '.' || (n * 7 % 256) || '.1',
                          'amount', round((random() * 1000)::numeric, 2), 'tags', jsonb_build_array(w.word, v.word),
                          'retries', (random() * 3)::int, 'mobile', random() < 0.5),
       p.phrase || q.phrase
FROM generate_series(1, :scale * 1800) AS n
JOIN phrases p ON p.id = (n * 17) % 50000
JOIN phrases q ON q.id = (n * 101) % 50000
JOIN words w ON w.id = n * 3 % 2000
JOIN words v ON v.id = n * 11 % 2000;

CREATE TABLE attachments (id int PRIMARY KEY, order_id bigint NOT NULL, content bytea NOT NULL);
INSERT INTO attachments
SELECT n, 1 + (random() * (:scale * 1200 - 1))::bigint,
       (SELECT decode(string_agg(md5(random()::text || n || part), ''), 'hex') FROM generate_series(1, 640) AS part)
FROM generate_series(1, (:scale * 4.5)::int) AS n;

DROP FUNCTION sentence(bigint, int);

CREATE INDEX events_at ON events (at);
CREATE INDEX events_order ON events (order_id);
CREATE INDEX events_payload ON events USING gin (payload jsonb_path_ops);
CREATE INDEX orders_customer ON orders (customer_id);
CREATE INDEX orders_placed_at ON orders (placed_at);
CREATE INDEX measurements_sensor ON measurements (sensor, at);
ALTER TABLE orders ADD FOREIGN KEY (customer_id) REFERENCES customers;
ALTER TABLE events ADD FOREIGN KEY (order_id) REFERENCES orders;
ALTER TABLE attachments ADD FOREIGN KEY (order_id) REFERENCES orders;
CREATE VIEW revenue AS SELECT date_trunc('day', placed_at) AS day, sum(total) AS total FROM orders GROUP BY 1;
ANALYZE;
