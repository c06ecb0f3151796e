package symbolai.mcp.plugins.local;

import io.vertx.core.Future;
import java.util.Set;
import symbolai.mcp.api.Connection;
import symbolai.mcp.api.Operation;
import symbolai.mcp.api.Reply;

/** A connection to the embedded account. */
final class LocalConnection implements Connection {

    private final LocalAccount account;

    LocalConnection(LocalAccount account) {
        this.account = account;
    }

    @Override
    public Set<String> operations() {
        return account.operations();
    }

    @Override
    public Future<Reply> invoke(Operation operation) {
        return account.invoke(operation);
    }

    @Override
    public void close() {
        // The account is closed with the plugin.
    }
}
