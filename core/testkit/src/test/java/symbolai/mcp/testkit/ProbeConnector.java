package symbolai.mcp.testkit;

import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import symbolai.mcp.api.Connection;
import symbolai.mcp.api.Connector;
import symbolai.mcp.api.CredentialField;
import symbolai.mcp.api.Credentials;
import symbolai.mcp.api.Operation;
import symbolai.mcp.api.Reply;
import symbolai.mcp.api.Secret;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.ToolException.Reason;
import symbolai.mcp.api.Upstream;
import symbolai.mcp.api.Verified;

/** A system that asks for a token, and accepts each that begins with good. */
final class ProbeConnector implements Connector {

    static final String ACCOUNT = "0123456789abcdef0123456789abcdef";

    @Override
    public String id() {
        return "probe";
    }

    @Override
    public String title() {
        return "Probe";
    }

    @Override
    public List<CredentialField> fields() {
        return List.of(
                CredentialField.secret("apiToken", "API token", "Ask the probe.", "[A-Za-z0-9_-]{10,500}"),
                CredentialField.text("accountId", "Account id", "On the page.", "[0-9a-f]{32}"),
                CredentialField.choice("backend", "Backend", "Which way.", List.of("cloud", "mcp")));
    }

    @Override
    public Steps steps() {
        return new Steps("https://probe.example/tokens", List.of("Open the page.", "Copy the token."));
    }

    @Override
    public Future<Verified> verify(Credentials credentials, Upstream upstream) {
        var token = credentials.value("apiToken").map(Secret::reveal).orElse("");
        if (!token.startsWith("good")) {
            return Future.failedFuture(new ToolException(Reason.REFUSED, "the probe does not accept the token"));
        }
        var account = new Verified.Account(
                credentials.value("accountId").map(Secret::reveal).orElse(""), "Acme");
        return Future.succeededFuture(new Verified(
                account,
                List.of(account),
                token.contains("expired") ? Optional.of(Instant.parse("2020-01-01T00:00:00Z")) : Optional.empty(),
                List.of(new Verified.Permission("D1:Edit", Verified.State.MISSING, "d1_execute will be refused")),
                List.of("mind the gap")));
    }

    @Override
    public Connection open(Credentials credentials, Upstream upstream) {
        return new Connection() {
            @Override
            public Set<String> operations() {
                return Set.of();
            }

            @Override
            public Future<Reply> invoke(Operation operation) {
                return Future.failedFuture(new ToolException(Reason.UNSUPPORTED, "nothing"));
            }

            @Override
            public void close() {
                // There is nothing to close.
            }
        };
    }
}
