package org.pgproof.verify.server;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.pgproof.definition.SchemaObject;
import org.pgproof.manifest.Manifest;

/**
 * What of a backup only a superuser can restore, by what its manifest says. Nothing counts that an ordinary owner of objects
 * can create: he would choose as whom his code runs.
 */
final class SuperuserNeeds {
    private static final Set<String> KINDS = Set.of(
            "ACCESS METHOD",
            "EVENT TRIGGER",
            "FOREIGN DATA WRAPPER",
            "OPERATOR CLASS",
            "OPERATOR FAMILY",
            "PROCEDURAL LANGUAGE",
            "PUBLICATION TABLES IN SCHEMA",
            "SECURITY LABEL",
            "SHELL TYPE", // with which a type in C begins
            "SUBSCRIPTION",
            "TEXT SEARCH PARSER",
            "TEXT SEARCH TEMPLATE",
            "TRANSFORM");

    /** From this version on, the schema public belongs to whoever owns the database. */
    private static final int PUBLIC_IS_THE_OWNERS_SINCE = 15;

    private final Manifest manifest;
    private final Set<String> untrusted;
    private final int major;

    /**
     * What a backup needs on a server.
     *
     * @param untrusted extensions that only a superuser may create there
     * @param major version of the server
     */
    SuperuserNeeds(Manifest manifest, Set<String> untrusted, int major) {
        this.manifest = manifest;
        this.untrusted = untrusted;
        this.major = major;
    }

    static SuperuserNeeds of(Manifest manifest, Server server) throws SQLException {
        List<String> extensions = manifest.objects().stream()
                .filter(object -> object.kind().equals("EXTENSION"))
                .map(SchemaObject::name)
                .toList();
        return new SuperuserNeeds(
                manifest,
                server.untrustedExtensions(extensions),
                server.version().major());
    }

    /** Returns what needs one, for people; empty when nothing is known to. */
    List<String> reasons() {
        List<String> reasons = new ArrayList<>();
        if (!has("--no-ow", "-O")) {
            reasons.add("owners");
        }
        if (!has("--no-pr", "-x") && !has("--no-ac", "-x")) {
            reasons.add("grants");
        }
        manifest.objects().stream()
                .filter(this::needsSuperuser)
                .map(SchemaObject::display)
                .forEach(reasons::add);
        reasons.addAll(manifest.forSuperusers());
        return reasons;
    }

    private boolean has(String beginning, String shortOption) {
        return manifest.dumpOptions().stream()
                .anyMatch(option -> option.startsWith(beginning) || option.equals(shortOption));
    }

    private boolean needsSuperuser(SchemaObject object) {
        return KINDS.contains(object.kind())
                || (object.kind().equals("EXTENSION") && untrusted.contains(object.name()))
                || (major < PUBLIC_IS_THE_OWNERS_SINCE && changesPublic(object));
    }

    private static boolean changesPublic(SchemaObject object) {
        return TemporaryPlace.createsPublic(object)
                || (object.kind().equals("COMMENT") && object.name().equals("SCHEMA public"));
    }
}
