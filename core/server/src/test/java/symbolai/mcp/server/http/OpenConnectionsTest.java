package symbolai.mcp.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.SocketAddress;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import symbolai.mcp.server.config.ConnectionCaps;

class OpenConnectionsTest {

    private final AtomicLong nanos = new AtomicLong();
    private final OpenConnections connections =
            new OpenConnections(new ConnectionCaps(10, 3), "10.0.0.1"::equals, nanos::get);

    @Test
    void row26AConnectionWithoutARequestIsClosed() {
        var silent = new FakeConnection("192.0.2.1");
        connections.accept(silent.connection);

        pass(Duration.ofSeconds(10));
        assertThat(silent.isClosed).isFalse();
        pass(Duration.ofMillis(1));
        assertThat(silent.isClosed).isTrue();
        assertThat(connections.count()).isZero();
    }

    @Test
    void row26ARequestThatIsAnsweredLongIsLeftAloneAndThenTheNextOneMustCome() {
        var used = new FakeConnection("192.0.2.1");
        connections.accept(used.connection);
        var answer = new FakeAnswer(used);
        connections.begin(answer.request);

        pass(Duration.ofHours(1));
        assertThat(used.isClosed).isFalse();

        answer.isEnded = true;
        pass(Duration.ofSeconds(1));
        pass(Duration.ofSeconds(75));
        assertThat(used.isClosed).isFalse();
        pass(Duration.ofMillis(1));
        assertThat(used.isClosed).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 5, 3",
        "2001:db8::1, 5, 3",
        "127.0.0.1, 5, 5",
        "127.8.8.8, 5, 5",
        "::1, 5, 5",
        "10.0.0.1, 5, 5",
        "10.0.0.1, 12, 10",
    })
    void oneAddressHasACapOfItsOwnUnlessManyShareIt(String address, int tried, int open) {
        for (int i = 0; i < tried; i++) {
            connections.accept(new FakeConnection(address).connection);
        }

        assertThat(connections.count()).isEqualTo(open);
    }

    @Test
    void row17TheAddressesOfOneIpv6NetworkShareACap() {
        for (int i = 1; i <= 5; i++) {
            connections.accept(new FakeConnection("2001:db8:0:1::" + i).connection);
        }
        assertThat(connections.count()).isEqualTo(3);

        connections.accept(new FakeConnection("2001:db8:0:2::1").connection);
        assertThat(connections.count()).isEqualTo(4);
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1, true", "::1, true", "10.0.0.1, true", "192.0.2.99, false"})
    void row17StrangersLeaveRoomForThisMachineAndTheProxies(String address, boolean isTaken) {
        for (int i = 0; i < 20; i++) {
            connections.accept(new FakeConnection("192.0.2." + i).connection);
        }
        assertThat(connections.count()).isEqualTo(9);

        var last = new FakeConnection(address);
        connections.accept(last.connection);

        assertThat(last.isClosed).isEqualTo(!isTaken);
    }

    @Test
    void row17AConnectionThatPingsWithoutEndIsClosed() {
        var honest = new FakeConnection("192.0.2.1");
        var flooding = new FakeConnection("192.0.2.1");
        connections.accept(honest.connection);
        connections.accept(flooding.connection);

        for (int i = 0; i < 5; i++) {
            ping(honest, 100);
            pass(Duration.ofSeconds(1));
        }
        assertThat(honest.isClosed).isFalse();
        ping(flooding, 101);
        assertThat(flooding.isClosed).isTrue();
    }

    private static void ping(FakeConnection connection, int times) {
        for (int i = 0; i < times; i++) {
            connection.onPing.handle(Buffer.buffer());
        }
    }

    @Test
    void thereIsRoomAgainWhenOneLeaves() {
        var first = new FakeConnection("192.0.2.1");
        connections.accept(first.connection);
        connections.accept(new FakeConnection("192.0.2.1").connection);
        connections.accept(new FakeConnection("192.0.2.1").connection);
        var refused = new FakeConnection("192.0.2.1");
        connections.accept(refused.connection);
        assertThat(refused.isClosed).isTrue();

        first.connection.close();

        var later = new FakeConnection("192.0.2.1");
        connections.accept(later.connection);
        assertThat(later.isClosed).isFalse();
        assertThat(connections.count()).isEqualTo(3);
    }

    private void pass(Duration duration) {
        nanos.addAndGet(duration.toNanos());
        connections.sweep();
    }

    /** As much of a connection as is asked for. */
    private static final class FakeConnection {

        private final HttpConnection connection;
        private Handler<Void> onClose = closed -> {};
        private Handler<Buffer> onPing = ping -> {};
        private boolean isClosed;

        @SuppressWarnings("unchecked")
        FakeConnection(String address) {
            Map<String, Answer> answers = new HashMap<>();
            answers.put("remoteAddress", arguments -> SocketAddress.inetSocketAddress(1234, address));
            answers.put("close", arguments -> closed());
            answers.put("closeHandler", arguments -> {
                onClose = (Handler<Void>) arguments[0];
                return null;
            });
            answers.put("protocolVersion", arguments -> HttpVersion.HTTP_2);
            answers.put("pingHandler", arguments -> {
                onPing = (Handler<Buffer>) arguments[0];
                return null;
            });
            answers.put("remoteSettingsHandler", arguments -> null);
            connection = fake(HttpConnection.class, answers);
        }

        private Future<Void> closed() {
            if (!isClosed) {
                isClosed = true;
                onClose.handle(null);
            }
            return Future.succeededFuture();
        }
    }

    /** A request on a connection, and its answer. */
    private static final class FakeAnswer {

        private final HttpServerRequest request;
        private boolean isEnded;

        FakeAnswer(FakeConnection on) {
            Map<String, Answer> answers = new HashMap<>();
            answers.put("ended", arguments -> isEnded);
            answers.put("closed", arguments -> false);
            var response = fake(HttpServerResponse.class, answers);
            request = fake(
                    HttpServerRequest.class,
                    Map.of("connection", arguments -> on.connection, "response", arguments -> response));
        }
    }

    @FunctionalInterface
    private interface Answer {
        Object to(Object[] arguments);
    }

    private static <T> T fake(Class<T> type, Map<String, Answer> answers) {
        var proxy = Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> switch (method.getName()) {
                    case "hashCode" -> System.identityHashCode(self);
                    case "equals" -> self == arguments[0];
                    case "toString" -> type.getSimpleName();
                    default -> answers.get(method.getName()).to(arguments);
                });
        return type.cast(proxy);
    }
}
