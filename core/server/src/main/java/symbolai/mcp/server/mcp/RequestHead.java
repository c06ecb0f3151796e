package symbolai.mcp.server.mcp;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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

    /** Whether the client takes {@code text/event-stream}; one that says nothing takes everything. */
    public boolean acceptsEvents() {
        return accepts("text/event-stream", "text/*");
    }

    /** Whether the client takes {@code application/json}; one that says nothing takes everything. */
    public boolean acceptsJson() {
        return accepts("application/json", "application/*");
    }

    private boolean accepts(String type, String range) {
        var accepted = all("accept").stream()
                .flatMap(value -> Arrays.stream(value.split(",")))
                .map(value -> value.replaceAll(";.*", "").strip().toLowerCase(Locale.ROOT))
                .toList();
        return accepted.isEmpty() || accepted.stream().anyMatch(Set.of(type, range, "*/*")::contains);
    }
}
