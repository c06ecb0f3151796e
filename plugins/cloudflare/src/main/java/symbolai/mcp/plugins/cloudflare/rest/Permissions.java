package symbolai.mcp.plugins.cloudflare.rest;

import java.util.Map;
import symbolai.mcp.api.Operation;

/** The permissions of tokens, as the dashboard calls them, that operations need. */
final class Permissions {

    private static final Map<String, String> FAMILIES = Map.of(
            "d1", "D1",
            "kv", "Workers KV Storage",
            "r2", "Workers R2 Storage",
            "workers", "Workers Scripts",
            "builds", "Workers Builds Configuration",
            "observability", "Workers Observability");
    private static final String INSIGHTS = "Account Analytics:Read";

    private Permissions() {}

    /** The permission that an operation needs. */
    static String of(Operation operation) {
        if (operation.name().equals("d1.insights")) {
            return INSIGHTS;
        }
        var family = operation.name().substring(0, Math.max(0, operation.name().indexOf('.')));
        var group = FAMILIES.getOrDefault(family, "Account Settings");
        return group + (operation.access() == Operation.Access.WRITE ? ":Edit" : ":Read");
    }
}
