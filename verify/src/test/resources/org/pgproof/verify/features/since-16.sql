CREATE SCHEMA since_16;
SET search_path = since_16, tables;
CREATE TABLE stored (a text STORAGE EXTERNAL, b text STORAGE MAIN);
CREATE VIEW json_built AS SELECT json_object('a': 1, 'b': NULL ABSENT ON NULL) AS o, json_array(1, 2, NULL NULL ON NULL) AS a, ('{}'::json IS JSON OBJECT) AS i,
    json_arrayagg(id ORDER BY id) AS g, any_value(email) AS any, 0xFF AS hex, 1_000 AS thousand FROM tables.customers;
CREATE FUNCTION system_names() RETURNS text LANGUAGE sql RETURN SYSTEM_USER || user || current_role;
CREATE SUBSCRIPTION origins CONNECTION '' PUBLICATION a WITH (connect = false, origin = none, run_as_owner = true, password_required = false, streaming = parallel, slot_name = NONE);
RESET search_path;
