package symbolai.mcp.plugins.cloudflare.rest;

import io.vertx.core.Future;
import java.util.List;
import symbolai.mcp.api.Connection;
import symbolai.mcp.api.Credentials;
import symbolai.mcp.api.FamilyContext;
import symbolai.mcp.api.Upstream;
import symbolai.mcp.api.Verified;
import symbolai.mcp.plugins.cloudflare.backend.Account;
import symbolai.mcp.plugins.cloudflare.backend.Backend;
import symbolai.mcp.plugins.cloudflare.backend.HttpSender;
import symbolai.mcp.plugins.cloudflare.backend.Origin;

/** The way over Cloudflare's REST API, which can do everything. */
public final class CloudBackend implements Backend {

    private final FamilyContext context;
    private final Origin origin;

    public CloudBackend(FamilyContext context, Origin origin) {
        this.context = context;
        this.origin = origin;
    }

    @Override
    public Future<Verified> verify(Credentials credentials, Upstream upstream) {
        var account = Account.of(credentials);
        var sender = new HttpSender(context, upstream);
        var everywhere = new RestClient(sender, origin, "", account.token());
        var inside = new RestClient(sender, origin, "/accounts/" + account.id(), account.token());
        return new TokenCheck(account, everywhere, inside).run();
    }

    @Override
    public Connection open(Credentials credentials, Upstream upstream) {
        var account = Account.of(credentials);
        var sender = new HttpSender(context, upstream);
        var client = new RestClient(sender, origin, "/accounts/" + account.id(), account.token());
        var everywhere = new RestClient(sender, origin, "", account.token());
        var scripts = new Scripts(client);
        var values = new KvValues(client);
        var builds = new BuildsApi(client, scripts);
        return new CloudConnection(
                List.of(
                        new D1Api(client, context.logger()),
                        new D1Files(client, new SignedUrls(sender, origin.isLoopback())),
                        new D1Insights(everywhere, account.id()),
                        new KvApi(client),
                        values,
                        new KvBulk(client, values),
                        new R2Buckets(client),
                        new R2Objects(client),
                        new WorkersApi(client, scripts),
                        new Deployments(client),
                        new WorkerUpload(client, scripts),
                        builds,
                        new BuildControl(client, scripts, builds),
                        new ObservabilityApi(client)),
                account.ownedByAccount());
    }
}
