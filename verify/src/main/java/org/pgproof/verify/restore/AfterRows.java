package org.pgproof.verify.restore;

import java.util.regex.Pattern;

/** Is told by a restore what happens to the rows, so that they may be read before its end. */
public interface AfterRows {
    /** All rows are loaded. */
    void loaded();

    /** A statement follows that may change rows. */
    void mayChange();

    /** Returns whether a statement that follows the rows keeps them as they are. */
    static boolean keepsRows(String sql) {
        return Harmless.STATEMENT.matcher(sql).lookingAt();
    }

    /** What pg_dump writes behind the rows, and nothing else. */
    final class Harmless {
        private static final Pattern STATEMENT = Pattern.compile(
                "(?:CREATE|ALTER|COMMENT ON|SECURITY LABEL|GRANT|REVOKE"
                        + "|REFRESH MATERIALIZED VIEW|SET default_\\w+ =|SELECT pg_catalog\\.set_config\\('search_path',) ?");

        private Harmless() {}
    }
}
