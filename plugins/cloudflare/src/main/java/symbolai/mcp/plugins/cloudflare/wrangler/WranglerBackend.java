package symbolai.mcp.plugins.cloudflare.wrangler;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import symbolai.mcp.api.Cancellation;
import symbolai.mcp.api.Connection;
import symbolai.mcp.api.Credentials;
import symbolai.mcp.api.Deadline;
import symbolai.mcp.api.FamilyContext;
import symbolai.mcp.api.Operation;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.ToolException.Reason;
import symbolai.mcp.api.Upstream;
import symbolai.mcp.api.Verified;
import symbolai.mcp.plugins.cloudflare.backend.Backend;
import symbolai.mcp.plugins.cloudflare.backend.HttpSender;
import symbolai.mcp.plugins.wrangler.StateNames;

/** The way to what {@code wrangler dev} runs on this machine; it asks for no token. */
public final class WranglerBackend implements Backend {

    private static final Duration VERIFYING = Duration.ofSeconds(20);
    private static final Verified.Account ACCOUNT = new Verified.Account("wrangler", "wrangler dev on this machine");

    private final FamilyContext context;
    private final WranglerSettings settings;
    private final Projects projects;

    /** A way that nothing was asked for yet. */
    public WranglerBackend(FamilyContext context, WranglerSettings settings) {
        this.context = context;
        this.settings = settings;
        this.projects = new Projects(context, settings.projects());
    }

    /** Succeeds when a server runs or a project can be read; says which do not. */
    @Override
    public Future<Verified> verify(Credentials credentials, Upstream upstream) {
        var explorer = new Explorer(new HttpSender(context, upstream));
        var operation = new Operation(
                "verify", new JsonObject(), Operation.Access.READ, Deadline.after(VERIFYING), Cancellation.NEVER);
        var answers = settings.urls().stream()
                .map(url -> explorer.stores(StateNames.D1, url, operation)
                        .map(found -> Optional.<String>empty())
                        .otherwise(failure -> Optional.of("no wrangler dev answers at " + url.authority())))
                .toList();
        return Future.all(answers).compose(all -> projects.all().compose(known -> verified(all.list(), known.size())));
    }

    @Override
    public Connection open(Credentials credentials, Upstream upstream) {
        var explorer = new Explorer(new HttpSender(context, upstream));
        var inventory = new Inventory(explorer, projects, settings.urls());
        return new WranglerConnection(
                new DevD1(context, inventory, explorer),
                new DevKv(context, inventory, explorer),
                new DevR2(context, inventory, explorer),
                new DevWorkers(explorer, projects, settings.urls()),
                new DevObservability(new DevLogs(explorer, settings.urls())));
    }

    private Future<Verified> verified(List<Optional<String>> answers, int readable) {
        var warnings =
                new ArrayList<>(answers.stream().flatMap(Optional::stream).toList());
        if (warnings.size() == answers.size() && readable == 0) {
            return Future.failedFuture(new ToolException(
                    Reason.REFUSED,
                    "no wrangler dev runs, and no project can be read; start wrangler dev, or ask whoever runs this server to"
                            + " name projects in plugins.config.cloudflare.wrangler"));
        }
        if (readable < settings.projects().size()) {
            warnings.add(settings.projects().size() - readable
                    + " of the projects that are set up cannot be read; the log says why");
        }
        return Future.succeededFuture(new Verified(ACCOUNT, List.of(ACCOUNT), Optional.empty(), List.of(), warnings));
    }
}
