package symbolai.mcp.server.identity.oauth;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import symbolai.mcp.server.HandClock;
import symbolai.mcp.server.audit.AuditLog;
import symbolai.mcp.server.audit.RefusalRecords;
import symbolai.mcp.server.config.AuditConfig;
import symbolai.mcp.server.config.OAuthConfig;
import symbolai.mcp.server.crypto.MasterKey;
import symbolai.mcp.server.identity.Authentication;
import symbolai.mcp.server.identity.Changes;
import symbolai.mcp.server.identity.EndedSignIns;
import symbolai.mcp.server.identity.KeyRing;
import symbolai.mcp.server.identity.Passwords;
import symbolai.mcp.server.identity.Revocations;
import symbolai.mcp.server.identity.SignInLog;
import symbolai.mcp.server.identity.Users;
import symbolai.mcp.server.store.ClientStore;
import symbolai.mcp.server.store.CodeStore;
import symbolai.mcp.server.store.Database;
import symbolai.mcp.server.store.DeviceStore;
import symbolai.mcp.server.store.GrantStore;
import symbolai.mcp.server.store.KeyStore;
import symbolai.mcp.server.store.UserRow;
import symbolai.mcp.server.store.UserStore;

/** The room with a database of its own, a clock that stands still, and a program that knows the steps of OAuth. */
final class OAuthHouse implements AutoCloseable {

    static final Site SITE = new Site("http://localhost:8420", "");
    /** How many clients the smaller one of the two registrations has room for. */
    static final int CROWD = 3;

    static final String REDIRECT = "http://localhost:3334/oauth/callback";
    static final String VERIFIER = "a-verifier-of-at-least-forty-three-characters-0123456789";

    final Vertx vertx = Vertx.vertx();
    final HandClock clock = new HandClock();
    final Map<String, DocumentSource.Fetched> documents = new HashMap<>();
    boolean down;
    private boolean isBroken;
    int fetched;
    final UserStore users;
    final KeyRing keyRing;
    final ClientStore clientStore;
    final GrantStore grantStore;
    final Revocations revocations = new Revocations(clock);
    final AccessTokens tokens;
    final Grants grants;
    final Registrations registrations;
    final Registrations crowdedRegistrations;
    final Authorizations authorizations;
    final Devices devices;
    final TokenRequests requests;
    final OAuthSweep sweep;
    private final Database database;
    final OAuthClients clients;
    private final AuditLog audit;
    private final Path folder;

    OAuthHouse(Path folder) {
        this(folder, OAuthConfig.DEFAULT);
    }

    OAuthHouse(Path folder, OAuthConfig config) {
        this.folder = folder;
        database = new Database(vertx, folder.resolve("oauth.db"));
        done(database.start());
        audit = new AuditLog(vertx, folder.resolve("audit"), new AuditConfig(AuditConfig.Durability.DURABLE));
        done(audit.start());
        users = new UserStore(database);
        keyRing = new KeyRing(users, new KeyStore(database), revocations);
        clientStore = new ClientStore(database);
        grantStore = new GrantStore(database);
        var changes = new Changes(audit, clock);
        var codeStore = new CodeStore(database);
        var records = new OAuthRecords(changes, audit, clock);
        var redirects = new RedirectUris(config.allowedRedirects());
        tokens = new AccessTokens(grantStore, keyRing, clock);
        var known = new Clients(
                clientStore,
                new ClientDocuments(this::document, redirects, clock),
                new Assertions(this::document, clock),
                clock);
        grants = new Grants(grantStore, clientStore, tokens, revocations, records, config, clock);
        var codes = new Codes(codeStore, grantStore, grants, clock);
        devices = new Devices(new DeviceStore(database), grantStore, known, grants, records, clock);
        requests = new TokenRequests(known, codes, grants, devices, grantStore);
        registrations = new Registrations(clientStore, redirects, records, clock);
        crowdedRegistrations = new Registrations(clientStore, redirects, records, clock, CROWD);
        var sealer = MasterKey.of(new byte[32]).sealer("oauth-request");
        authorizations = new Authorizations(known, codeStore, codes, records, sealer, clock);
        sweep = new OAuthSweep(vertx, grantStore, clientStore, clock);
        var signInLog = new SignInLog(audit, new RefusalRecords(vertx, audit, clock), clock);
        var ended = new EndedSignIns(signInLog, revocations);
        var people = new Users(users, new Passwords(vertx), keyRing, ended, changes, clock);
        clients = new OAuthClients(clientStore, grantStore, grants, people, records, clock);
        user("ada", "admin");
        user("bob", "viewer");
    }

    void user(String name, String role) {
        done(users.add(new UserRow(name, name, name, role, "", 0, 0)));
        done(keyRing.refresh());
    }

