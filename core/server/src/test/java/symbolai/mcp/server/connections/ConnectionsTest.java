package symbolai.mcp.server.connections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import symbolai.mcp.api.Caller;
import symbolai.mcp.api.Cancellation;
import symbolai.mcp.api.Connection;
import symbolai.mcp.api.Connector;
import symbolai.mcp.api.Credential;
import symbolai.mcp.api.CredentialField;
import symbolai.mcp.api.Credentials;
import symbolai.mcp.api.Deadline;
import symbolai.mcp.api.Operation;
import symbolai.mcp.api.Reply;
import symbolai.mcp.api.Role;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.ToolException.Reason;
import symbolai.mcp.api.Upstream;
import symbolai.mcp.api.Verified;
import symbolai.mcp.server.config.ConnectionsConfig;

@ExtendWith(VertxExtension.class)
class ConnectionsTest {

    private static final Caller CALLER = new Caller("u1", "ada", Role.ADMIN, Credential.LOCAL, "local");

    private final Connectors connectors = new Connectors();
    private Connection connection;

    @BeforeEach
    void connect(Vertx vertx) {
        connection = Unconnected.connections(vertx, connectors).forCaller(CALLER, id -> {});
    }

    /** A connector that knows one operation, and counts what is open. */
    private static final class FakeConnector implements Connector {
        private final String id;
        private final List<CredentialField> fields;
        private final Function<Operation, Future<Reply>> answer;
        private final AtomicInteger open = new AtomicInteger();

        FakeConnector(String id, Function<Operation, Future<Reply>> answer) {
            this(id, List.of(), answer);
        }

        FakeConnector(String id, List<CredentialField> fields, Function<Operation, Future<Reply>> answer) {
            this.id = id;
            this.fields = fields;
            this.answer = answer;
        }

        @Override
        public String id() {
            return id;
        }

        @Override
        public List<CredentialField> fields() {
            return fields;
        }

        @Override
        public Future<Verified> verify(Credentials credentials, Upstream upstream) {
            return Future.succeededFuture(Verified.account(id, id));
        }

        @Override
        public Connection open(Credentials credentials, Upstream upstream) {
            open.incrementAndGet();
            return new Connection() {
                @Override
                public Set<String> operations() {
                    return Set.of("d1.list");
                }

                @Override
                public Future<Reply> invoke(Operation operation) {
                    return answer.apply(operation);
                }

                @Override
                public void close() {
                    open.decrementAndGet();
                }
            };
        }
    }

    private static Future<Reply> reply(String who) {
        return Future.succeededFuture(new Reply(new JsonObject().put("who", who)));
    }

    private static Operation operation(String name, Operation.Access access, Duration time) {
        return new Operation(name, new JsonObject(), access, Deadline.after(time), Cancellation.NEVER);
    }

    private static Operation list() {
        return operation("d1.list", Operation.Access.READ, Duration.ofSeconds(10));
    }

