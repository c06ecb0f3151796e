package symbolai.mcp.plugins.observability;

import org.pf4j.Extension;
import symbolai.mcp.api.ToolFamily;

/** The Observability family: what Workers logged. */
@Extension
public final class ObservabilityPlugin implements ToolFamily {}
