package symbolai.mcp.plugins.cloudflare;

import org.pf4j.Extension;
import symbolai.mcp.api.ToolFamily;

/** Lends the ways to Cloudflare to the families. */
@Extension
public final class CloudflarePlugin implements ToolFamily {}
