-- The style of PostgREST and Supabase: everything is a policy, a security definer function or a trigger.

DO $$ BEGIN
    CREATE ROLE mapper_anon LOGIN; EXCEPTION WHEN duplicate_object THEN ALTER ROLE mapper_anon LOGIN;
END $$;
DO $$ BEGIN
    CREATE ROLE "mapper Authenticated" LOGIN; EXCEPTION WHEN duplicate_object THEN ALTER ROLE "mapper Authenticated" LOGIN;
END $$;
CREATE SCHEMA auth;
CREATE SCHEMA api;
CREATE SCHEMA extensions;
CREATE EXTENSION pgcrypto WITH SCHEMA extensions;
CREATE EXTENSION "uuid-ossp" WITH SCHEMA extensions;
CREATE TYPE auth.aal_level AS ENUM ('aal1', 'aal2', 'aal3');
CREATE TABLE auth.users (instance_id uuid NULL, id uuid NOT NULL UNIQUE, aud varchar(255) NULL, "role" varchar(255) NULL, email varchar(255) NULL, encrypted_password varchar(255) NULL, confirmed_at timestamptz GENERATED ALWAYS AS (LEAST(email_at, phone_at)) STORED, email_at timestamptz, phone_at timestamptz, banned smallint DEFAULT 0 CHECK (banned >= 0 AND banned <= 3), raw jsonb NULL, is_sso boolean NOT NULL DEFAULT false, CONSTRAINT users_pkey PRIMARY KEY (id));
COMMENT ON TABLE auth.users IS 'Auth: Stores user login data within a secure schema.';
CREATE INDEX users_instance_id_email_idx ON auth.users USING btree (instance_id, lower((email)::text));
CREATE UNIQUE INDEX users_email_partial_key ON auth.users (email) WHERE (is_sso = false);
CREATE TABLE auth.sessions (id uuid PRIMARY KEY, user_id uuid NOT NULL REFERENCES auth.users ON DELETE CASCADE, aal auth.aal_level, not_after timestamptz, ip inet, CONSTRAINT aal_known CHECK (aal IN ('aal1', 'aal2')));
CREATE FUNCTION auth.uid() RETURNS uuid LANGUAGE sql STABLE AS $$
    select coalesce(nullif(current_setting('request.jwt.claim.sub', true), ''), (nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'sub'))::uuid
$$;
CREATE FUNCTION auth.role() RETURNS text LANGUAGE sql STABLE AS $$ select nullif(current_setting('request.jwt.claim.role', true), '')::text $$;
CREATE TABLE public.profiles (id uuid PRIMARY KEY REFERENCES auth.users ON DELETE CASCADE, username text UNIQUE, website text, plan text NOT NULL DEFAULT 'free' CHECK (plan IN ('free', 'pro', 'team')), CONSTRAINT username_length CHECK (char_length(username) >= 2));
CREATE TABLE public.organizations (id bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY, name text NOT NULL, slug text NOT NULL UNIQUE CHECK (slug = lower(slug) AND slug ~ '^[a-z0-9-]+$'), created_at timestamptz NOT NULL DEFAULT timezone('utc'::text, now()));
CREATE TABLE public.members (org bigint REFERENCES organizations, member uuid REFERENCES profiles, role text NOT NULL CHECK (role = ANY (ARRAY['owner', 'admin', 'guest'])), PRIMARY KEY (org, member));
CREATE TABLE public.messages (id bigserial PRIMARY KEY, org bigint REFERENCES organizations, author uuid REFERENCES profiles DEFAULT auth.uid(), body text NOT NULL, visible boolean DEFAULT true, kind varchar(16) DEFAULT 'text', at timestamptz DEFAULT now());
ALTER TABLE auth.users ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.profiles ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.organizations ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.members ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.messages ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.messages FORCE ROW LEVEL SECURITY;
CREATE FUNCTION public.is_member(org bigint, roles text[] DEFAULT ARRAY['owner', 'admin', 'guest']) RETURNS boolean LANGUAGE sql SECURITY DEFINER SET search_path = '' STABLE AS $$
    SELECT EXISTS (SELECT 1 FROM public.members AS m WHERE m.org = is_member.org AND m.member = auth.uid() AND m.role = ANY (roles));
