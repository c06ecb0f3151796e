package symbolai.mcp.plugins.cloudflare.faults;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import symbolai.mcp.api.ToolException.Reason;

/** All faults of requests that arrived. */
public final class Faults {

    private static final String HTML = "<!DOCTYPE html><html><body><h1>Error</h1>bearer canary</body></html>";
    private static final int BOMB = 64 << 20;
    private static final int HUGE = 27 << 20;

    private Faults() {}

    /** Every fault, with the token that some of them echo. */
    public static List<Fault> all(String token) {
        var all = new ArrayList<Fault>();
        all.addAll(statuses(token));
        all.addAll(connections());
        all.addAll(bodies());
        return all;
    }

    private static List<Fault> statuses(String token) {
        return List.of(
                Fault.answer("429 with Retry-After", limited().with("retry-after", "1"), Reason.RATE_LIMITED)
                        .thatRefuses(),
                Fault.answer("429 without Retry-After", limited(), Reason.RATE_LIMITED)
                        .thatRefuses(),
                Fault.answer("429 with a wrong Retry-After", limited().with("retry-after", "soon"), Reason.RATE_LIMITED)
                        .thatRefuses(),
                Fault.answer("500", Answer.error(500, 7500, "internal error"), Reason.UNAVAILABLE),
                Fault.answer("500 that echoes the token", Answer.error(500, 1, "Bearer " + token), Reason.UNAVAILABLE),
                Fault.answer("502 in HTML", html(502), Reason.UNAVAILABLE),
                Fault.answer("503", html(503).with("retry-after", "1"), Reason.UNAVAILABLE),
                Fault.answer("504 in HTML", html(504), Reason.UNAVAILABLE),
                Fault.answer("520", html(520), Reason.UNAVAILABLE),
                Fault.answer("524", html(524), Reason.UNAVAILABLE),
                Fault.answer("299", Answer.result("null"), Reason.UNAVAILABLE).thatMayGoWell(),
                Fault.answer("499", Answer.json(499, ""), Reason.UNAVAILABLE),
                Fault.answer("601", Answer.json(601, ""), Reason.UNAVAILABLE),
                Fault.answer("400", Answer.error(400, 7400, "bad field"), Reason.INVALID),
                Fault.answer("400 that echoes the token", Answer.error(400, 7400, "not " + token), Reason.INVALID),
                Fault.answer("401", Answer.error(401, 10000, "Authentication error"), Reason.REFUSED),
                Fault.answer("403", Answer.error(403, 10000, "Authentication error"), Reason.REFUSED),
                Fault.answer("404", Answer.error(404, 7003, "Could not route"), Reason.NOT_FOUND),
                Fault.answer("408", html(408), Reason.TIMED_OUT),
                Fault.answer("409", Answer.error(409, 1, "in use"), Reason.CONFLICT),
                Fault.answer("413", html(413), Reason.INVALID),
                Fault.answer("302 in a circle", html(302).with("location", "/"), Reason.UNAVAILABLE),
                Fault.answer(
                        "301 to another host",
                        html(301).with("location", "http://127.0.0.1:9/elsewhere"),
                        Reason.UNAVAILABLE));
    }

    private static List<Fault> connections() {
        return List.of(
                Fault.open("closes without an answer", (good, socket, vertx) -> socket.close()),
                Fault.open("resets without an answer", (good, socket, vertx) -> socket.close())
                        .thatResets(),
                Fault.open(
                                "resets after the headers",
                                (good, socket, vertx) ->
                                        socket.write(good.head(100_000)).onComplete(sent -> socket.close()))
                        .thatResets(),
                Fault.open("closes in the middle of the body", (good, socket, vertx) -> half(good, socket)),
                Fault.open(
                                "answers and closes unannounced",
                                (good, socket, vertx) ->
                                        socket.write(good.whole()).onComplete(sent -> socket.close()))
                        .thatMayGoWell(),
                Fault.open("never answers", (good, socket, vertx) -> {}),
                Fault.open(
                        "says 100 Continue and no more",
                        (good, socket, vertx) -> socket.write("HTTP/1.1 100 Continue\r\n\r\n")),
                Fault.open("dribbles the headers", (good, socket, vertx) -> dribble(good.whole(), socket, vertx)),
                Fault.open(
                        "dribbles the body",
                        (good, socket, vertx) -> socket.write(good.head(100_000))
                                .onComplete(sent -> dribble(Buffer.buffer(" ".repeat(1000)), socket, vertx))),
                Fault.open(
                        "announces more and waits",
                        (good, socket, vertx) -> socket.write(
                                good.head(good.body().length() + 50L).appendBuffer(good.body()))),
                Fault.open(
                        "announces more and closes",
                        (good, socket, vertx) -> socket.write(
                                        good.head(good.body().length() + 50L).appendBuffer(good.body()))
                                .onComplete(sent -> socket.close())),
                Fault.open(
                                "announces less",
                                (good, socket, vertx) -> socket.write(
                                        good.head(Math.max(0, good.body().length() - 9L))
                                                .appendBuffer(good.body())))
                        .thatMayGoWell(),
                Fault.open(
                        "floods with headers",
                        (good, socket, vertx) -> socket.write(
                                good.with("x-flood", "x".repeat(200_000)).whole())),
                Fault.open("speaks no HTTP", (good, socket, vertx) -> socket.write("220 smtp.example ESMTP\r\n\r\n")));
    }

