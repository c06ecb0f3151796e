package symbolai.mcp.server.http;

import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import symbolai.mcp.server.audit.AuditLog;
import symbolai.mcp.server.audit.AuditRecord;
import symbolai.mcp.server.config.AddressRange;

/** Lets in only requests from the addresses that were listed; of one address it records a refusal once a minute, so that nobody floods the audit log. */
public final class AddressGate {

    private static final Logger LOG = LoggerFactory.getLogger(AddressGate.class);
    private static final Duration PAUSE = Duration.ofMinutes(1);
    private static final int MOST_REMEMBERED = 1_000;

    private final List<AddressRange> ranges;
    private final AuditLog audit;
    private final Clock clock;
    private final Map<String, Instant> recorded = new LinkedHashMap<>();

    /**
     * A gate for these ranges.
     *
     * @param addresses addresses and CIDR ranges; none lets everybody in
     */
    public AddressGate(List<String> addresses, AuditLog audit, Clock clock) {
        this.ranges = addresses.stream()
                .flatMap(text -> AddressRange.parse(text).stream())
                .toList();
        this.audit = audit;
        this.clock = clock;
    }

    /** Comes after the address is known. */
    void handle(RoutingContext context, Refusals refusals) {
        var address = Gate.original(context).address();
        if (ranges.isEmpty() || ranges.stream().anyMatch(range -> range.contains(address))) {
            context.next();
            return;
        }
        if (isNew(address)) {
            record(address);
        }
        refusals.refuse(context, 403, "this server takes no requests from your address");
    }

    private synchronized boolean isNew(String address) {
        var now = clock.instant();
        var former = recorded.get(address);
        if (former != null && former.plus(PAUSE).isAfter(now)) {
            return false;
        }
        recorded.remove(address);
        recorded.put(address, now);
        if (recorded.size() > MOST_REMEMBERED) {
            recorded.remove(recorded.keySet().iterator().next());
        }
        return true;
    }

    private void record(String address) {
        var fields = new JsonObject()
                .put("address", address)
                .put("decision", "refused")
                .put("rule", "access.addresses")
                .put("reason", "the address is not one of those that are let in");
        audit.append(new AuditRecord(clock.instant(), "auth.refused", fields))
                .onFailure(failure -> LOG.atDebug().setCause(failure).log("audit record not written"));
    }
}