$$;
CREATE POLICY "Public profiles are viewable by everyone." ON profiles FOR SELECT USING (true);
CREATE POLICY "Users can insert their own profile." ON profiles FOR INSERT WITH CHECK ((SELECT auth.uid()) = id);
CREATE POLICY "Users can update own profile." ON profiles FOR UPDATE TO "mapper Authenticated", mapper_anon USING ((SELECT auth.uid()) = id) WITH CHECK (plan IN ('free', 'pro') AND username NOT IN ('root', 'admin'));
CREATE POLICY "members read" ON messages FOR SELECT TO "mapper Authenticated" USING (is_member(org) AND (visible OR author = auth.uid()) AND kind IN ('text', 'image'));
CREATE POLICY "restrict" ON messages AS RESTRICTIVE FOR ALL USING (auth.role() IN ('authenticated', 'service_role') OR (org, author) IN (SELECT m.org, m.member FROM members m WHERE m.role IN ('owner')));
CREATE POLICY "it's; --" ON members FOR DELETE USING (EXISTS (SELECT 1 FROM members AS me WHERE me.org = members.org AND me.member = auth.uid() AND me.role IN ('owner', 'admin')) AND role <> 'owner');
CREATE POLICY service ON auth.users USING (CASE WHEN auth.role() = 'service_role' THEN true WHEN banned BETWEEN 1 AND 3 THEN false ELSE id = auth.uid() END);
CREATE FUNCTION public.handle_new_user() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
begin
  insert into public.profiles (id, username) values (new.id, coalesce(new.raw ->> 'user_name', 'user ' || new.email)) on conflict do nothing;
  return new;
end;
$$;
CREATE TRIGGER on_auth_user_created AFTER INSERT ON auth.users FOR EACH ROW EXECUTE FUNCTION public.handle_new_user();
CREATE VIEW api.visible_messages WITH (security_barrier) AS SELECT m.*, p.username FROM messages m LEFT JOIN profiles p ON p.id = m.author WHERE m.visible AND m.kind IN ('text', 'image');
CREATE FUNCTION api.search(term text, limits int = 10) RETURNS SETOF messages LANGUAGE sql STABLE PARALLEL SAFE AS $$ select * from public.messages where body ilike '%' || term || '%' order by at desc limit limits $$;
CREATE FUNCTION api.login(email text, pass text, OUT token text, OUT expires timestamptz) LANGUAGE plpgsql SECURITY DEFINER AS $body$
DECLARE _role name;
BEGIN
  SELECT u.role INTO _role FROM auth.users u WHERE u.email = login.email AND u.encrypted_password = extensions.crypt(login.pass, u.encrypted_password);
  IF _role IS NULL THEN RAISE invalid_password USING message = 'invalid user or password'; END IF;
  token := encode(extensions.digest(_role || clock_timestamp()::text, 'sha256'), 'hex'); expires := now() + interval '1 hour';
END $body$;
GRANT USAGE ON SCHEMA api, public TO mapper_anon;
GRANT SELECT, INSERT (body, org) ON messages TO "mapper Authenticated";
REVOKE ALL ON FUNCTION api.login(text, text) FROM PUBLIC;
ALTER DEFAULT PRIVILEGES IN SCHEMA api GRANT EXECUTE ON FUNCTIONS TO mapper_anon;
CREATE PUBLICATION realtime FOR TABLE public.messages, public.profiles WITH (publish = 'insert, update');
ALTER TABLE public.messages REPLICA IDENTITY FULL;

INSERT INTO auth.users (id, email, role, encrypted_password, raw, email_at) SELECT md5(n::text)::uuid, 'u' || n || '@x', 'authenticated', 'x', jsonb_build_object('user_name', 'name' || n), '2024-01-01 00:00+00' FROM generate_series(1, 40) AS n;
INSERT INTO organizations (name, slug) SELECT 'Org ' || n, 'org-' || n FROM generate_series(1, 5) AS n;
INSERT INTO members SELECT 1 + n % 5, md5(n::text)::uuid, (ARRAY['owner','admin','guest'])[1 + n % 3] FROM generate_series(1, 40) AS n;
INSERT INTO messages (org, author, body, visible, at) SELECT 1 + n % 5, md5((1 + n % 40)::text)::uuid, 'said ' || n, n % 4 > 0, '2024-01-01 00:00+00' FROM generate_series(1, 120) AS n;
INSERT INTO auth.sessions SELECT md5(n::text)::uuid, md5(n::text)::uuid, 'aal1', NULL, '10.0.0.0/8' FROM generate_series(1, 20) AS n;
