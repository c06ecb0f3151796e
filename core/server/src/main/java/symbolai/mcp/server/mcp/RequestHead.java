package symbolai.mcp.server.mcp;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import symbolai.mcp.api.Caller;

/**
 * One HTTP request after Host, Origin and authentication were found good.
 *
 * @param path the path as the client sees it, with the prefix of a proxy, such as {@code /api/mcp/sse}
 * @param headers the values by lower-case names
 * @param sessionId the query's {@code sessionId}, which only messages to a 2024-11-05 stream have
 */
public record RequestHead(String path, Map<String, List<String>> headers, Optional<String> sessionId, Caller caller) {

    public RequestHead {
        headers = Map.copyOf(headers);
    }

    /** The values of a header, in order. */
    public List<String> all(String header) {
        return headers.getOrDefault(header.toLowerCase(Locale.ROOT), List.of());
    }

    /** The first value of a header, without white space around it. */
    public Optional<String> header(String header) {
        return all(header).stream().findFirst().map(String::strip);
    }
}
