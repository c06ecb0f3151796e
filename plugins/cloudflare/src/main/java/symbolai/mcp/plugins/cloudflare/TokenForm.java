package symbolai.mcp.plugins.cloudflare;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import symbolai.mcp.api.Connector;

/** The dashboard's form for a new API token, with the permissions of our tools filled in. */
final class TokenForm {

    private static final String FORM = "https://dash.cloudflare.com/profile/api-tokens";

    private TokenForm() {}

    static Connector.Steps steps() {
        return new Connector.Steps(
                url(),
                List.of(
                        "Open the page; the permissions that the tools use are filled in. Take away what you do not want, or change"
                                + " Edit to Read.",
                        "Under Account Resources choose the one account; set an end date under TTL if you like.",
                        "Choose Continue to summary, then Create Token, and copy the token. It is shown once.",
                        "Copy the account id: 32 hexadecimal digits in the dashboard's address, after dash.cloudflare.com/.",
                        "Give both here. A Global API Key is not taken."));
    }

    private static String url() {
        var keys = new JsonArray()
                .add(key("d1", "edit"))
                .add(key("workers_kv_storage", "edit"))
                .add(key("workers_r2", "edit"))
                .add(key("workers_scripts", "edit"))
                .add(key("workers_ci", "edit"))
                .add(key("workers_observability", "edit"))
                .add(key("account_analytics", "read"))
                .add(key("account_settings", "read"));
        return FORM + "?permissionGroupKeys=" + encoded(keys.encode()) + "&accountId=*&zoneId=all&name="
                + encoded("SymbolAI MCP");
    }

    private static JsonObject key(String key, String type) {
        return new JsonObject().put("key", key).put("type", type);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
