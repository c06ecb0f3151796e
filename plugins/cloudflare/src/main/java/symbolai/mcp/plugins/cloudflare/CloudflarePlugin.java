package symbolai.mcp.plugins.cloudflare;

import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pf4j.Extension;
import symbolai.mcp.api.Connector;
import symbolai.mcp.api.FamilyContext;
import symbolai.mcp.api.ToolFamily;
import symbolai.mcp.plugins.cloudflare.backend.Backend;
import symbolai.mcp.plugins.cloudflare.remote.RemoteBackend;
import symbolai.mcp.plugins.cloudflare.remote.RemoteSettings;
import symbolai.mcp.plugins.cloudflare.rest.CloudBackend;
import symbolai.mcp.plugins.cloudflare.wrangler.WranglerBackend;
import symbolai.mcp.plugins.cloudflare.wrangler.WranglerSettings;

/** Lends the ways to Cloudflare to the families. */
@Extension
public final class CloudflarePlugin implements ToolFamily {

    private Optional<Connector> connector = Optional.empty();

    /** Succeeds when the configuration is sound; nothing is sent. */
    @Override
    public Future<Void> start(FamilyContext context) {
        return Future.succeededFuture(context.config())
                .map(CloudflareConfig::read)
                .map(config -> backends(context, config))
                .onSuccess(backends -> connector = Optional.of(new CloudflareConnector(backends)))
                .mapEmpty();
    }

    @Override
    public List<Connector> connectors(FamilyContext context) {
        return connector.stream().toList();
    }

    private static Map<String, Backend> backends(FamilyContext context, CloudflareConfig config) {
        var cloud = new CloudBackend(context, config.api());
        var remote = new RemoteBackend(context, RemoteSettings.read(config.mcp()), cloud);
        var wrangler = new WranglerBackend(context, WranglerSettings.read(config.wrangler()));
        return Map.of("cloud", cloud, "mcp", remote, "wrangler", wrangler);
    }
}
