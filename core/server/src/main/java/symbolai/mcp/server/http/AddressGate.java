package symbolai.mcp.server.http;

import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import symbolai.mcp.server.audit.RefusalRecords;
import symbolai.mcp.server.config.AddressRange;

/** Lets in only requests from the addresses that were listed. */
public final class AddressGate {

    private final List<AddressRange> ranges;
    private final RefusalRecords records;

    /**
     * A gate for these ranges.
     *
     * @param addresses addresses and CIDR ranges; none lets everybody in
     */
    public AddressGate(List<String> addresses, RefusalRecords records) {
        this.ranges = addresses.stream()
                .flatMap(text -> AddressRange.parse(text).stream())
                .toList();
        this.records = records;
    }

    /** Comes after the address is known. */
    void handle(RoutingContext context, Refusals refusals) {
        var address = Gate.original(context).address();
        if (ranges.isEmpty() || ranges.stream().anyMatch(range -> range.contains(address))) {
            context.next();
            return;
        }
        records.note("auth.refused", address, fields());
        refusals.refuse(context, 403, "this server takes no requests from your address");
    }

    private static JsonObject fields() {
        return new JsonObject()
                .put("decision", "refused")
                .put("rule", "access.addresses")
                .put("reason", "the address is not one of those that are let in");
    }
}
