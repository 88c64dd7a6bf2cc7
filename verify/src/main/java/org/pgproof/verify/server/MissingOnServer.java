package org.pgproof.verify.server;

import java.sql.SQLException;
import java.util.Set;
import java.util.regex.Pattern;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * Recognises errors of a restore that say what the verifying server or its role lacks, not what the dump does: by SQLSTATE, by the kind
 * of statement and by the server's function that raised it, never by words, which come in the server's language.
 */
public final class MissingOnServer {
    private static final String UNDEFINED_OBJECT = "42704";
    private static final String UNDEFINED_FUNCTION = "42883";
    private static final String INVALID_FUNCTION_DEFINITION = "42P13";
    private static final String INVALID_PARAMETER_VALUE = "22023";
    private static final String FEATURE_NOT_SUPPORTED = "0A000";
    /** Such as a stop word file of a text search dictionary. */
    private static final String CONFIGURATION_FILE_ERROR = "F0";

    /** Whatever stops it, be it its own script, is that extension's affair and what it needs of the server. */
    private static final Pattern EXTENSION = Pattern.compile("(CREATE|ALTER) EXTENSION .*", Pattern.DOTALL);

    /** A locale that the operating system does not have, or a server without ICU. */
    private static final Pattern COLLATION = Pattern.compile("CREATE COLLATION .*", Pattern.DOTALL);

    private static final Set<String> OF_COLLATIONS =
            Set.of(INVALID_PARAMETER_VALUE, FEATURE_NOT_SUPPORTED, UNDEFINED_OBJECT);

    /** A provider that is not loaded; a tablespace or table access method that is not there. */
    private static final Pattern NAMES_A_PART_OF_THE_SERVER = Pattern.compile(
            "(SECURITY LABEL|SET default_tablespace|SET default_table_access_method) .*", Pattern.DOTALL);

    private static final Pattern NEEDS_A_LIBRARY =
            Pattern.compile("CREATE (OR REPLACE )?(TRUSTED )?(PROCEDURAL )?(LANGUAGE|TEXT SEARCH) .*", Pattern.DOTALL);

    /** Only a superuser may create one whose state is internal; whoever else tries is told that its definition is invalid. */
    private static final String DEFINING_AGGREGATES = "DefineAggregate";

    /** What looks for roles, tablespaces, collations, languages, access methods and parts of text search. */
    private static final Set<String> LOOKING_FOR_PARTS_OF_THE_SERVER = Set.of(
            "get_role_oid",
            "get_rolespec_oid",
            "get_rolespec_tuple",
            "get_tablespace_oid",
            "get_collation_oid",
            "get_language_oid",
            "CreateFunction",
            "get_am_type_oid",
            "DefineIndex",
            "get_ts_parser_oid",
            "get_ts_template_oid",
            "get_ts_dict_oid");

    private static final Set<String> LOADING_LIBRARIES = Set.of(
            "internal_load_library", "incompatible_module_error", "load_external_function", "lookup_external_function");

    private MissingOnServer() {}

    static boolean explains(Psql.SqlError error) {
        return explains(error.state(), error.statement(), error.routine());
    }

    /** Returns whether an error that this statement caused says what the server lacks. */
    public static boolean explains(SQLException error, String statement) {
        ServerErrorMessage message = error instanceof PSQLException own ? own.getServerErrorMessage() : null;
        String routine = message == null ? null : message.getRoutine();
        return explains(String.valueOf(error.getSQLState()), statement, routine == null ? "" : routine);
    }

    private static boolean explains(String state, String statement, String routine) {
        return ServerTrouble.is(state)
                || state.startsWith(CONFIGURATION_FILE_ERROR)
                || LOADING_LIBRARIES.contains(routine)
                || EXTENSION.matcher(statement).matches()
                || (state.equals(INVALID_FUNCTION_DEFINITION) && routine.equals(DEFINING_AGGREGATES))
                || (COLLATION.matcher(statement).matches() && OF_COLLATIONS.contains(state))
                || (state.equals(INVALID_PARAMETER_VALUE)
                        && NAMES_A_PART_OF_THE_SERVER.matcher(statement).matches())
                || (state.equals(UNDEFINED_OBJECT)
                        && (LOOKING_FOR_PARTS_OF_THE_SERVER.contains(routine)
                                || NEEDS_A_LIBRARY.matcher(statement).matches()))
                || (state.equals(UNDEFINED_FUNCTION)
                        && NEEDS_A_LIBRARY.matcher(statement).matches());
    }
}
