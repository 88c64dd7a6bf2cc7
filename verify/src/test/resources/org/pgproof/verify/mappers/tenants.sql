-- A schema for each tenant with the same tables, a shared one, names that need quotes, and views across all of them.

CREATE SCHEMA shared;
CREATE TYPE shared.plan AS ENUM ('free', 'paid');
CREATE TABLE shared.tenant (id serial PRIMARY KEY, name text UNIQUE, plan shared.plan DEFAULT 'free', since date);
CREATE TABLE shared.currency (code char(3) PRIMARY KEY CHECK (code = upper(code) AND code NOT IN ('XXX', 'XTS')));
INSERT INTO shared.currency VALUES ('EUR'), ('USD');
DO $do$
DECLARE t text;
BEGIN
    FOREACH t IN ARRAY ARRAY['tenant_1', 'tenant-2', 'Tenant 3', 'täñant', 'select', 'a"b', 'x.y', 'very_long_name_of_a_tenant_that_fills_all_the_sixty_three_bytes_'] LOOP
        EXECUTE format($f$
            CREATE SCHEMA %1$I;
            CREATE TABLE %1$I.account (id serial PRIMARY KEY, login varchar(20) NOT NULL UNIQUE, state varchar(9) NOT NULL DEFAULT 'new' CHECK (state IN ('new', 'live', 'gone')), parent integer REFERENCES %1$I.account);
            CREATE TABLE %1$I.invoice (no bigint PRIMARY KEY, account integer NOT NULL REFERENCES %1$I.account ON DELETE RESTRICT, currency char(3) REFERENCES shared.currency, net numeric(12, 2) CHECK (net > 0 AND net < 1000000), vat numeric(4, 3) DEFAULT 0.190, gross numeric GENERATED ALWAYS AS (round(net * (1 + vat), 2)) STORED, issued date NOT NULL, CHECK (issued BETWEEN '2000-01-01' AND '2100-01-01' AND (net, vat) <> (0, 0)));
            CREATE INDEX ON %1$I.invoice (issued) WHERE currency IN ('EUR', 'USD');
            CREATE VIEW %1$I.open AS SELECT a.login, i.* FROM %1$I.invoice i JOIN %1$I.account a ON a.id = i.account WHERE a.state IN ('new', 'live');
            CREATE FUNCTION %1$I.turnover(y integer) RETURNS numeric LANGUAGE sql STABLE AS 'SELECT sum(gross) FROM %1$I.invoice WHERE extract(year FROM issued) = y';
            INSERT INTO %1$I.account (login, state) SELECT 'login' || n, (ARRAY['new','live','gone'])[1 + n %% 3] FROM generate_series(1, 12) AS n;
            INSERT INTO %1$I.invoice (no, account, currency, net, issued) SELECT n, 1 + n %% 12, 'EUR', n, date '2024-01-01' + n FROM generate_series(1, 30) AS n;
            COMMENT ON SCHEMA %1$I IS %1$L;
        $f$, t);
        INSERT INTO shared.tenant (name, since) VALUES (t, '2024-01-01');
    END LOOP;
END $do$;
CREATE VIEW shared.all_invoices AS SELECT 'tenant_1' AS tenant, * FROM tenant_1.invoice UNION ALL SELECT 'tenant-2', * FROM "tenant-2".invoice UNION ALL (SELECT 'a"b', * FROM "a""b".invoice ORDER BY 2 LIMIT 5);
CREATE MATERIALIZED VIEW shared.totals AS SELECT tenant, sum(gross) AS gross, count(*) AS n FROM shared.all_invoices GROUP BY tenant HAVING count(*) > 1 OR tenant IN ('x', 'y');
CREATE MATERIALIZED VIEW shared.ranked AS SELECT tenant, rank() OVER (ORDER BY gross DESC NULLS LAST) AS place FROM shared.totals;
CREATE FUNCTION shared.for_all(c text) RETURNS void LANGUAGE plpgsql AS $$ DECLARE r record; BEGIN FOR r IN SELECT name FROM shared.tenant LOOP EXECUTE format(c, r.name); END LOOP; END $$;
CREATE TABLE "select"."from" ("where" integer PRIMARY KEY, "group by" text DEFAULT E'\\', "--" text, "/*" text, U&"new\000aline" text);
INSERT INTO "select"."from" SELECT n, 'g', '-- ' || n, '/* ', '*/' FROM generate_series(1, 10) AS n;
