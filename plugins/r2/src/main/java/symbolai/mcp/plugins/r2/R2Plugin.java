package symbolai.mcp.plugins.r2;

import org.pf4j.Extension;
import symbolai.mcp.api.ToolFamily;

/** The R2 family: buckets and objects. */
@Extension
public final class R2Plugin implements ToolFamily {}