    private Future<DocumentSource.Fetched> document(java.net.URI url) {
        fetched++;
        if (down) {
            return Future.failedFuture(new DocumentSource.Unfetched("it could not be fetched", true));
        }
        return Optional.ofNullable(documents.get(url.toString()))
                .map(Future::succeededFuture)
                .orElseGet(() -> Future.failedFuture(new DocumentSource.Unfetched("it is not there", false)));
    }

    /** The id of a new client that cannot keep a secret. */
    String register(String... redirects) {
        var body = new JsonObject()
                .put("client_name", "a program")
                .put("redirect_uris", new JsonArray(List.of(redirects)))
                .put("token_endpoint_auth_method", "none");
        return done(registrations.register(body.encode(), "192.0.2.1")).getString("client_id");
    }

    /** The parameters of a request that is in order. */
    static Map<String, String> asking(String client) {
        var parameters = new LinkedHashMap<String, String>();
        parameters.put("response_type", "code");
        parameters.put("client_id", client);
        parameters.put("redirect_uri", REDIRECT);
        parameters.put("state", "st4te");
        parameters.put("scope", "mcp:tools:read mcp:tools:write");
        parameters.put("resource", SITE.url("/mcp"));
        parameters.put("code_challenge", challenge());
        parameters.put("code_challenge_method", "S256");
        return parameters;
    }

    AuthorizationAsk ask(Map<String, String> parameters) {
        return done(asked(parameters));
    }

    Future<AuthorizationAsk> asked(Map<String, String> parameters) {
        return asked(parameters, "ada");
    }

    Future<AuthorizationAsk> asked(Map<String, String> parameters, String user) {
        var lists = parameters.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> List.of(entry.getValue())));
        return authorizations.read(lists, SITE, user);
    }

    /** The code of a user who agrees to all that is asked for. */
    String code(String client, String user) {
        var ask = ask(asking(client));
        return query(done(authorizations.accept(ask, user, ask.scopes(), "192.0.2.1")))
                .get("code");
    }

    /** The form with which a client redeems a code. */
    static Map<String, String> redeeming(String client, String code) {
        var form = new LinkedHashMap<String, String>();
        form.put("grant_type", "authorization_code");
        form.put("client_id", client);
        form.put("code", code);
        form.put("redirect_uri", REDIRECT);
        form.put("code_verifier", VERIFIER);
        form.put("resource", SITE.url("/mcp"));
        return form;
    }

    static Map<String, String> refreshing(String client, String token) {
        var form = new LinkedHashMap<String, String>();
        form.put("grant_type", "refresh_token");
        form.put("client_id", client);
        form.put("refresh_token", token);
        return form;
    }

    JsonObject token(Map<String, String> form) {
        return done(tokenLater(form));
    }

    Future<JsonObject> tokenLater(Map<String, String> form) {
        return requests.token(posted(form));
    }

    static TokenRequests.Posted posted(Map<String, String> form) {
        return new TokenRequests.Posted(Optional.empty(), form(form), SITE, "192.0.2.1");
    }

    /** The tokens of a user who has agreed. */
    JsonObject signedIn(String client, String user) {
        return token(redeeming(client, code(client, user)));
    }

    Authentication authenticate(JsonObject tokens) {
        return done(this.tokens.authenticate(tokens.getString("access_token"), SITE.origin(), "192.0.2.1"));
    }

    /** From now on nothing can be read or written. */
    void breakDatabase() {
        done(database.close());
        isBroken = true;
    }

    /** From now on nothing can be written to the audit log. */
    void breakAudit() {
        done(audit.close());
    }

    /** Everything that was written to the audit log. */
    String audited() {
        try (var files = Files.walk(folder.resolve("audit"))) {
            var text = new StringBuilder();
            for (var file : files.filter(Files::isRegularFile).sorted().toList()) {
                text.append(Files.readString(file));
            }
            return text.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String form(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
    }

    /** The query of an address, each parameter once. */
    static Map<String, String> query(String location) {
        return Arrays.stream(location.substring(location.indexOf('?') + 1).split("&"))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
    }

    static String challenge() {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(VERIFIER.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    static <T> T done(Future<T> future) {
        try {
            return future.await(60, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    /** Why the future fails. */
    static Throwable failure(Future<?> future) {
        return done(future.<Throwable>map(value -> new AssertionError("succeeded with " + value))
                .recover(Future::succeededFuture));
    }

    /** The code with which OAuth says why the future fails. */
    static String problem(Future<?> future) {
        var failure = failure(future);
        return failure instanceof OAuthProblem problem ? problem.code() : String.valueOf(failure);
    }

    @Override
    public void close() {
        done(audit.close());
        done(isBroken ? Future.succeededFuture() : database.close());
        done(vertx.close());
    }
}
