package symbolai.mcp.plugins.cloudflare.remote;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import symbolai.mcp.api.Cancellation;
import symbolai.mcp.api.Connection;
import symbolai.mcp.api.Credentials;
import symbolai.mcp.api.Deadline;
import symbolai.mcp.api.FamilyContext;
import symbolai.mcp.api.Operation;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.Upstream;
import symbolai.mcp.api.Verified;
import symbolai.mcp.plugins.cloudflare.backend.Account;
import symbolai.mcp.plugins.cloudflare.backend.Backend;
import symbolai.mcp.plugins.cloudflare.backend.HttpSender;

/** The way to Cloudflare through its own MCP servers, which can do less than its API. */
public final class RemoteBackend implements Backend {

    private static final Duration VERIFYING = Duration.ofSeconds(30);

    private final FamilyContext context;
    private final RemoteSettings settings;
    private final Backend api;
    private final ServerMemories memories = new ServerMemories();
    private final BuildOwners owners = new BuildOwners();

    /**
     * A way that nothing was sent on yet.
     *
     * @param api verifies tokens and accounts, since a server that sees one account only takes it whatever it is told
     */
    public RemoteBackend(FamilyContext context, RemoteSettings settings, Backend api) {
        this.context = context;
        this.settings = settings;
        this.api = api;
    }

    @Override
    public Future<Verified> verify(Credentials credentials, Upstream upstream) {
        return api.verify(credentials, upstream).compose(verified -> greet(client(credentials, upstream), verified));
    }

    @Override
    public Connection open(Credentials credentials, Upstream upstream) {
        return new RemoteConnection(client(credentials, upstream), new ToolTable(memories), owners);
    }

    private RemoteClient client(Credentials credentials, Upstream upstream) {
        var sender = new HttpSender(context, upstream);
        return new RemoteClient(sender, Account.of(credentials), settings, memories);
    }

    /** Each server is asked for its tools. One that refuses is a warning; when all do, the token is of no use here. */
    private static Future<Verified> greet(RemoteClient client, Verified verified) {
        var operation = new Operation(
                "verify", new JsonObject(), Operation.Access.READ, Deadline.after(VERIFYING), Cancellation.NEVER);
        var greetings = Stream.of(Server.values())
                .map(server -> greet(client, server, operation))
                .toList();
        return Future.all(greetings)
                .map(all -> all.<Optional<ToolException>>list().stream()
                        .flatMap(Optional::stream)
                        .toList())
                .compose(failures -> failures.size() == Server.values().length
                        ? Future.failedFuture(failures.get(0))
                        : Future.succeededFuture(warned(verified, failures)));
    }

    private static Future<Optional<ToolException>> greet(RemoteClient client, Server server, Operation operation) {
        return client.learn(server, operation)
                .map(listed -> Optional.<ToolException>empty())
                .recover(failure -> failure instanceof ToolException known
                        ? Future.succeededFuture(Optional.of(known))
                        : Future.failedFuture(failure));
    }

    private static Verified warned(Verified verified, List<ToolException> failures) {
        var warnings = new ArrayList<>(verified.warnings());
        failures.forEach(failure -> warnings.add(failure.getMessage()));
        return new Verified(
                verified.account(), verified.accounts(), verified.expires(), verified.permissions(), warnings);
    }
}
