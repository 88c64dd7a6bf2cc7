-- Event sourcing and audit triggers: append-only tables, generic triggers, rules, NOTIFY, standard SQL functions.

CREATE SCHEMA es;
SET search_path = es;
CREATE TABLE streams (stream_id uuid PRIMARY KEY, category varchar(40) NOT NULL, version bigint NOT NULL DEFAULT 0 CHECK (version >= 0));
CREATE TABLE events (
    global_position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, stream_id uuid NOT NULL REFERENCES streams, version bigint NOT NULL, type varchar(80) NOT NULL, data jsonb NOT NULL, meta json, at timestamptz NOT NULL DEFAULT clock_timestamp(), tx xid8 DEFAULT pg_current_xact_id(),
    causation uuid, UNIQUE (stream_id, version), CONSTRAINT has_type CHECK (jsonb_typeof(data) IN ('object', 'array') AND data ? 'type' OR type LIKE 'sys.%')
);
CREATE TABLE snapshots (stream_id uuid PRIMARY KEY REFERENCES streams ON DELETE CASCADE, state bytea, at_version bigint);
CREATE FUNCTION append(s uuid, expected bigint, kinds text[], datas jsonb[]) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE v bigint;
BEGIN
    SELECT version INTO v FROM es.streams WHERE stream_id = s FOR UPDATE;
    IF v IS DISTINCT FROM expected THEN RAISE EXCEPTION 'wrong version: %, not %', v, expected USING ERRCODE = '40001'; END IF;
    INSERT INTO es.events (stream_id, version, type, data) SELECT s, v + i, kinds[i], datas[i] FROM generate_subscripts(kinds, 1) AS i;
    UPDATE es.streams SET version = v + cardinality(kinds) WHERE stream_id = s RETURNING version INTO v;
    RETURN v;
END $$;
CREATE FUNCTION immutable_row() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'es.% is append-only', TG_TABLE_NAME; END $$;
CREATE TRIGGER no_change BEFORE UPDATE OR DELETE ON events FOR EACH ROW EXECUTE FUNCTION immutable_row();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON events FOR EACH STATEMENT EXECUTE FUNCTION immutable_row();
CREATE FUNCTION notify_event() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_notify('events', NEW.global_position::text); RETURN NULL; END $$;
CREATE TRIGGER announced AFTER INSERT ON events FOR EACH ROW WHEN (NEW.type NOT IN ('sys.ping', 'sys.pong')) EXECUTE FUNCTION notify_event();
CREATE TABLE account_balance (account uuid PRIMARY KEY, balance numeric NOT NULL DEFAULT 0, last bigint);
CREATE FUNCTION project() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    CASE NEW.type
        WHEN 'deposited' THEN
            INSERT INTO es.account_balance AS b VALUES (NEW.stream_id, (NEW.data ->> 'amount')::numeric, NEW.global_position)
            ON CONFLICT (account) DO UPDATE SET balance = b.balance + excluded.balance, last = excluded.last;
        ELSE NULL;
    END CASE;
    RETURN NULL;
END $$;
CREATE TRIGGER projected AFTER INSERT ON events FOR EACH ROW EXECUTE FUNCTION project();

CREATE SCHEMA audit;
CREATE TABLE audit.logged_actions (event_id bigserial PRIMARY KEY, schema_name text NOT NULL, table_name text NOT NULL, relid oid NOT NULL, session_user_name text, action_tstamp_tx timestamptz NOT NULL, action text NOT NULL CHECK (action IN ('I', 'D', 'U', 'T')), row_data jsonb, changed_fields jsonb, statement_only boolean NOT NULL);
REVOKE ALL ON audit.logged_actions FROM public;
COMMENT ON COLUMN audit.logged_actions.action IS 'Action type; I = insert, D = delete, U = update, T = truncate';
CREATE INDEX logged_actions_action_idx ON audit.logged_actions (action) WHERE action IN ('D', 'U');
CREATE FUNCTION audit.if_modified_func() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $body$
BEGIN
    INSERT INTO audit.logged_actions (schema_name, table_name, relid, session_user_name, action_tstamp_tx, action, row_data, statement_only)
    VALUES (TG_TABLE_SCHEMA::text, TG_TABLE_NAME::text, 1, 'app', timestamptz '2024-01-01 00:00+00', substring(TG_OP, 1, 1), CASE TG_OP WHEN 'DELETE' THEN to_jsonb(OLD) ELSE to_jsonb(NEW) END, TG_LEVEL = 'STATEMENT');
    RETURN NULL;
