package symbolai.mcp.server.tools;

import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.Optional;
import symbolai.mcp.server.approvals.Approvals;
import symbolai.mcp.server.audit.AuditLog;
import symbolai.mcp.server.config.ApprovalsConfig;
import symbolai.mcp.server.crypto.MasterKey;
import symbolai.mcp.server.store.ApprovalStore;
import symbolai.mcp.server.store.Database;
import symbolai.mcp.server.store.UserStore;

/** Approvals for the tests of the rooms around them. */
public final class Desks {

    private Desks() {}

    /** On a database; pages are at an address that nobody serves. */
    public static ApprovalDesk of(Vertx vertx, Database database, AuditLog audit) {
        var approvals = new Approvals(
                vertx,
                new ApprovalStore(database),
                new UserStore(database),
                MasterKey.of(new byte[MasterKey.LENGTH]).sealer("approvals"),
                audit,
                ApprovalsConfig.DEFAULT,
                Clock.systemUTC());
        return new ApprovalDesk(approvals, 1, () -> 1, id -> Optional.of("http://localhost/approvals/" + id));
    }
}
