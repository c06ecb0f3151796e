package symbolai.mcp.plugins.local;

import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import symbolai.mcp.api.Connection;
import symbolai.mcp.api.Connector;
import symbolai.mcp.api.CredentialField;
import symbolai.mcp.api.Credentials;
import symbolai.mcp.api.Verified;

/** Opens the embedded account to every caller; it asks for nothing. */
final class LocalConnector implements Connector {

    private final Account account;

    LocalConnector(Account account) {
        this.account = account;
    }

    @Override
    public String id() {
        return "local";
    }

    @Override
    public List<CredentialField> fields() {
        return List.of();
    }

    @Override
    public Future<Verified> verify(Credentials credentials) {
        return Future.succeededFuture(new Verified("the embedded account", Optional.empty(), List.of()));
    }

    @Override
    public Connection open(Credentials credentials) {
        return new LocalConnection(new D1Operations(account));
    }
}
