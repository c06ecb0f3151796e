package symbolai.mcp.server.mcp.legacy;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import symbolai.mcp.api.CallLog;
import symbolai.mcp.server.jsonrpc.JsonRpcError;
import symbolai.mcp.server.jsonrpc.JsonRpcException;

/**
 * What a client has set since its handshake.
 *
 * @param logLevel the least level of messages that it wants, where it said so
 * @param subscriptions the URIs of the resources that it follows
 */
record Settings(Optional<CallLog.Level> logLevel, Set<String> subscriptions) {

    /** Nothing was set. */
    static final Settings NONE = new Settings(Optional.empty(), Set.of());

    private static final int MAX_SUBSCRIPTIONS = 500;
    private static final int MAX_URI_LENGTH = 2048;

    Settings {
        subscriptions = Collections.unmodifiableSet(new LinkedHashSet<>(subscriptions));
    }

    /** The level by its name on the wire, if there is such a one. */
    static Optional<CallLog.Level> level(String text) {
        return Stream.of(CallLog.Level.values())
                .filter(level -> level.name().toLowerCase(Locale.ROOT).equals(text))
                .findFirst();
    }

    Settings with(CallLog.Level level) {
        return new Settings(Optional.of(level), subscriptions);
    }

    Settings following(String uri) {
        if (uri.length() > MAX_URI_LENGTH || uri.lines().count() > 1) {
            throw new JsonRpcException(JsonRpcError.INVALID_PARAMS, "uri must be one line of at most 2048 characters");
        }
        if (subscriptions.size() >= MAX_SUBSCRIPTIONS && !subscriptions.contains(uri)) {
            throw new JsonRpcException(
                    JsonRpcError.INVALID_PARAMS, "a session follows at most " + MAX_SUBSCRIPTIONS + " resources");
        }
        Set<String> more = new LinkedHashSet<>(subscriptions);
        more.add(uri);
        return new Settings(logLevel, more);
    }

    Settings notFollowing(String uri) {
        Set<String> fewer = new LinkedHashSet<>(subscriptions);
        fewer.remove(uri);
        return new Settings(logLevel, fewer);
    }
}