    private static List<Fault> bodies() {
        var bomb = Buffer.buffer(bomb());
        var endless = Buffer.buffer("[" + "0,".repeat(HUGE / 2));
        return List.of(
                body("gzip that is none", "{\"success\":true}", Map.of("content-encoding", "gzip")),
                Fault.open(
                                "a gzip bomb",
                                (good, socket, vertx) -> socket.write(new Answer(200, gzipped(), bomb).whole()))
                        .thatIsLarge(),
                Fault.open(
                                "endless JSON",
                                (good, socket, vertx) -> socket.write(new Answer(200, typed(), endless).whole()))
                        .thatIsLarge(),
                body("no JSON", "{success: true}", Map.of()).thatMayGoWell(),
                body("JSON cut short", "{\"success\":true,\"result\":{\"a\":[1,2", Map.of())
                        .thatMayGoWell(),
                body("deep JSON", "[".repeat(100_000), Map.of()).thatMayGoWell(),
                body("HTML", HTML, Map.of("content-type", "text/html")).thatMayGoWell(),
                body("nothing", "", Map.of()).thatMayGoWell(),
                Fault.answer("204", new Answer(204, Map.of(), Buffer.buffer()), Reason.UNAVAILABLE)
                        .thatMayGoWell(),
                Fault.answer("success false with 200", Answer.error(200, 4242, "no"), Reason.UNAVAILABLE)
                        .thatMayGoWell(),
                body("no envelope", "{\"id\":1}", Map.of()).thatMayGoWell(),
                body("an envelope without a result", "{\"success\":true}", Map.of())
                        .thatMayGoWell(),
                Fault.answer("a result that is null", Answer.result("null"), Reason.UNAVAILABLE)
                        .thatMayGoWell(),
                Fault.answer("a result that is a text", Answer.result("\"x\""), Reason.UNAVAILABLE)
                        .thatMayGoWell(),
                Fault.answer("a result of wrong entries", Answer.result("[1,null,[]]"), Reason.UNAVAILABLE)
                        .thatMayGoWell(),
                Fault.answer("an empty object", Answer.result("{}"), Reason.UNAVAILABLE)
                        .thatMayGoWell(),
                bytes("broken UTF-8", new byte[] {'{', '"', (byte) 0xc3, (byte) 0x28, '"', ':', '1', '}'}),
                body("names twice", "{\"success\":true,\"success\":false,\"result\":{}}", Map.of())
                        .thatMayGoWell(),
                body("a byte order mark", "\uFEFF{\"success\":false,\"errors\":[]}", Map.of())
                        .thatMayGoWell(),
                body("numbers without end", "{\"success\":true,\"result\":" + "9".repeat(100_000) + "}", Map.of())
                        .thatMayGoWell());
    }

    private static Fault body(String name, String body, Map<String, String> headers) {
        var answer = new Answer(200, typed(), Buffer.buffer(body));
        for (var header : headers.entrySet()) {
            answer = answer.with(header.getKey(), header.getValue());
        }
        return Fault.answer(name, answer, Reason.UNAVAILABLE);
    }

    private static Fault bytes(String name, byte[] body) {
        return Fault.answer(name, new Answer(200, typed(), Buffer.buffer(body)), Reason.UNAVAILABLE)
                .thatMayGoWell();
    }

    private static Map<String, String> typed() {
        return Map.of("content-type", "application/json");
    }

    private static Map<String, String> gzipped() {
        return Map.of("content-type", "application/json", "content-encoding", "gzip");
    }

    private static Answer limited() {
        return Answer.error(429, 971, "Please wait and consider throttling your request speed");
    }

    private static Answer html(int status) {
        return new Answer(
                status, Map.of("content-type", "text/html", "cf-ray", "8f0a1b2c3d4e5f60-FRA"), Buffer.buffer(HTML));
    }

    private static void half(Answer good, NetSocket socket) {
        var whole = good.head(good.body().length() + 10L).appendBuffer(good.body());
        socket.write(whole.slice(0, whole.length() - good.body().length() / 2)).onComplete(sent -> socket.close());
    }

    private static void dribble(Buffer bytes, NetSocket socket, Vertx vertx) {
        if (bytes.length() == 0) {
            return;
        }
        socket.write(bytes.slice(0, 1))
                .onSuccess(sent -> vertx.setTimer(100, at -> dribble(bytes.slice(1, bytes.length()), socket, vertx)));
    }

    private static byte[] bomb() {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write("[".getBytes(StandardCharsets.UTF_8));
            gzip.write(new byte[BOMB]);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }
}
