package symbolai.mcp.plugins.builds;

import org.pf4j.Extension;
import symbolai.mcp.api.ToolFamily;

/** The Builds family: builds of Workers and their logs. */
@Extension
public final class BuildsPlugin implements ToolFamily {}
