package org.pgproof.settings;

import java.util.Locale;

/** Tells hosts on this machine, and on a network that is one's own, from those that are reached through others' hands. */
final class LocalHosts {
    private LocalHosts() {}

    static boolean isLoopback(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        return name.equals("localhost")
                || name.endsWith(".localhost")
                || name.matches("127(\\.[0-9]{1,3}){3}")
                || name.equals("::1")
                || name.equals("[::1]");
    }

    /** Whether it is a loopback or private address, or a name that no public server can have. */
    static boolean isLocal(String host) {
        String name = host.toLowerCase(Locale.ROOT).replaceAll("^\\[|]$", "");
        return isLoopback(name)
                || (!name.contains(".") && !name.contains(":"))
                || name.matches(".*\\.(local|internal|lan|home\\.arpa|localdomain|svc)")
                || name.matches("10(\\.[0-9]{1,3}){3}|192\\.168(\\.[0-9]{1,3}){2}|169\\.254(\\.[0-9]{1,3}){2}")
                || name.matches("172\\.(1[6-9]|2[0-9]|3[01])(\\.[0-9]{1,3}){2}")
                || name.matches("(f[cd][0-9a-f]{2}|fe[89ab][0-9a-f]):.*");
    }
}
