package symbolai.mcp.plugins.workers;

import org.pf4j.Extension;
import symbolai.mcp.api.ToolFamily;

/** The Workers family: scripts. */
@Extension
public final class WorkersPlugin implements ToolFamily {}
