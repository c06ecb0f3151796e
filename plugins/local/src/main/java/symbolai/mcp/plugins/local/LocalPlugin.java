package symbolai.mcp.plugins.local;

import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import org.pf4j.Extension;
import symbolai.mcp.api.Connector;
import symbolai.mcp.api.FamilyContext;
import symbolai.mcp.api.ToolFamily;

/** Lends the embedded account to the families. */
@Extension
public final class LocalPlugin implements ToolFamily {

    private Optional<LocalAccount> account = Optional.empty();

    /** Succeeds when the sample data are there, or were deleted by their owner. */
    @Override
    public Future<Void> start(FamilyContext context) {
        return Future.succeededFuture(context)
                .compose(LocalAccount::open)
                .onSuccess(opened -> account = Optional.of(opened))
                .mapEmpty();
    }

    @Override
    public List<Connector> connectors(FamilyContext context) {
        return account.<Connector>map(LocalConnector::new).stream().toList();
    }

    @Override
    public void close() {
        account.ifPresent(LocalAccount::close);
    }
}
