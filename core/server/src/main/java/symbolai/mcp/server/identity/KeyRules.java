package symbolai.mcp.server.identity;

import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.ToolException.Reason;
import symbolai.mcp.server.config.AddressRange;
import symbolai.mcp.server.store.KeyRow;

/** What a new key must be like. */
final class KeyRules {

    private static final Pattern LABEL = Pattern.compile("[\\p{L}\\p{N}\\p{P}\\p{S} ]{1,100}");
    private static final Pattern GLOB = Pattern.compile("[A-Za-z0-9_.*?-]{1,128}");
    private static final int MOST_GLOBS = 100;
    private static final int MOST_ADDRESSES = 100;

    private KeyRules() {}

    static Future<Void> check(KeyRequest request) {
        return label(request.label())
                .or(() -> life(request))
                .or(() -> globs(request.tools()))
                .or(() -> addresses(request.addresses()))
                .map(problem -> Future.<Void>failedFuture(new ToolException(Reason.INVALID, problem)))
                .orElseGet(Future::succeededFuture);
    }

    /** Fails when a key would make one that reaches further than itself. */
    static Future<Void> checkWithin(KeyRow maker, KeyRow made) {
        return life(maker, made)
                .or(() -> reach(maker, made))
                .map(problem -> Future.<Void>failedFuture(new ToolException(Reason.REFUSED, problem)))
                .orElseGet(Future::succeededFuture);
    }

    /** Fails when a key has limits that passwords, roles and programs do not have. */
    static Future<Void> checkUnbound(KeyRow maker) {
        boolean isBound = maker.expires() != 0
                || !maker.addresses().isEmpty()
                || !maker.tools().isEmpty()
                || maker.agent();
        return isBound
                ? Future.failedFuture(
                        new ToolException(
                                Reason.REFUSED,
                                "A key that ends, or has other limits, sets no passwords, makes nobody an admin and makes no OAuth"
                                        + " programs, as these would not have its limits: sign in, or use a key without limits."))
                : Future.succeededFuture();
    }

    private static Optional<String> life(KeyRow maker, KeyRow made) {
        boolean ends = maker.expires() != 0;
        return ends && (made.expires() == 0 || made.expires() > maker.expires())
                ? Optional.of("A key makes none that outlives it, and this one ends at "
                        + Instant.ofEpochMilli(maker.expires()) + ": ask for fewer days.")
                : Optional.empty();
    }

    private static Optional<String> reach(KeyRow maker, KeyRow made) {
        if (!maker.tools().isEmpty() || maker.agent()) {
            return Optional.of("A key that is limited to some tools, or an agent's, makes no other.");
        }
        return isWithin(maker.addresses(), made.addresses())
                ? Optional.empty()
                : Optional.of("A key makes none that is good from more addresses, and this one is good from "
                        + String.join(", ", maker.addresses()) + ": give addresses of these.");
    }

    /** No addresses are all addresses. */
    private static boolean isWithin(List<String> outer, List<String> inner) {
        if (outer.isEmpty()) {
            return true;
        }
        return !inner.isEmpty() && inner.stream().allMatch(range -> isWithin(outer, range));
    }

    private static boolean isWithin(List<String> outer, String inner) {
        return AddressRange.parse(inner)
                .filter(range -> outer.stream()
                        .flatMap(wide -> AddressRange.parse(wide).stream())
                        .anyMatch(wide -> wide.contains(range)))
                .isPresent();
    }

    private static Optional<String> label(String label) {
        return LABEL.matcher(label).matches()
                ? Optional.empty()
                : Optional.of("The label " + Quoted.text(label)
                        + " is not valid: it has 1 to 100 letters, digits, signs and spaces.");
    }

    private static Optional<String> life(KeyRequest request) {
        return request.life()
                .filter(duration -> duration.isNegative() || duration.isZero())
                .map(over -> "A key must be good for some time: the expiry is in the past.");
    }

    private static Optional<String> globs(List<String> globs) {
        if (globs.size() > MOST_GLOBS) {
            return Optional.of("A key takes at most " + MOST_GLOBS + " globs of tool names, not " + globs.size() + ".");
        }
        return globs.stream()
                .filter(glob -> !GLOB.matcher(glob).matches())
                .findFirst()
                .map(
                        glob -> "The glob " + Quoted.text(glob)
                                + " is not valid: it has the characters of a tool's name, * for any text and ? for one character.");
    }

    private static Optional<String> addresses(List<String> ranges) {
        if (ranges.size() > MOST_ADDRESSES) {
            return Optional.of("A key takes at most " + MOST_ADDRESSES + " addresses, not " + ranges.size() + ".");
        }
        return ranges.stream()
                .filter(range -> AddressRange.parse(range).isEmpty())
                .findFirst()
                .map(range -> "The address " + Quoted.text(range)
                        + " is not valid: it is an IP address, or a range such as 10.0.0.0/8.");
    }
}
