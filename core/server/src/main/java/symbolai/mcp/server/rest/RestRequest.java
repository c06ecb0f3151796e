package symbolai.mcp.server.rest;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import symbolai.mcp.api.Caller;
import symbolai.mcp.api.Cancellation;

/**
 * One request of a known caller.
 *
 * @param method the HTTP method
 * @param path what follows {@code /api/mcp/}
 * @param query the parameters of the query, decoded
 * @param fresh whether the caller needs no further proof for what is dangerous: not so for a sign-in that is some minutes old
 * @param prefix the path that a proxy cut off; empty for none
 * @param body reads the body when it is asked for, once
 * @param gone tells whether the client still waits
 */
public record RestRequest(
        String method,
        String path,
        Map<String, List<String>> query,
        MultiMap headers,
        Caller caller,
        boolean fresh,
        String prefix,
        Supplier<Future<Buffer>> body,
        Cancellation gone) {

    public RestRequest {
        query = Map.copyOf(query);
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }
}
