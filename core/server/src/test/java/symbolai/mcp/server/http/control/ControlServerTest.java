package symbolai.mcp.server.http.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.Router;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.ToolException.Reason;
import symbolai.mcp.server.tools.InternalFailure;
import symbolai.mcp.server.tools.NotFound;

class ControlServerTest {

    @TempDir
    Path folder;

    private final Vertx vertx = Vertx.vertx();
    private final Promise<JsonObject> slow = Promise.promise();
    private final Promise<Boolean> slowBegan = Promise.promise();
    private ControlServer server;

    @BeforeEach
    void start() {
        server = server(folder);
        done(server.start());
    }

    @AfterEach
    void stop() {
        done(server.close());
        done(vertx.close());
    }

    @Test
    void onlyTheUserCanReachTheSocketAndItIsGoneAfterwards() throws Exception {
        var run = folder.resolve("run");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(run)))
                .isEqualTo("rwx------");
        assertThat(new ControlSocket(folder).current())
                .isEqualTo(run.resolve("control.sock"))
                .exists();

        done(server.close());

        assertThat(run).isEmptyDirectory();
    }

    @Test
    void whatACrashLeftIsNoHindrance() throws Exception {
        var data = folder.resolve("other");
        Files.createDirectories(data.resolve("run"));
        try (var crashed = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            crashed.bind(UnixDomainSocketAddress.of(data.resolve("run/control.sock")));
        }

        var next = server(data);
        done(next.start());

        assertThat(done(call(data, HttpMethod.GET, "/echo", ""))).contains("{}");
        done(next.close());
    }

    @Test
    void aLongPathGoesElsewhere() throws Exception {
        var data = Files.createDirectories(folder.resolve("x".repeat(120)));
        var other = server(data);
        done(other.start());

        var place = new ControlSocket(data).current();
        assertThat(place.toString().length()).isLessThan(100);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(place.getParent())))
                .isEqualTo("rwx------");
        assertThat(done(call(data, HttpMethod.GET, "/echo", ""))).contains("{}");

        done(other.close());
        assertThat(place.getParent()).doesNotExist();
        assertThat(data.resolve("run")).isEmptyDirectory();
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of("/fail/INVALID", 400, "{\"error\":\"Said so.\",\"code\":\"invalid\"}"),
                Arguments.of("/fail/NOT_FOUND", 404, "{\"error\":\"Said so.\",\"code\":\"not_found\"}"),
                Arguments.of("/fail/CONFLICT", 409, "{\"error\":\"Said so.\",\"code\":\"conflict\"}"),
                Arguments.of("/fail/REFUSED", 403, "{\"error\":\"Said so.\",\"code\":\"refused\"}"),
                Arguments.of("/fail/UNAVAILABLE", 503, "{\"error\":\"Said so.\",\"code\":\"unavailable\"}"),
                Arguments.of("/fail/tool", 404, "{\"error\":\"There is no tool 'x'.\",\"code\":\"not_found\"}"),
                Arguments.of(
                        "/fail/internal",
                        500,
                        "{\"error\":\"Internal failure 42; the server's log says more.\",\"code\":\"internal\"}"),
                Arguments.of(
                        "/nowhere",
                        404,
                        "{\"error\":\"The server does not know this request; is it an older version?\",\"code\":\"no_route\"}"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void aFailureIsAnErrorAndACode(String path, int status, String body) {
        assertThat(done(call(folder, HttpMethod.GET, path, ""))).isEqualTo(status + " " + body);
    }

    @Test
    void aBugIsAnIdWithoutDetails() {
        assertThat(done(call(folder, HttpMethod.GET, "/fail/bug", "")))
                .matches(
                        "500 \\{\"error\":\"Internal failure [0-9a-f-]{36}; the server's log says more.\",\"code\":\"internal\"}");
    }

    static Stream<Arguments> bodies() {
        return Stream.of(
                Arguments.of("", "The body must be a JSON object."),
                Arguments.of("x", "The body must be a JSON object."),
                Arguments.of("[]", "The body must be a JSON object."),
                Arguments.of("null", "The body must be a JSON object."),
                Arguments.of("{\"name\":", "The body must be a JSON object."),
                Arguments.of("{}", "The member name is missing."),
                Arguments.of("{\"name\":null}", "The member name is missing."),
                Arguments.of("{\"name\":5}", "The member name must be a text."),
                Arguments.of("{\"name\":\"a\",\"days\":\"5\"}", "The member days must be a whole number."),
                Arguments.of("{\"name\":\"a\",\"tools\":\"x\"}", "The member tools must be a list of texts."),
                Arguments.of("{\"name\":\"a\",\"tools\":[1]}", "The member tools must be a list of texts."),
                Arguments.of("{\"name\":\"a\",\"flag\":1}", "The member flag must be true or false."),
                Arguments.of("{\"name\":\"a\",\"object\":[]}", "The member object must be an object."),
                Arguments.of(
                        "{\"name\":\"a\",\"role\":\"king\"}",
                        "The role must be one of viewer, operator, admin, auditor."));
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void aBodyIsReadWithItsTypes(String body, String error) {
        assertThat(done(call(folder, HttpMethod.POST, "/body", body)))
                .isEqualTo("400 " + new JsonObject().put("error", error).put("code", "invalid"));
    }

    @Test
    void aGoodBodyIsRead() {
        assertThat(done(call(folder, HttpMethod.POST, "/body", "{\"name\":\"a\",\"days\":5,\"tools\":[\"x\"]}")))
                .isEqualTo("200 {\"name\":\"a\"}");
    }

    @Test
    void itIsIdleWhenTheLastRequestHasEnded() {
        var answer = call(folder, HttpMethod.GET, "/slow", "");
        assertThat(done(slowBegan.future())).isTrue();

        var idle = server.idle();

        assertThat(idle.isComplete()).isFalse();
        slow.complete(new JsonObject());
        assertThat(done(answer)).startsWith("200");
        done(idle);
    }

    private ControlServer server(Path data) {
        return new ControlServer(vertx, data, List.of(this::mount));
    }

    private void mount(Router router) {
        router.get("/echo").handler(context -> ControlAnswer.done(context, Future.succeededFuture()));
        router.get("/slow").handler(context -> {
            ControlAnswer.json(context, slow.future(), json -> json);
            slowBegan.complete(true);
        });
        router.get("/fail/tool")
                .handler(context ->
                        ControlAnswer.done(context, Future.failedFuture(new NotFound(NotFound.Kind.TOOL, "x"))));
        router.get("/fail/internal")
                .handler(context -> ControlAnswer.done(
                        context, Future.failedFuture(new InternalFailure("42", new IllegalStateException("a bug")))));
        router.get("/fail/bug").handler(context -> {
            throw new IllegalArgumentException("secret detail");
        });
        router.get("/fail/:reason")
                .handler(context -> ControlAnswer.done(
                        context,
                        Future.failedFuture(
                                new ToolException(Reason.valueOf(context.pathParam("reason")), "Said so."))));
        router.post("/body").handler(ControlBody.handler()).handler(context -> {
            var body = ControlBody.of(context);
            var name = body.text("name");
            body.optionalNumber("days");
            body.texts("tools");
            body.flag("flag");
            body.object("object");
            body.optionalText("role").ifPresent(ControlBody::role);
            ControlAnswer.json(context, Future.succeededFuture(name), text -> new JsonObject().put("name", text));
        });
    }

    /** On the event loop from the first step on: elsewhere a body may have passed before it is asked for. */
    private Future<String> call(Path data, HttpMethod method, String path, String body) {
        Promise<String> answered = Promise.promise();
        vertx.runOnContext(on -> exchange(data, method, path, body).onComplete(answered));
        return answered.future();
    }

    private Future<String> exchange(Path data, HttpMethod method, String path, String body) {
        return vertx.createHttpClient()
                .request(new RequestOptions()
                        .setServer(SocketAddress.domainSocketAddress(
                                new ControlSocket(data).current().toString()))
                        .setHost("localhost")
                        .setMethod(method)
                        .setURI(path))
                .compose(request -> request.send(Buffer.buffer(body)))
                .compose(response -> response.body().map(answer -> response.statusCode() + " " + answer));
    }

    private static <T> T done(Future<T> future) {
        try {
            return future.await(10, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError(e);
        }
    }
}
