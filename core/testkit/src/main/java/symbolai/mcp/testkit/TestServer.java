package symbolai.mcp.testkit;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import symbolai.mcp.api.Role;
import symbolai.mcp.api.Secret;
import symbolai.mcp.server.Server;
import symbolai.mcp.server.config.ApprovalsConfig;
import symbolai.mcp.server.config.AuditConfig;
import symbolai.mcp.server.config.ConnectionsConfig;
import symbolai.mcp.server.config.HttpConfig;
import symbolai.mcp.server.config.IdentityConfig;
import symbolai.mcp.server.config.LimitsConfig;
import symbolai.mcp.server.config.LocalApiConfig;
import symbolai.mcp.server.config.PluginsConfig;
import symbolai.mcp.server.config.ServerConfig;
import symbolai.mcp.server.config.ToolsConfig;
import symbolai.mcp.server.identity.Authenticator;
import symbolai.mcp.server.rest.v4.LocalApi;

/** A real server in the test's process, on a free port, with all it keeps below one folder. Calls block the test's thread. */
public final class TestServer implements AutoCloseable {

    /** The endpoint that was asked for; the others are the same. */
    public static final String PATH = "/api/mcp/sse";

    /** The fixture plugin, as the build packed it; relative to this module. */
    public static final Path FIXTURES = Path.of("target/symbolai-mcp-conformance.zip");

    private static final long PATIENCE_SECONDS = 60;

    private final Path folder;
    private final ServerConfig config;
    private final Vertx clients = Vertx.vertx();
    private Server server;

    private TestServer(Path folder, ServerConfig config) {
        this.folder = folder;
        this.config = config;
        this.server = started();
    }

    /** A server that asks for keys, with the fixture plugin. */
    public static TestServer start(Path folder) {
        return start(folder, List.of(FIXTURES), UnaryOperator.identity());
    }

    /** A server that lets everybody in as an admin, with the fixture plugin. */
    public static TestServer open(Path folder) {
        return start(folder, List.of(FIXTURES), TestServer::withoutKeys);
    }

    /** A server with the plugins and the changes to the configuration. */
    public static TestServer start(Path folder, List<Path> plugins, UnaryOperator<ServerConfig> changes) {
        var config = changes.apply(plain(folder));
        for (var plugin : plugins) {
            copy(plugin, config.plugins().folder());
        }
        return new TestServer(folder, config);
    }

    /** Lets everybody in. */
    public static ServerConfig withoutKeys(ServerConfig config) {
        return ConfigChange.of(config).auth(ServerConfig.Auth.NONE).config();
    }

    /** The configuration with another listener. */
    public static ServerConfig withHttp(ServerConfig config, HttpConfig http) {
        return ConfigChange.of(config).http(http).config();
    }

    /** The configuration with another invoker. */
    public static ServerConfig withTools(ServerConfig config, ToolsConfig tools) {
        return ConfigChange.of(config).tools(tools).config();
    }

    /** The configuration with other ways to outside systems. */
    public static ServerConfig withConnections(ServerConfig config, ConnectionsConfig connections) {
        return ConfigChange.of(config).connections(connections).config();
    }

    /** The configuration with Cloudflare's API in front of the embedded account, on a free port. */
    public static ServerConfig withLocalApi(ServerConfig config, String token) {
        return ConfigChange.of(config)
                .localApi(new LocalApiConfig(Optional.of(0), Optional.of(new Secret(token))))
                .config();
    }

    /** Where Cloudflare's API is. */
    public String localApi() {
        return "http://127.0.0.1:" + server.localApiPort().orElseThrow() + LocalApi.PATH;
    }

    /** The server itself. */
    public Server server() {
        return server;
    }

    /** The folder of the plugin zips. */
    public Path pluginsFolder() {
        return config.plugins().folder();
    }

    /** The folder in which the server keeps everything. */
    public Path dataFolder() {
        return config.dataFolder();
    }

    /** The folder that was given. */
    public Path folder() {
        return folder;
    }

    /** A client without a key. */
    public McpClient client() {
        return McpClient.of(clients, server.port(), PATH);
    }

    /** A client with a new key of a new user. */
    public McpClient client(String user, Role role) {
        return client().withKey(key(user, role));
    }

    /** A client with a new key of a new admin. */
    public McpClient admin() {
        return client("admin-" + System.nanoTime(), Role.ADMIN);
    }

    /** A new key of a new user. */
    public String key(String user, Role role) {
        return await(server.users()
                        .createWithoutPassword(Authenticator.localAdmin(), user, role)
                        .compose(made -> server.apiKeys()
                                .create(Authenticator.localAdmin(), user, "test", Optional.empty(), List.of())))
                .key()
                .reveal();
    }

    /** Closes the server and starts another one on the same folder; clients made before do not reach it. */
    public void restart() {
        await(server.close());
        server = started();
    }

    @Override
    public void close() {
        await(server.close());
        await(clients.close());
    }

    private Server started() {
        var starting = new Server(Vertx.vertx(), config);
        await(starting.start(true));
        return starting;
    }

    private static ServerConfig plain(Path folder) {
        return new ServerConfig(
                false,
                folder.resolve("data"),
                Optional.empty(),
                ServerConfig.Auth.KEYS,
                new HttpConfig("127.0.0.1", 0, Optional.empty(), List.of(), List.of(), true, 1 << 20),
                new PluginsConfig(folder.resolve("plugins"), Duration.ofMillis(100), Duration.ofSeconds(10), Map.of()),
                new ToolsConfig(Duration.ofSeconds(30), 512, true, true),
                ConnectionsConfig.DEFAULT,
                new AuditConfig(AuditConfig.Durability.DURABLE),
                LocalApiConfig.OFF,
                LimitsConfig.NONE,
                IdentityConfig.DEFAULT,
                ApprovalsConfig.DEFAULT);
    }

    private static void copy(Path plugin, Path plugins) {
        try {
            Files.createDirectories(plugins);
            Files.copy(plugin, plugins.resolve(plugin.getFileName()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static <T> T await(io.vertx.core.Future<T> future) {
        return future.timeout(PATIENCE_SECONDS, TimeUnit.SECONDS).await();
    }
}
