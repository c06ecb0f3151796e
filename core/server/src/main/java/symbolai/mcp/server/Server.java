package symbolai.mcp.server;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import symbolai.mcp.server.approvals.Decisions;
import symbolai.mcp.server.config.ServerConfig;
import symbolai.mcp.server.connections.Connectors;
import symbolai.mcp.server.connections.KeyRotation;
import symbolai.mcp.server.connections.Vault;
import symbolai.mcp.server.crypto.MasterKey;
import symbolai.mcp.server.http.control.AuditRoutes;
import symbolai.mcp.server.http.control.ToolRoutes;
import symbolai.mcp.server.identity.ApiKeys;
import symbolai.mcp.server.identity.SetupLinks;
import symbolai.mcp.server.identity.SignIns;
import symbolai.mcp.server.identity.Users;
import symbolai.mcp.server.identity.oauth.OAuthClients;
import symbolai.mcp.server.identity.oidc.OpenIdProvider;
import symbolai.mcp.server.identity.oidc.ProviderUsers;
import symbolai.mcp.server.mcp.stdio.StdioFront;
import symbolai.mcp.server.plugins.PluginHost;
import symbolai.mcp.server.rest.RestApi;
import symbolai.mcp.server.store.DataFolder;
import symbolai.mcp.server.tools.Catalogs;

/** The composition root: one server on one data folder. */
public final class Server {

    private static final Duration GRACE = Duration.ofSeconds(25);

    private final Vertx vertx;
    private final ServerConfig config;
    private final DataFolder folder;
    private volatile boolean ready;
    private Optional<Rooms> rooms = Optional.empty();

    /** A server; it is the owner of the Vert.x instance from now on. */
    public Server(Vertx vertx, ServerConfig config) {
        this.vertx = vertx;
        this.config = config;
        this.folder = new DataFolder(config.dataFolder());
    }

    /**
     * Takes the data folder, sees that the master key opens it, opens the port at once and loads the plugins; ready when the future succeeds.
     *
     * @param listen whether to open the port; without it only this process can call
     */
    public Future<Void> start(boolean listen) {
        var started = Promise.<Void>promise(); // Without a context, as close() ends those there are.
        vertx.executeBlocking(this::prepare)
                .compose(made -> made.unlock().map(made))
                .compose(made -> listen ? made.http.start().map(made) : Future.succeededFuture(made))
                .compose(made -> made.open().map(made))
                .compose(made -> listen ? made.localApi.start() : Future.succeededFuture())
                .onSuccess(opened -> ready = true)
                .onSuccess(started::complete)
                .onFailure(failure -> close().onComplete(closed -> started.fail(failure)));
        return started.future();
    }

    private Rooms prepare() {
        folder.open();
        var made = new Rooms(
                vertx,
                config,
                folder.path(),
                folder.database(),
                config.masterKey().map(MasterKey::read).orElseGet(() -> MasterKey.load(folder.path())),
                () -> ready);
        rooms = Optional.of(made);
        return made;
    }

    /** The port that was opened. */
    public int port() {
        return opened().http.port();
    }

    /** The port of Cloudflare's API in front of the embedded account, when that is switched on. */
    public OptionalInt localApiPort() {
        return opened().localApi.port();
    }

    /** Every HTTP route, as a method or * and a path. */
    public List<String> routes() {
        return opened().http.routes();
    }

    /** The users. */
    public Users users() {
        return opened().identity.users;
    }

    /** Which users are whom at the provider; empty when there is none. */
    public Optional<ProviderUsers> providerUsers() {
        return opened().identity.provider.map(OpenIdProvider::users);
    }

    /** The API keys. */
    public ApiKeys apiKeys() {
        return opened().identity.apiKeys;
    }

    /** The links with which users set their password. */
    public SetupLinks setupLinks() {
        return opened().identity.setupLinks;
    }

    /** The browsers in which users have signed in. */
    public SignIns signIns() {
        return opened().identity.signIns;
    }

    /** The programs that use the server by OAuth. */
    public OAuthClients oauthClients() {
        return opened().oauth.clients;
    }

    /** The plugins. */
    public PluginHost plugins() {
        return opened().plugins;
    }

    /** What waits for an approval. */
    public Decisions approvals() {
        return opened().approvals.decisions();
    }

    /** What the plugins offer. */
    public Catalogs catalogs() {
        return opened().catalogs;
    }

    /** The outside systems that plugins connect to. */
    public Connectors connectors() {
        return opened().connections.connectors;
    }

    /** The tools for the command line. */
    ToolRoutes toolRoutes() {
        return opened().toolRoutes;
    }

    /** The connections of the users. */
    public Vault vault() {
        return opened().connections.vault;
    }

    /** What looks after the master key. */
    public KeyRotation keyRotation() {
        return opened().connections.rotation;
    }

    /** The audit log for the command line. */
    AuditRoutes auditRoutes() {
        var audits = opened().audits;
        return new AuditRoutes(audits.desk, audits.export, audits.report, audits.indexer, audits.retention);
    }

    /** The tools over REST. */
    public RestApi rest() {
        return opened().rest;
    }

    /** The protocol over lines. */
    public StdioFront stdio() {
        return opened().fronts.stdio;
    }

    private Rooms opened() {
        return rooms.orElseThrow(() -> new IllegalStateException("the server was not started"));
    }

    /** Takes no more calls, lets those under way end, closes everything in order and gives the data folder back. */
    public Future<Void> close() {
        ready = false;
        var closed = Promise.<Void>promise(); // Without a context, as those of this Vert.x end with it.
        rooms.map(this::close)
                .orElseGet(Future::succeededFuture)
                .eventually(() -> vertx.executeBlocking(this::release))
                .onComplete(released -> vertx.close().onComplete(closed));
        return closed.future();
    }

    /** The port takes nothing new while the calls under way end; then the streams end, and with them the last connections. */
    private Future<Void> close(Rooms made) {
        var deaf = Future.join(made.http.close(GRACE.toMillis()), made.localApi.close(GRACE.toMillis()));
        return made.invoker
                .idle()
                .timeout(GRACE.toMillis(), TimeUnit.MILLISECONDS)
                .eventually(made::endStreams)
                .eventually(() -> deaf)
                .eventually(made::close);
    }

    private DataFolder release() {
        folder.close();
        return folder;
    }
}
