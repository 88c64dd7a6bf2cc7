package org.pgproof.manifest;

import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.pgproof.dump.Digest;
import org.pgproof.dump.Statement;

/** Digests a policy: {@code pg_dump} names its roles in the order in which the server happens to keep them. */
final class PolicyDefinition {
    private static final String NAME = "(?:\"(?:[^\"]|\"\")+\"|[^\\s\",.]+)";

    private static final Pattern ROLES = Pattern.compile("^(CREATE POLICY " + NAME + " ON " + NAME + "(?:\\." + NAME
            + ")?(?: AS RESTRICTIVE)?(?: FOR [A-Z]+)? TO )(" + NAME + "(?:, " + NAME + ")+)(?=[ ;])");

    private static final Pattern ROLE = Pattern.compile(NAME);

    private PolicyDefinition() {}

    static Digest digest(Statement statement) {
        if (!statement.head().whole()) {
            return statement.digest();
        }
        String text = statement.head().text();
        Matcher roles = ROLES.matcher(text);
        if (!roles.find()) {
            return TableDefinition.digest("POLICY", statement);
        }
        String sorted = ROLE.matcher(roles.group(2))
                .results()
                .map(MatchResult::group)
                .sorted()
                .collect(Collectors.joining(", "));
        String same = roles.group(1) + sorted + text.substring(roles.end());
        return TableDefinition.digest("POLICY", same);
    }
}
