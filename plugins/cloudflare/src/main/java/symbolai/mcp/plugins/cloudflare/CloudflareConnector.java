package symbolai.mcp.plugins.cloudflare;

import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import symbolai.mcp.api.Connection;
import symbolai.mcp.api.Connector;
import symbolai.mcp.api.CredentialField;
import symbolai.mcp.api.Credentials;
import symbolai.mcp.api.Secret;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.Upstream;
import symbolai.mcp.api.Verified;
import symbolai.mcp.plugins.cloudflare.backend.Backend;

/** Lets the caller choose one of the ways to Cloudflare. */
final class CloudflareConnector implements Connector {

    private static final List<String> CHOICES = List.of("cloud", "mcp", "wrangler");

    private final Map<String, Backend> backends;

    CloudflareConnector(Map<String, Backend> backends) {
        this.backends = backends;
    }

    @Override
    public String id() {
        return "cloudflare";
    }

    @Override
    public String title() {
        return "Cloudflare";
    }

    @Override
    public List<CredentialField> fields() {
        return List.of(
                CredentialField.choice(
                        "backend",
                        "Way",
                        "cloud: Cloudflare's API. mcp: Cloudflare's own MCP servers, which can do less. wrangler: what wrangler"
                                + " dev runs on this machine, without a token.",
                        CHOICES),
                CredentialField.secret(
                                "apiToken",
                                "API token",
                                "Made in the dashboard under My Profile > API Tokens; cloud and mcp need it.",
                                "[\\x21-\\x7e]{10,500}")
                        .optional(),
                CredentialField.text(
                                "accountId",
                                "Account id",
                                "32 hexadecimal digits, in the dashboard's address after dash.cloudflare.com/; cloud and mcp need it.",
                                "[0-9a-fA-F]{32}")
                        .optional());
    }

    @Override
    public Steps steps() {
        return TokenForm.steps();
    }

    @Override
    public Future<Verified> verify(Credentials credentials, Upstream upstream) {
        return Future.succeededFuture(credentials)
                .compose(given -> backend(given).verify(given, upstream));
    }

    @Override
    public Connection open(Credentials credentials, Upstream upstream) {
        return backend(credentials).open(credentials, upstream);
    }

    private Backend backend(Credentials credentials) {
        var choice = credentials
                .value("backend")
                .map(Secret::reveal)
                .filter(given -> !given.isEmpty())
                .orElse(CHOICES.get(0));
        return Optional.ofNullable(backends.get(choice))
                .orElseThrow(() -> new ToolException(
                        ToolException.Reason.REFUSED, "there is no backend of that name; there are " + CHOICES));
    }
}