    private static <T> T get(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
        } catch (ExecutionException failure) {
            throw failure.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(failure);
        } catch (InterruptedException | TimeoutException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private Reason reason(Operation operation) {
        var failure = catchThrowable(() -> get(connection.invoke(operation)));
        return ((ToolException) failure).reason();
    }

    @Test
    void withoutAConnectorNobodyIsConnected() {
        assertThat(connection.operations()).isEmpty();
        assertThat(reason(list())).isEqualTo(Reason.NOT_CONNECTED);
    }

    @Test
    void aConnectorThatAsksForCredentialsConnectsNobodyYet() {
        var field = CredentialField.secret("token", "Token", "", ".*");
        connectors.publish(
                "cloud", List.of(new FakeConnector("cloud", List.of(field), call -> reply("cloud"))), new Lease());

        assertThat(reason(list())).isEqualTo(Reason.NOT_CONNECTED);
    }

    @Test
    void aConnectorWithAChoiceDoesNotTakeThePlaceOfTheOneThatAsksForNothing() {
        var choice = CredentialField.choice("backend", "Way", "", List.of("one", "two"));
        var token = CredentialField.secret("token", "Token", "", ".*").optional();
        connectors.publish(
                "cloud",
                List.of(new FakeConnector("cloud", List.of(choice, token), call -> reply("cloud"))),
                new Lease());
        var alone = reason(list());
        connectors.publish("local", List.of(new FakeConnector("local", call -> reply("local"))), new Lease());

        assertThat(alone).isEqualTo(Reason.NOT_CONNECTED);
        assertThat(get(connection.invoke(list())).json().getString("who")).isEqualTo("local");
    }

    @Test
    void anOperationIsCarriedOutAndItsConnectionClosed() {
        var connector = new FakeConnector("local", call -> reply("local"));
        var lease = new Lease();
        connectors.publish("local", List.of(connector), lease);

        var reply = get(connection.invoke(list()));

        assertThat(reply.json()).isEqualTo(new JsonObject().put("who", "local"));
        assertThat(connection.operations()).containsExactly("d1.list");
        assertThat(connector.open).hasValue(0);
        get(lease.close());
    }

    @Test
    void anUnknownOperationIsUnsupported() {
        var connector = new FakeConnector("local", call -> reply("local"));
        connectors.publish("local", List.of(connector), new Lease());

        assertThat(reason(operation("kv.get", Operation.Access.READ, Duration.ofSeconds(1))))
                .isEqualTo(Reason.UNSUPPORTED);
        assertThat(connector.open).hasValue(0);
    }

    @Test
    void aConnectorMayBeReplacedUnderItsOperations() {
        var answer = Promise.<Reply>promise();
        var old = new Lease();
        connectors.publish("local", List.of(new FakeConnector("local", call -> answer.future())), old);
        var running = connection.invoke(list());

        connectors.publish("local", List.of(new FakeConnector("local", call -> reply("new"))), new Lease());
        var drained = old.close();
        connectors.withdraw("local", old);

        assertThat(get(connection.invoke(list())).json().getString("who")).isEqualTo("new");
        assertThat(drained.isComplete()).isFalse();
        answer.complete(new Reply(new JsonObject().put("who", "old")));
        assertThat(get(running).json().getString("who")).isEqualTo("old");
        get(drained);
    }

    @Test
    void aClosedConnectorThatHasNoSuccessorIsNotConnected() {
        var lease = new Lease();
        connectors.publish("local", List.of(new FakeConnector("local", call -> reply("local"))), lease);

        get(lease.close());
        assertThat(reason(list())).isEqualTo(Reason.NOT_CONNECTED);
        connectors.withdraw("local", lease);
        assertThat(reason(list())).isEqualTo(Reason.NOT_CONNECTED);
    }

    @Test
    void oneIdBelongsToOnePlugin() {
        connectors.publish("local", List.of(new FakeConnector("local", call -> reply("local"))), new Lease());

        assertThatThrownBy(() -> connectors.publish(
                        "other", List.of(new FakeConnector("local", call -> reply("other"))), new Lease()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("there is a connector 'local' already");
    }

    @Test
    void anOperationEndsAtItsDeadline() {
        connectors.publish(
                "local",
                List.of(new FakeConnector(
                        "local", call -> Promise.<Reply>promise().future())),
                new Lease());

        var read = catchThrowable(
                () -> get(connection.invoke(operation("d1.list", Operation.Access.READ, Duration.ofMillis(50)))));
        var write = catchThrowable(
                () -> get(connection.invoke(operation("d1.list", Operation.Access.WRITE, Duration.ofMillis(50)))));

        assertThat(read).isInstanceOf(ToolException.class).hasMessage("d1.list did not answer in time");
        assertThat(write).hasMessage("d1.list did not answer in time; it may have happened, so check first");
        assertThat(((ToolException) write).reason()).isEqualTo(Reason.TIMED_OUT);
    }

    @Test
    void nothingIsSentAfterTheDeadline() {
        connectors.publish("local", List.of(new FakeConnector("local", call -> reply("local"))), new Lease());

        assertThat(reason(operation("d1.list", Operation.Access.WRITE, Duration.ZERO)))
                .isEqualTo(Reason.NOT_SENT);
    }

    static Stream<Arguments> unexpected() {
        Function<Operation, Future<Reply>> throwing = call -> {
            throw new IllegalStateException("secret");
        };
        return Stream.of(
                Arguments.of("throws", throwing),
                Arguments.of("fails", (Function<Operation, Future<Reply>>)
                        call -> Future.failedFuture(new IllegalStateException("secret"))),
                Arguments.of("returns null", (Function<Operation, Future<Reply>>) call -> null),
                Arguments.of("succeeds with null", (Function<Operation, Future<Reply>>)
                        call -> Future.succeededFuture(null)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unexpected")
    void anUnexpectedFailureIsHidden(String how, Function<Operation, Future<Reply>> answer) {
        var lease = new Lease();
        var connector = new FakeConnector("local", answer);
        connectors.publish("local", List.of(connector), lease);

        var failure = catchThrowable(() -> get(connection.invoke(list())));

        assertThat(failure).isInstanceOf(ToolException.class);
        assertThat(((ToolException) failure).reason()).isEqualTo(Reason.UNAVAILABLE);
        assertThat(failure.getMessage())
                .startsWith("d1.list failed unexpectedly")
                .doesNotContain("secret");
        assertThat(connector.open).hasValue(0);
        get(lease.close());
    }

    @Test
    void aToolExceptionPassesThrough() {
        connectors.publish(
                "local",
                List.of(new FakeConnector(
                        "local", call -> Future.failedFuture(new ToolException(Reason.CONFLICT, "taken")))),
                new Lease());

        assertThat(reason(list())).isEqualTo(Reason.CONFLICT);
    }

    @Test
    void bytesKeepTheirConnectionUntilTheyHaveEnded() {
        var body = new TestBody();
        var connector = new FakeConnector(
                "local", call -> Future.succeededFuture(new Reply(new JsonObject(), Optional.of(body))));
        var lease = new Lease();
        connectors.publish("local", List.of(connector), lease);

        var reply = get(connection.invoke(list()));
        var drained = lease.close();

        assertThat(connector.open).hasValue(1);
        assertThat(drained.isComplete()).isFalse();
        reply.body().orElseThrow().close();
        assertThat(body.closed).isTrue();
        assertThat(connector.open).hasValue(0);
        get(drained);
    }

    @Test
    void bytesThatComeAfterTheDeadlineAreLetGo() {
        var body = new TestBody();
        var answer = Promise.<Reply>promise();
        var connector = new FakeConnector("local", call -> answer.future());
        connectors.publish("local", List.of(connector), new Lease());
        assertThat(reason(operation("d1.list", Operation.Access.READ, Duration.ofMillis(20))))
                .isEqualTo(Reason.TIMED_OUT);

        answer.complete(new Reply(new JsonObject(), Optional.of(body)));

        assertThat(body.closed).isTrue();
        assertThat(connector.open).hasValue(0);
    }

    @Test
    void aReplyThatIsTooLargeIsRefused() {
        var large = new JsonObject();
        for (int i = 0; i < 17; i++) {
            large.put("part" + i, "x".repeat(1 << 20));
        }
        connectors.publish(
                "local",
                List.of(new FakeConnector("local", call -> Future.succeededFuture(new Reply(large)))),
                new Lease());

        assertThatThrownBy(() -> get(connection.invoke(list())))
                .isInstanceOf(ToolException.class)
                .hasMessage("the reply to d1.list is larger than 16 MiB, which is not let through; ask for less");
        large.remove("part0");
        large.remove("part1");
        get(connection.invoke(list()));
    }

    @Test
    void withoutTheLocalAccountWhoIsNotConnectedIsToldHow(Vertx vertx) {
        connectors.publish("local", List.of(new FakeConnector("local", call -> reply("local"))), new Lease());
        var none = new ConnectionsConfig(false, 1200, 32, List.of());

        var failure = catchThrowable(() -> get(Unconnected.connections(vertx, connectors, none)
                .forCaller(CALLER, id -> {})
                .invoke(list())));

        assertThat(((ToolException) failure).reason()).isEqualTo(Reason.NOT_CONNECTED);
        assertThat(failure)
                .hasMessage("you are not connected to an account, which d1.list needs; connect with"
                        + " POST /api/mcp/auth/connect or the command: symbolai-mcp connect");
    }

    static Stream<Arguments> sizes() {
        return Stream.of(
                        new JsonObject(),
                        new JsonObject().put("a", 1).put("b", true).putNull("c").put("d", -1.5),
                        new JsonObject().put("text", "plain \"quoted\" \\ ü € 😀"),
                        new JsonObject().put("list", new JsonArray().add("x").add(new JsonObject().put("y", "z"))))
                .map(Arguments::of);
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void theSizeOfJsonIsKnownWithoutWritingIt(JsonObject json) {
        long written = json.toBuffer().length();

        assertThat(JsonSize.of(json, 1000)).isBetween(written, written + 2 + 2L * json.size());
    }
}
