-- What the verify service asks of every restored backup, after its own checks.
--
-- Each statement runs by itself, in its own transaction, in the restored temporary database. All of them run, in this
-- order, in one session; their results are in the log.
--
--   * A statement whose only result is one boolean is an assertion: true holds; false or NULL FAILS the verification.
--   * So does RAISE EXCEPTION, and a failing ASSERT, in a DO block.
--   * A statement that errors in any other way (a table that does not exist, say) is a WARNING;
--     with VERIFY_STRICT=true it FAILS the verification.
--   * Anything else is shown in the log.
--   * Lines that begin with a backslash are psql's, not SQL: they are skipped with a WARNING.
--
-- Use another file with VERIFY_QUERIES_FILE, or mount one over /app/test-queries.sql. The statements below hold in any
-- database; the examples further down want your own tables' names.

-- How large the restored database is.
SELECT pg_size_pretty(pg_database_size(current_database())) AS restored_size;

-- The ten largest tables, with their indexes and their TOAST data.
SELECT n.nspname AS schema, c.relname AS "table", pg_size_pretty(pg_total_relation_size(c.oid)) AS size
FROM pg_class c
JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'm')
  AND n.nspname !~ '^(pg_|information_schema$)'
ORDER BY pg_total_relation_size(c.oid) DESC
LIMIT 10;

-- No index is left half-built.
SELECT count(*) = 0 AS every_index_is_valid
FROM pg_index
WHERE NOT indisvalid
  AND indrelid NOT IN (SELECT oid FROM pg_class WHERE relkind = 'p');

-- Examples to adapt and uncomment ---------------------------------------------------------------------------------------

-- A table that must never be empty.
-- SELECT count(*) > 0 AS there_are_customers FROM customers;

-- The backup is recent: the newest order is less than two days older than now.
-- SELECT max(created_at) > now() - interval '2 days' AS orders_are_recent FROM orders;

-- Money adds up: every invoice's total is the sum of its lines.
-- SELECT NOT EXISTS (
--     SELECT FROM invoices i
--     WHERE i.total <> (SELECT coalesce(sum(l.amount), 0) FROM invoice_lines l WHERE l.invoice_id = i.id)
-- ) AS invoices_add_up;

-- The application's schema is at the version that its code expects.
-- SELECT version FROM schema_migrations ORDER BY version DESC LIMIT 1;

-- More than one condition, with a message of its own for the log.
-- DO $$
-- DECLARE
--     administrators bigint;
-- BEGIN
--     SELECT count(*) INTO administrators FROM users WHERE role = 'admin';
--     IF administrators = 0 THEN
--         RAISE EXCEPTION 'nobody could log in as an administrator after this restore';
--     END IF;
--     RAISE NOTICE '% administrators', administrators;
-- END
-- $$;
