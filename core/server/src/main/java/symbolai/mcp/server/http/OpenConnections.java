package symbolai.mcp.server.http;

import io.netty.util.NetUtil;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import symbolai.mcp.server.config.AddressGroup;
import symbolai.mcp.server.config.ConnectionCaps;

/** The connections that are open: not too many, and none that keeps the server waiting for a request. Safe for any thread. */
final class OpenConnections {

    /** How long a new connection may take to send the head of its first request. */
    static final Duration HEAD = Duration.ofSeconds(10);
    /** How long a connection is kept between the end of an answer and the head of the next request. */
    static final Duration IDLE = Duration.ofSeconds(75);

    /** How many pings and settings a client of HTTP/2 may send between two sweeps; honest ones send a few in a minute. */
    private static final int CONTROLS = 100;

    /** One part in so many of all connections is not for strangers. */
    private static final int RESERVE = 10;

    private static final Logger LOG = LoggerFactory.getLogger(OpenConnections.class);

    private final ConnectionCaps caps;
    private final Predicate<String> isProxy;
    private final LongSupplier nanos;
    private final Map<HttpConnection, Open> open = new ConcurrentHashMap<>();
    private final Map<String, Integer> groups = new ConcurrentHashMap<>();
    private volatile boolean isFull;

    /**
     * No connections.
     *
     * @param isProxy whether many clients come from the address
     * @param nanos a clock that only goes forward
     */
    OpenConnections(ConnectionCaps caps, Predicate<String> isProxy, LongSupplier nanos) {
        this.caps = caps;
        this.isProxy = isProxy;
        this.nanos = nanos;
    }

    /** One connection, and the answers that it waits for. */
    private static final class Open {

        private final Set<HttpServerResponse> answers = new HashSet<>(2);
        private long deadline;
        private int controls;

        Open(long deadline) {
            this.deadline = deadline;
        }

        synchronized void waitsFor(HttpServerResponse answer) {
            answers.add(answer);
        }

        synchronized boolean isFlooding() {
            controls++;
            return controls > CONTROLS;
        }

        synchronized boolean isLate(long now) {
            controls = 0;
            boolean wasAnswering = !answers.isEmpty();
            answers.removeIf(answer -> answer.ended() || answer.closed());
            if (wasAnswering) {
                deadline = now + IDLE.toNanos();
            }
            return now - deadline > 0;
        }
    }

    /** Takes a new connection, or closes it when there are too many. */
    void accept(HttpConnection connection) {
        var address = connection.remoteAddress(true).hostAddress();
        var group = AddressGroup.of(address);
        if (isTooMany(address, group)) {
            refuse(address);
            connection.close();
            return;
        }
        isFull = false;
        groups.merge(group, 1, Integer::sum);
        var taken = new Open(nanos.getAsLong() + HEAD.toNanos());
        open.put(connection, taken);
        connection.closeHandler(closed -> forget(connection, group));
        if (connection.protocolVersion() == HttpVersion.HTTP_2) {
            connection.pingHandler(ping -> control(connection, taken));
            connection.remoteSettingsHandler(settings -> control(connection, taken));
        }
    }

    private static void control(HttpConnection connection, Open open) {
        if (open.isFlooding()) {
            connection.close();
        }
    }

    /** The head of a request is complete: as long as the answer is not, its connection is left alone. */
    void begin(HttpServerRequest request) {
        var connection = open.get(request.connection());
        if (connection != null) {
            connection.waitsFor(request.response());
        }
    }

    /** Closes those that are late. */
    void sweep() {
        var now = nanos.getAsLong();
        open.entrySet().stream()
                .filter(entry -> entry.getValue().isLate(now))
                .forEach(entry -> entry.getKey().close());
    }

    int count() {
        return open.size();
    }

    /** Some room is kept for this machine and for the proxies, whatever strangers do. */
    private boolean isTooMany(String address, String group) {
        int all = open.size();
        if (isLocal(address) || isProxy.test(address)) {
            return all >= caps.inAll();
        }
        return all >= caps.inAll() - caps.inAll() / RESERVE || groups.getOrDefault(group, 0) >= caps.perAddress();
    }

    private static boolean isLocal(String address) {
        var known = NetUtil.createInetAddressFromIpAddressString(address);
        return known != null && known.isLoopbackAddress();
    }

    private void forget(HttpConnection connection, String group) {
        if (open.remove(connection) != null) {
            groups.computeIfPresent(group, (same, count) -> count > 1 ? count - 1 : null);
        }
    }

    /** Told once for each time that it becomes too much. */
    private void refuse(String address) {
        if (!isFull) {
            isFull = true;
            LOG.atWarn()
                    .addKeyValue("address", address)
                    .addKeyValue("open", open.size())
                    .addKeyValue("maxConnections", caps.inAll())
                    .addKeyValue("maxConnectionsPerAddress", caps.perAddress())
                    .log("too many connections, new ones are closed");
        }
    }
}
