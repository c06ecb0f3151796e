package symbolai.mcp.server.connections;

import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import symbolai.mcp.api.Connector;
import symbolai.mcp.api.Credentials;
import symbolai.mcp.api.Upstream;
import symbolai.mcp.server.config.ConnectionsConfig;
import symbolai.mcp.server.crypto.Fingerprinter;

/** The ways out, one for each connector and set of credentials, whoever has it. */
public final class Upstreams {

    private static final int MOST = 10_000;

    private final Vertx vertx;
    private final ConnectionsConfig config;
    private final Timing timing;
    private final Retries retries;
    private final Fingerprinter fingerprinter = new Fingerprinter();
    private final Recent<Fingerprint, Upstream> ways;

    /**
     * A connector's credentials, without saying what they are.
     *
     * @param text tells them apart, in this process only
     */
    record Fingerprint(String connector, String text) {}

    public Upstreams(Vertx vertx, ConnectionsConfig config) {
        this(
                vertx,
                config,
                new VertxTiming(vertx),
                new Retries(
                        config.retryDelays(), () -> ThreadLocalRandom.current().nextDouble()));
    }

    Upstreams(Vertx vertx, ConnectionsConfig config, Timing timing, Retries retries) {
        this.vertx = vertx;
        this.config = config;
        this.timing = timing;
        this.retries = retries;
        this.ways = new Recent<>(MOST, this::make);
    }

    Fingerprint fingerprint(Connector connector, Credentials credentials) {
        var texts = new ArrayList<String>();
        texts.add(connector.id());
        new TreeMap<>(credentials.values()).forEach((name, value) -> {
            texts.add(name);
            texts.add(value.reveal());
        });
        return new Fingerprint(connector.id(), fingerprinter.of(texts));
    }

    Upstream of(Fingerprint fingerprint) {
        return ways.get(fingerprint);
    }

    /** The clock and the timers of the ways out. */
    Timing timing() {
        return timing;
    }

    private Upstream make(Fingerprint fingerprint) {
        return new GuardedUpstream(
                vertx, timing, fingerprint.connector(), retries, config.requestsPer5Minutes(), config.concurrency());
    }
}
