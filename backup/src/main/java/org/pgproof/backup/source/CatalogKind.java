package org.pgproof.backup.source;

import java.util.List;
import java.util.stream.Stream;

/**
 * A system catalog that {@code pg_dump} reads in two ways: its rows as its snapshot has them, and, inside the functions
 * that print definitions and values, as they are today.
 *
 * @param catalog its name
 * @param key what identifies a row, as SQL; the row is {@code c}
 * @param from joins that lead to the schema {@code n}, and to the relation {@code r} the row is a part of, if it is
 * @param relation name of that relation, or of the object itself, as SQL
 * @param what names the object for people, as SQL
 */
record CatalogKind(String catalog, String key, String from, String relation, String what) {
    private static final String OF_RELATION =
            "JOIN pg_catalog.pg_class r ON r.oid = c.%s" + " JOIN pg_catalog.pg_namespace n ON n.oid = r.relnamespace";

    /** What {@code pg_dump} takes from its snapshot alone, or not at all, and what changes without anybody's doing. */
    private static final String WITHOUT_MATTER = "'{relfilenode,reltablespace,relpages,reltuples,relallvisible,"
            + "relallfrozen,reltoastrelid,relhasindex,relisshared,relhasrules,relhastriggers,relhassubclass,"
            + "relrowsecurity,relforcerowsecurity,relispopulated,relreplident,relfrozenxid,relminmxid,relrewrite,relacl,"
            + "relowner,attacl,attstattarget,attcacheoff,atthasmissing,attmissingval,indisclustered,indisvalid,"
            + "indcheckxmin,indisready,indislive,indisreplident,tgenabled,ev_enabled,nspacl,nspowner,typacl,typowner,"
            + "proacl,proowner,oprowner,opcowner,opfowner,collowner,collversion,conowner,cfgowner,dictowner,stxowner,"
            + "stxstattarget}'::pg_catalog.text[]";

    private static final List<CatalogKind> LABELS = List.of(new CatalogKind(
            "pg_enum",
            "c.oid",
            "JOIN pg_catalog.pg_type t ON t.oid = c.enumtypid"
                    + " JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace",
            "t.typname",
            "'label ' || pg_catalog.quote_literal(c.enumlabel) || ' of ' || n.nspname || '.' || t.typname"));

    private static final List<CatalogKind> NAMES = List.of(
            new CatalogKind(
                    "pg_namespace",
                    "c.oid",
                    "JOIN pg_catalog.pg_namespace n ON n.oid = c.oid",
                    "NULL::pg_catalog.text",
                    "'schema ' || n.nspname"),
            named("pg_class", "relnamespace", "relname", "relation")
                    .partOf(
                            "COALESCE((SELECT t.relname FROM pg_catalog.pg_index i"
                                    + " JOIN pg_catalog.pg_class t ON t.oid = i.indrelid WHERE i.indexrelid = c.oid), c.relname)"),
            named("pg_type", "typnamespace", "typname", "type"),
            named("pg_proc", "pronamespace", "proname", "function"),
            named("pg_operator", "oprnamespace", "oprname", "operator"),
            named("pg_collation", "collnamespace", "collname", "collation"),
            named("pg_ts_config", "cfgnamespace", "cfgname", "text search configuration"),
            named("pg_ts_dict", "dictnamespace", "dictname", "text search dictionary"));

    private static final List<CatalogKind> DEFINITIONS = List.of(
            named("pg_opclass", "opcnamespace", "opcname", "operator class"),
            named("pg_opfamily", "opfnamespace", "opfname", "operator family"),
            named("pg_conversion", "connamespace", "conname", "conversion"),
            named("pg_ts_parser", "prsnamespace", "prsname", "text search parser"),
            named("pg_ts_template", "tmplnamespace", "tmplname", "text search template"),
            named("pg_statistic_ext", "stxnamespace", "stxname", "statistics"),
            named("pg_constraint", "connamespace", "conname", "constraint")
                    .partOf("COALESCE((SELECT r.relname FROM pg_catalog.pg_class r WHERE r.oid = c.conrelid),"
                            + " (SELECT t.typname FROM pg_catalog.pg_type t WHERE t.oid = c.contypid))"),
            part("pg_attribute", "attrelid", "'column ' || c.attname").keyed("c.attrelid || ',' || c.attnum"),
            part("pg_attrdef", "adrelid", "'a default'"),
            part("pg_index", "indrelid", "'an index'").keyed("c.indexrelid"),
            part("pg_trigger", "tgrelid", "'trigger ' || c.tgname"),
            part("pg_rewrite", "ev_class", "'rule ' || c.rulename"),
            part("pg_policy", "polrelid", "'policy ' || c.polname"),
            part("pg_partitioned_table", "partrelid", "'partitioning'").keyed("c.partrelid"));

    private static CatalogKind named(String catalog, String namespace, String name, String kind) {
        return new CatalogKind(
                catalog,
                "c.oid",
                "JOIN pg_catalog.pg_namespace n ON n.oid = c." + namespace,
                "c." + name,
                "'" + kind + " ' || n.nspname || '.' || c." + name);
    }

    private static CatalogKind part(String catalog, String relation, String what) {
        return new CatalogKind(
                catalog,
                "c.oid",
                OF_RELATION.formatted(relation),
                "r.relname",
                what + " || ' of ' || n.nspname || '.' || r.relname");
    }

    private CatalogKind keyed(String other) {
        return new CatalogKind(catalog, other, from, relation, what);
    }

    private CatalogKind partOf(String other) {
        return new CatalogKind(catalog, key, from, other, what);
    }

    /** Everything that definitions are printed from. */
    static List<CatalogKind> ofDefinitions() {
        return Stream.of(LABELS, NAMES, DEFINITIONS).flatMap(List::stream).toList();
    }

    /**
     * What rows are printed from: labels of enumerations, and where there are columns of types such as {@code regclass}, the
     * names of what they refer to.
     */
    static List<CatalogKind> ofRows(boolean withNames) {
        return withNames ? Stream.of(LABELS, NAMES).flatMap(List::stream).toList() : LABELS;
    }

    /** Rows that somebody has touched since the snapshot was taken, if only to no effect: {@code xmax} tells. */
    String touched() {
        return "SELECT '" + catalog + "', (" + key + ")::pg_catalog.text, " + digest() + ", n.nspname, " + relation
                + ", "
                + what + " FROM pg_catalog." + catalog + " c " + from
                + " WHERE c.xmax <> '0'::pg_catalog.xid AND n.nspname !~ '^pg_(temp|toast)'";
    }

    /** The same rows as they are today: takes an array of their keys as text. */
    String today() {
        return "SELECT '" + catalog + "', (" + key + ")::pg_catalog.text, " + digest() + " FROM pg_catalog." + catalog
                + " c WHERE (" + key + ")::pg_catalog.text = ANY (?)";
    }

    /** A label that was renamed there and back shows in some rows nevertheless. */
    private String digest() {
        String fields = "(pg_catalog.to_jsonb(c) - " + WITHOUT_MATTER + ")::pg_catalog.text";
        return "pg_catalog.md5(" + (catalog.equals("pg_enum") ? fields + " || c.xmin::pg_catalog.text" : fields) + ")";
    }
}
