package symbolai.mcp.plugins.local;

import io.vertx.core.Future;
import java.util.List;
import symbolai.mcp.api.Connection;
import symbolai.mcp.api.Connector;
import symbolai.mcp.api.CredentialField;
import symbolai.mcp.api.Credentials;
import symbolai.mcp.api.Upstream;
import symbolai.mcp.api.Verified;

/** Opens the embedded account to every caller; it asks for nothing. */
final class LocalConnector implements Connector {

    private final LocalAccount account;

    LocalConnector(LocalAccount account) {
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
    public Future<Verified> verify(Credentials credentials, Upstream upstream) {
        return Future.succeededFuture(Verified.account("local", "the embedded account"));
    }

    @Override
    public Connection open(Credentials credentials, Upstream upstream) {
        return new LocalConnection(account);
    }
}
