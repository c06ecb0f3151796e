package symbolai.mcp.server.config;

import java.util.regex.Pattern;

/** Tells addresses and ranges of addresses from other texts, without asking the network. */
final class Network {

    private static final String OCTET = "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
    private static final Pattern FOUR = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");
    private static final Pattern SIX = Pattern.compile("[0-9A-Fa-f:]{2,39}");
    private static final Pattern PREFIX = Pattern.compile("0|[1-9]\\d{0,2}");

    private Network() {}

    static boolean isValid(String text) {
        var slash = text.indexOf('/');
        var address = slash < 0 ? text : text.substring(0, slash);
        var prefix = slash < 0 ? "0" : text.substring(slash + 1);
        return (FOUR.matcher(address).matches() && hasPrefix(prefix, 32)) || (isSix(address) && hasPrefix(prefix, 128));
    }

    /** Whether a listener there can be reached from this machine only. */
    static boolean isLoopback(String host) {
        return host.equalsIgnoreCase("localhost")
                || host.equals("::1")
                || (host.startsWith("127.") && FOUR.matcher(host).matches());
    }

    private static boolean hasPrefix(String text, int bits) {
        return PREFIX.matcher(text).matches() && Integer.parseInt(text) <= bits;
    }

    /** Eight groups of one to four digits, of which one run may be left out. */
    private static boolean isSix(String text) {
        if (!SIX.matcher(text).matches() || text.contains(":::")) {
            return false;
        }
        var gap = text.indexOf("::");
        if (gap < 0) {
            return groups(text) == 8;
        }
        var before = groups(text.substring(0, gap));
        var after = groups(text.substring(gap + 2));
        return before >= 0 && after >= 0 && before + after <= 7;
    }

    /** How many groups there are; -100 when one is not a group. */
    private static int groups(String text) {
        if (text.isEmpty()) {
            return 0;
        }
        var count = 0;
        for (var group : text.split(":", -1)) {
            if (group.isEmpty() || group.length() > 4) {
                return -100;
            }
            count++;
        }
        return count;
    }
}
