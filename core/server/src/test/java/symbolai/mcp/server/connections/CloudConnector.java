package symbolai.mcp.server.connections;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import symbolai.mcp.api.Connection;
import symbolai.mcp.api.Connector;
import symbolai.mcp.api.CredentialField;
import symbolai.mcp.api.Credentials;
import symbolai.mcp.api.Operation;
import symbolai.mcp.api.Reply;
import symbolai.mcp.api.Upstream;
import symbolai.mcp.api.Verified;
import symbolai.mcp.api.Verified.Account;
import symbolai.mcp.api.Verified.Permission;
import symbolai.mcp.api.Verified.State;

/** A connector that asks for a token and answers as a test says. */
final class CloudConnector implements Connector {

    static final String TOKEN = "cfut_a-planted-secret-that-nobody-may-see";
    static final List<CredentialField> FIELDS = List.of(
            CredentialField.secret("apiToken", "API token", "Make one in the dashboard.", "[A-Za-z0-9_-]{10,500}"),
            CredentialField.text("accountId", "Account", "32 hex digits.", "[0-9a-f]{32}")
                    .optional(),
            CredentialField.choice("backend", "Backend", "Where to go.", List.of("cloud", "mcp")));

    Optional<Instant> expires = Optional.empty();
    Function<Credentials, Future<Verified>> verify = this::accepted;
    BiFunction<Operation, Upstream, Future<Reply>> answer = (operation, upstream) ->
            Future.succeededFuture(new Reply(new JsonObject().put("operation", operation.name())));
    Duration fresh = Duration.ZERO;
    Credentials opened = Credentials.NONE;

    Future<Verified> accepted(Credentials credentials) {
        var account = new Account("0123456789abcdef0123456789abcdef", "Ada's account");
        return Future.succeededFuture(new Verified(
                account,
                List.of(account),
                expires,
                List.of(new Permission("D1:Edit", State.GRANTED, "d1 works")),
                List.of("a warning")));
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
        return FIELDS;
    }

    @Override
    public Steps steps() {
        return new Steps("https://dash.example.com", List.of("Make a token."));
    }

    @Override
    public Future<Verified> verify(Credentials credentials, Upstream upstream) {
        return verify.apply(credentials);
    }

    @Override
    public Connection open(Credentials credentials, Upstream upstream) {
        opened = credentials;
        return new Connection() {
            @Override
            public Set<String> operations() {
                return Set.of("d1.list", "d1.query", "kv.list");
            }

            @Override
            public Future<Reply> invoke(Operation operation) {
                return answer.apply(operation, upstream);
            }

            @Override
            public Duration freshFor(Operation operation) {
                return fresh;
            }

            @Override
            public void close() {
                // Nothing is open.
            }
        };
    }
}
