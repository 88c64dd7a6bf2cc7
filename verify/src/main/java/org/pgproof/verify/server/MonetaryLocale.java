package org.pgproof.verify.server;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import org.pgproof.postgres.Queries;

/** The locale in which amounts of money are written and read: the source's, which another server may not know. */
public final class MonetaryLocale {
    private static final String SETTING = "lc_monetary";

    private MonetaryLocale() {}

    /** Takes the locale of money out of the settings, and returns false, when this server does not know it. */
    public static boolean keepIfKnown(Connection connection, Map<String, String> settings) throws SQLException {
        try {
            Queries.execute(connection, "SET lc_monetary = " + Queries.literal(settings.getOrDefault(SETTING, "C")));
            return true;
        } catch (SQLException e) {
            if (ServerTrouble.is(e)) {
                throw e;
            }
            settings.remove(SETTING);
            return false;
        }
    }

    /** Returns the statement that sets it; empty where the settings do not name it. */
    public static String statement(Map<String, String> settings) {
        String locale = settings.get(SETTING);
        return locale == null ? "" : "SET lc_monetary = " + Queries.literal(locale) + ";\n";
    }
}
