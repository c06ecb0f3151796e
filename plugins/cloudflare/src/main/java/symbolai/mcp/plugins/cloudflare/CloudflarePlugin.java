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
import symbolai.mcp.plugins.cloudflare.rest.CloudBackend;

/** Lends the ways to Cloudflare to the families. */
@Extension
public final class CloudflarePlugin implements ToolFamily {

    private Optional<Connector> connector = Optional.empty();

    /** Succeeds when the configuration is sound; nothing is sent. */
    @Override
    public Future<Void> start(FamilyContext context) {
        return Future.succeededFuture(context.config())
                .map(CloudflareConfig::read)
                .onSuccess(config -> connector = Optional.of(new CloudflareConnector(backends(context, config))))
                .mapEmpty();
    }

    @Override
    public List<Connector> connectors(FamilyContext context) {
        return connector.stream().toList();
    }

    private static Map<String, Backend> backends(FamilyContext context, CloudflareConfig config) {
        return Map.of("cloud", new CloudBackend(context, config.api()));
    }
}
