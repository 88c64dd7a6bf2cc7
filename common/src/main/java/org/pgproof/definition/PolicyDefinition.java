package org.pgproof.definition;

import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Puts the roles of a policy in order: {@code pg_dump} names its roles in the order in which the server happens to keep them. */
public final class PolicyDefinition {
    private static final String NAME = "(?:\"(?:[^\"]|\"\")+\"|[^\\s\",.]+)";

    private static final Pattern ROLES = Pattern.compile("^(CREATE POLICY " + NAME + " ON " + NAME + "(?:\\." + NAME
            + ")?(?: AS RESTRICTIVE)?(?: FOR [A-Z]+)? TO )(" + NAME + "(?:, " + NAME + ")+)(?=[ ;])");

    private static final Pattern ROLE = Pattern.compile(NAME);

    private PolicyDefinition() {}

    /** Returns the definition with its roles in alphabetical order. */
    public static String sorted(String text) {
        Matcher roles = ROLES.matcher(text);
        if (!roles.find()) {
            return text;
        }
        String sorted = ROLE.matcher(roles.group(2))
                .results()
                .map(MatchResult::group)
                .sorted()
                .collect(Collectors.joining(", "));
        return roles.group(1) + sorted + text.substring(roles.end());
    }
}
