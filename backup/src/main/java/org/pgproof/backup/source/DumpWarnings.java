package org.pgproof.backup.source;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What a {@code pg_dump} that succeeded wrote to its standard error: its own warnings and those of the server. */
final class DumpWarnings {
    private static final String OWN = "pg_dump: ";
    private static final String WARNING = OWN + "warning: ";

    /** What belongs to the message before; a server's messages go on over several lines, its fields begin so. */
    private static final Pattern CONTINUED = Pattern.compile(
            "(pg_dump: )?(DETAIL|HINT|CONTEXT|QUERY|STATEMENT|LOCATION|detail|hint): .*|\\s.*|LINE \\d+: .*");

    /** What a server says that is no warning. */
    private static final Pattern REMARK = Pattern.compile("(NOTICE|INFO|LOG|DEBUG\\d?):  .*");

    private DumpWarnings() {}

    /** Returns each warning as one line. */
    static List<String> of(List<String> stderr) {
        List<String> warnings = new ArrayList<>();
        boolean goesOn = false;
        for (String line : stderr) {
            if (CONTINUED.matcher(line).matches()) {
                if (goesOn) {
                    String more = line.startsWith(OWN) ? line.substring(OWN.length()) : line;
                    warnings.add(warnings.remove(warnings.size() - 1) + " " + more.strip());
                }
            } else {
                goesOn = line.startsWith(WARNING) || !(line.isBlank() || isRemark(line));
                if (goesOn) {
                    warnings.add(line.startsWith(WARNING) ? line.substring(WARNING.length()) : line);
                }
            }
        }
        return warnings;
    }

    /** What {@code --verbose} brings, too. */
    private static boolean isRemark(String line) {
        return line.startsWith(OWN) || REMARK.matcher(line).matches();
    }
}
