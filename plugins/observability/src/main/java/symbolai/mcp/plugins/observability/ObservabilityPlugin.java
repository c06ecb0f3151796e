package symbolai.mcp.plugins.observability;

import java.time.Clock;
import java.util.List;
import org.pf4j.Extension;
import symbolai.mcp.api.FamilyContext;
import symbolai.mcp.api.Tool;
import symbolai.mcp.api.ToolFamily;

/** The Observability family: it describes what it offers, and asks the caller's connection to do it. */
@Extension
public final class ObservabilityPlugin implements ToolFamily {

    @Override
    public List<Tool> tools(FamilyContext context) {
        return new ObservabilityTools(Clock.systemUTC()).list();
    }
}
