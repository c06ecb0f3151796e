package symbolai.mcp.server.identity.oauth;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Gets documents from addresses that strangers name, without reaching anything that the public internet does not: every address of the host is
 * looked at, and the connection goes to the very address that was looked at. No redirects, little time, few bytes, nothing compressed.
 */
public final class DocumentFetch implements DocumentSource {

    /** Finds the addresses of a host. */
    @FunctionalInterface
    interface Resolver {
        Future<List<InetAddress>> resolve(String host);
    }

    private static final int MOST_BYTES = 5 * 1024;
    private static final int AT_ONCE = 8;
    private static final long PATIENCE_MILLIS = 5_000;
    private static final Duration LONGEST = Duration.ofHours(24);
    private static final Duration USUAL = Duration.ofMinutes(5);
    private static final Pattern MAX_AGE = Pattern.compile("(?i)(?:^|[,\\s])max-age=([0-9]{1,9})");
    private static final Pattern UNKEPT = Pattern.compile("(?i)(?:^|[,\\s])no-(?:store|cache)");

    private final Vertx vertx;
    private final HttpClient client;
    private final Resolver resolver;
    private final Supplier<Future<Void>> closing;
    private final Predicate<InetAddress> allowed;

    /** The one that trusts nobody. */
    public DocumentFetch(Vertx vertx) {
        this(vertx, new HostLookup(vertx));
    }

    private DocumentFetch(Vertx vertx, HostLookup lookup) {
        this(vertx, new HttpClientOptions(), lookup::resolve, lookup::close, PublicAddresses::contain);
    }

    DocumentFetch(Vertx vertx, HttpClientOptions options, Resolver resolver, Predicate<InetAddress> allowed) {
        this(vertx, options, resolver, Future::succeededFuture, allowed);
    }

    private DocumentFetch(
            Vertx vertx,
            HttpClientOptions options,
            Resolver resolver,
            Supplier<Future<Void>> closing,
            Predicate<InetAddress> allowed) {
        this.resolver = resolver;
        this.closing = closing;
        this.allowed = allowed;
        this.vertx = vertx;
        this.client = vertx.createHttpClient(
                new HttpClientOptions(options)
                        .setSsl(true)
                        .setVerifyHost(true)
                        .setKeepAlive(false)
                        .setDecompressionSupported(false)
                        .setConnectTimeout(3_000)
                        .setIdleTimeout(5)
                        .setMaxHeaderSize(16 * 1024),
                new PoolOptions().setHttp1MaxSize(AT_ONCE).setMaxWaitQueueSize(4 * AT_ONCE));
    }

    @Override
    public Future<Fetched> fetch(URI url) {
        var exchange = new Exchange();
        return resolver.resolve(url.getHost())
                .compose(this::checked)
                .compose(address -> client.request(request(url, address)))
                .compose(exchange::send)
                .timeout(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)
                .onComplete(done -> exchange.close())
                .recover(failure -> Future.failedFuture(explained(failure)));
    }

    /** Closes what is open. */
    public Future<Void> close() {
        return client.close().eventually(closing);
    }

    /** One address that leads elsewhere is enough to refuse all. */
    private Future<InetAddress> checked(List<InetAddress> addresses) {
        return addresses.isEmpty() || !addresses.stream().allMatch(allowed)
                ? Future.failedFuture(new Unfetched("its host is not on the public internet", false))
                : Future.succeededFuture(addresses.get(0));
    }

    private static RequestOptions request(URI url, InetAddress address) {
        var port = url.getPort() < 0 ? 443 : url.getPort();
        var query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
        return new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setServer(SocketAddress.inetSocketAddress(port, address.getHostAddress()))
                .setHost(url.getHost())
                .setPort(port)
                .setURI(url.getRawPath() + query)
                .setFollowRedirects(false)
                .putHeader("Accept", "application/json");
    }

    /** What went wrong underneath says too much about this side of the network. */
    private static Throwable explained(Throwable failure) {
        return failure instanceof Unfetched ? failure : new Unfetched("it could not be fetched", true);
    }

    /** One request with its answer. */
    private final class Exchange {

        private final Promise<Fetched> fetched = Promise.promise();
        private final Buffer body = Buffer.buffer();
        private Optional<HttpClientRequest> open = Optional.empty();
        private boolean closed;

        /** A connection that came too late is of no use any more, and nobody waits for what it would bring. */
        synchronized Future<Fetched> send(HttpClientRequest request) {
            if (closed) {
                request.exceptionHandler(fetched::tryFail).connection().close(); // A reset closes only what was sent.
                return Future.failedFuture(new Unfetched("it could not be fetched", true));
            }
            open = Optional.of(request);
            request.send().onSuccess(this::read).onFailure(fetched::tryFail);
            return fetched.future();
        }

        private void read(HttpClientResponse response) {
            var problem = problem(response);
            if (problem.isPresent()) {
                fetched.tryFail(new Unfetched(problem.get(), isPassing(response.statusCode())));
                return;
            }
            response.exceptionHandler(fetched::tryFail)
                    .endHandler(end -> fetched.tryComplete(new Fetched(body, fresh(response))))
                    .handler(this::take);
        }

        private void take(Buffer bytes) {
            if (body.length() + bytes.length() > MOST_BYTES) {
                fetched.tryFail(new Unfetched("it has more than " + MOST_BYTES + " bytes", false));
                return;
            }
            body.appendBuffer(bytes);
        }

        synchronized void close() {
            closed = true;
            open.filter(request -> !fetched.future().succeeded()).ifPresent(this::reset);
        }

        private void reset(HttpClientRequest request) {
            vertx.runOnContext(now -> request.reset());
        }
    }

    private static boolean isPassing(int status) {
        return status == 429 || status >= 500;
    }

    private static Optional<String> problem(HttpClientResponse response) {
        var type = Optional.ofNullable(response.getHeader("Content-Type")).orElse("");
        if (response.statusCode() != 200) {
            return Optional.of("it was answered with the status " + response.statusCode() + ", not 200");
        }
        if (!type.matches("(?i)application/(?:[a-z0-9.+-]+\\+)?json\\s*(?:;.*)?")) {
            return Optional.of("it is not of the type application/json");
        }
        return response.getHeader("Content-Encoding") == null ? Optional.empty() : Optional.of("it is compressed");
    }

    private static Duration fresh(HttpClientResponse response) {
        var control = String.join(",", response.headers().getAll("Cache-Control"));
        if (UNKEPT.matcher(control).find()) {
            return Duration.ZERO;
        }
        var age = MAX_AGE.matcher(control);
        var said = age.find() ? Duration.ofSeconds(Long.parseLong(age.group(1))) : USUAL;
        return said.compareTo(LONGEST) < 0 ? said : LONGEST;
    }
}
