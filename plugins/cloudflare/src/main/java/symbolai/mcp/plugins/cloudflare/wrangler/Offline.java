package symbolai.mcp.plugins.cloudflare.wrangler;

import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.ToolException.Reason;
import symbolai.mcp.plugins.cloudflare.backend.Origin;

/** Refuses to change what no running server holds. */
final class Offline {

    private Offline() {}

    /** Where a store is served. */
    static Origin served(Store store) {
        return store.live()
                .orElseThrow(() -> new ToolException(
                        Reason.UNSUPPORTED,
                        "\"" + store.title()
                                + "\" is only read while its project does not run; start wrangler dev to change it"));
    }
}