END $body$;
CREATE TABLE tickets (id integer PRIMARY KEY, title text, status varchar(10) DEFAULT 'open', changed timestamptz);
CREATE TRIGGER audit_row AFTER INSERT OR UPDATE OR DELETE ON tickets FOR EACH ROW EXECUTE FUNCTION audit.if_modified_func('true', '{changed}');
CREATE TRIGGER audit_change AFTER UPDATE OF status ON tickets FOR EACH ROW WHEN (OLD.status IS DISTINCT FROM NEW.status AND NEW.status IN ('open', 'closed')) EXECUTE FUNCTION audit.if_modified_func();
CREATE RULE soft_delete AS ON DELETE TO tickets WHERE OLD.status IN ('open', 'held') DO INSTEAD UPDATE tickets SET status = 'deleted' WHERE id = OLD.id AND OLD.status IN ('open', 'held');
CREATE VIEW open_tickets AS SELECT id, title FROM tickets WHERE status IN ('open', 'held') OR (id, title) = (1, 'x') AND changed IS NULL;
CREATE RULE open_insert AS ON INSERT TO open_tickets DO INSTEAD INSERT INTO tickets (id, title) VALUES (NEW.id, NEW.title) RETURNING id, title;
CREATE TABLE ddl_history (tag text, object text);
CREATE FUNCTION on_ddl() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM 1; END $$;
CREATE EVENT TRIGGER keeping_history ON ddl_command_end WHEN TAG IN ('ALTER TABLE') EXECUTE FUNCTION on_ddl();
SELECT current_setting('server_version_num')::int >= 140000 AS standard \gset
\if :standard
CREATE FUNCTION standard_one(n integer, s text) RETURNS boolean LANGUAGE sql IMMUTABLE RETURN n BETWEEN 1 AND 5 AND s IN ('a', 'b') OR n = 7;
CREATE FUNCTION standard_many(s varchar) RETURNS integer LANGUAGE sql BEGIN ATOMIC
    SELECT count(*) FROM es.tickets WHERE status IN ('open', 'held') AND title <> s;
    SELECT CASE WHEN s IN ('x', 'y') THEN 1 ELSE 2 END;
END;
CREATE PROCEDURE standard_procedure(n integer) LANGUAGE sql BEGIN ATOMIC
    INSERT INTO es.ddl_history VALUES ('x', n::text || 'a;b');
    UPDATE es.tickets SET status = 'closed' WHERE id = n AND status NOT IN ('closed', 'deleted');
    DELETE FROM es.ddl_history h USING es.tickets t WHERE t.id = n AND h.tag = t.title;
END;
\endif
INSERT INTO streams SELECT md5(n::text)::uuid, 'account' FROM generate_series(1, 20) AS n;
INSERT INTO events (stream_id, version, type, data, at, tx) SELECT md5((1 + n % 20)::text)::uuid, n, 'deposited', jsonb_build_object('type', 'x', 'amount', n), '2024-01-01 00:00+00', '1' FROM generate_series(1, 200) AS n;
INSERT INTO snapshots SELECT stream_id, decode(md5('x'), 'hex'), 3 FROM streams;
INSERT INTO tickets (id, title, status) SELECT n, 'ticket ' || n, 'open' FROM generate_series(1, 40) AS n;
UPDATE tickets SET status = 'closed' WHERE id % 2 = 0;
DELETE FROM tickets WHERE id % 5 = 0;
