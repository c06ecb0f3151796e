package symbolai.mcp.server.mcp.legacy;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import symbolai.mcp.server.mcp.EventStream;
import symbolai.mcp.server.mcp.HttpReply;

/** Keeps the answer to one HTTP request. */
final class FakeReply implements HttpReply {

    private final CompletableFuture<Integer> status = new CompletableFuture<>();
    private final List<Runnable> slow = new ArrayList<>();
    final FakeEvents events = new FakeEvents();
    volatile Map<String, String> headers = Map.of();
    volatile String body = "";
    volatile boolean isStream;

    @Override
    public void json(int code, Map<String, String> more, Buffer bytes) {
        headers = more;
        body = bytes.toString();
        status.complete(code);
    }

    @Override
    public void lacking(Set<String> scopes, Buffer bytes) {
        json(403, Map.of("WWW-Authenticate", "Bearer scope=\"" + String.join(" ", scopes) + "\""), bytes);
    }

    @Override
    public void empty(int code, Map<String, String> more) {
        headers = more;
        status.complete(code);
    }

    @Override
    public EventStream events(Map<String, String> more) {
        headers = more;
        isStream = true;
        status.complete(200);
        return events;
    }

    @Override
    public void onGone(Runnable action) {
        // These clients stay.
    }

    @Override
    public void onSlow(Runnable action) {
        slow.add(action);
    }

    void becomeSlow() {
        slow.forEach(Runnable::run);
    }

    boolean isBegun() {
        return status.isDone();
    }

    /** The status, when it comes. */
    int status() {
        try {
            return status.get(20, TimeUnit.SECONDS);
        } catch (Exception failure) {
            throw new AssertionError(failure);
        }
    }

    JsonObject json() {
        status();
        return new JsonObject(body);
    }

    Optional<Integer> errorCode() {
        return Optional.ofNullable(json().getJsonObject("error")).map(error -> error.getInteger("code"));
    }
}
