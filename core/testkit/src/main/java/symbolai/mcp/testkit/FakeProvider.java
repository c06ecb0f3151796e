package symbolai.mcp.testkit;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.oauth2.sdk.util.URLUtils;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import symbolai.mcp.api.Role;
import symbolai.mcp.api.Secret;
import symbolai.mcp.server.config.ProviderConfig;

/** An OpenID provider on a free port that lets everybody in at once, and lies as it is told. */
public final class FakeProvider implements AutoCloseable {

    private static final String CLIENT = "symbolai";
    private static final String SECRET = "the secret of the client";
    private static final String PATH = "/realms/staff";
    private static final RSAKey FIRST = SignedTokens.newKey("first");

    private final Vertx vertx = Vertx.vertx();
    private final GivenCodes codes = new GivenCodes(CLIENT, SECRET);
    private final AtomicInteger keyRequests = new AtomicInteger();
    private final AtomicInteger metadataRequests = new AtomicInteger();
    private final HttpServer server;
    private volatile RSAKey key = FIRST;
    private volatile Map<String, Object> person = Map.of();
    private volatile UnaryOperator<JWTClaimsSet> change = UnaryOperator.identity();
    private volatile Function<JWTClaimsSet, String> signing = claims -> SignedTokens.sign(claims, key);
    private volatile UnaryOperator<JsonObject> metadata = UnaryOperator.identity();
    private volatile UnaryOperator<JsonObject> tokens = UnaryOperator.identity();
    private volatile Optional<Integer> outage = Optional.empty();

    private FakeProvider() {
        server = await(vertx.createHttpServer().requestHandler(this::handle).listen(0, "127.0.0.1"));
    }

    /** A provider. */
    public static FakeProvider start() {
        return new FakeProvider();
    }

    /** Its name for itself. */
    public String issuer() {
        return "http://127.0.0.1:" + server.actualPort() + PATH;
    }

    /** What a server that knows it is configured with, which trusts its names: the groups {@code admins}, {@code operators},
     * {@code auditors} and {@code viewers}. */
    public ProviderConfig config() {
        return new ProviderConfig(
                issuer(),
                "Staff",
                CLIENT,
                Optional.of(new Secret(SECRET)),
                List.of("openid", "profile"),
                "realm.groups",
                Map.of(
                        Role.ADMIN, List.of("admins"),
                        Role.OPERATOR, List.of("operators"),
                        Role.AUDITOR, List.of("auditors"),
                        Role.VIEWER, List.of("viewers")),
                true,
                true);
    }

    /** Whom it lets in from now on. */
    public FakeProvider person(String subject, String name, String... groups) {
        person = Map.of("sub", subject, "preferred_username", name, "realm", Map.of("groups", List.of(groups)));
        return this;
    }

    /** Changes what the ID tokens say before they are signed. */
    public void claims(UnaryOperator<JWTClaimsSet> lie) {
        change = lie;
    }

    /** Writes ID tokens in another way. */
    public void signing(Function<JWTClaimsSet, String> another) {
        signing = another;
    }

    /** Changes what it says of itself. */
    public void metadata(UnaryOperator<JsonObject> lie) {
        metadata = lie;
    }

    /** Changes the answer that the tokens are in. */
    public void tokens(UnaryOperator<JsonObject> lie) {
        tokens = lie;
    }

    /** Answers every request with this status. */
    public void outage(int status) {
        outage = Optional.of(status);
    }

    /** Answers again. */
    public void outageEnds() {
        outage = Optional.empty();
    }

    /** The key that it signs with. */
    public RSAKey key() {
        return key;
    }

    /** Signs with a new key from now on. */
    public void rotate(String keyId) {
        key = SignedTokens.newKey(keyId);
    }

    /** How often it was asked for its keys. */
    public int keyRequests() {
        return keyRequests.get();
    }

    /** How often it was asked for its metadata. */
    public int metadataRequests() {
        return metadataRequests.get();
    }

    /** A browser that comes to its page is sent back with these parameters. */
    public Map<String, String> visit(URI page) {
        var asked = URLUtils.parseParameters(page.getRawQuery());
        var answer = new HashMap<String, String>();
        answer.put("code", codes.give(asked));
        answer.put("state", GivenCodes.one(asked, "state"));
        answer.put("iss", issuer());
        return answer;
    }

    @Override
    public void close() {
        await(vertx.close());
    }

    private void handle(HttpServerRequest request) {
        if (outage.isPresent()) {
            request.response()
                    .setStatusCode(outage.get())
                    .putHeader("Location", issuer())
                    .end("out of order");
            return;
        }
        switch (request.path()) {
            case PATH + "/.well-known/openid-configuration" -> json(request, 200, metadata());
            case PATH + "/keys" -> json(request, 200, keys());
            case PATH + "/authorize" -> authorize(request);
            case PATH + "/token" -> request.body().onSuccess(body -> token(request, body.toString()));
            default -> json(request, 404, new JsonObject());
        }
    }

    private JsonObject metadata() {
        metadataRequests.incrementAndGet();
        return metadata.apply(new JsonObject()
                .put("issuer", issuer())
                .put("authorization_endpoint", issuer() + "/authorize")
                .put("token_endpoint", issuer() + "/token")
                .put("jwks_uri", issuer() + "/keys")
                .put("response_types_supported", new JsonArray().add("code"))
                .put("subject_types_supported", new JsonArray().add("public"))
                .put("id_token_signing_alg_values_supported", new JsonArray().add("RS256"))
                .put("authorization_response_iss_parameter_supported", true));
    }

    private JsonObject keys() {
        keyRequests.incrementAndGet();
        return new JsonObject(new JWKSet(key).toString());
    }

    private void authorize(HttpServerRequest request) {
        var answer = visit(URI.create(request.absoluteURI()));
        var back = request.getParam("redirect_uri");
        var query = URLUtils.serializeParameters(answer.entrySet().stream()
                .collect(
                        HashMap::new,
                        (map, entry) -> map.put(entry.getKey(), List.of(entry.getValue())),
                        HashMap::putAll));
        request.response()
                .setStatusCode(302)
                .putHeader("Location", back + "?" + query)
                .end();
    }

    private void token(HttpServerRequest request, String body) {
        var given = URLUtils.parseParameters(body);
        var asked = codes.take(given, String.valueOf(request.getHeader("Authorization")));
        if (asked.isEmpty()) {
            json(request, 400, new JsonObject().put("error", "invalid_grant"));
            return;
        }
        json(
                request,
                200,
                tokens.apply(new JsonObject()
                        .put("access_token", "upstream-access-token")
                        .put("refresh_token", "upstream-refresh-token")
                        .put("token_type", "Bearer")
                        .put("expires_in", 300)
                        .put("id_token", signing.apply(change.apply(claims(asked.get()))))));
    }

    private JWTClaimsSet claims(Map<String, List<String>> asked) {
        var now = Instant.now();
        var claims = new JWTClaimsSet.Builder()
                .issuer(issuer())
                .audience(GivenCodes.one(asked, "client_id"))
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plusSeconds(300)))
                .claim("auth_time", now.getEpochSecond())
                .claim("nonce", GivenCodes.one(asked, "nonce"));
        person.forEach(claims::claim);
        return claims.build();
    }

    private static void json(HttpServerRequest request, int status, JsonObject body) {
        request.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "application/json")
                .end(body.encode());
    }

    private static <T> T await(io.vertx.core.Future<T> future) {
        return future.timeout(30, TimeUnit.SECONDS).await();
    }
}
