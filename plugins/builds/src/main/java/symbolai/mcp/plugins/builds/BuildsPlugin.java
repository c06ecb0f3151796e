package symbolai.mcp.plugins.builds;

import java.util.List;
import org.pf4j.Extension;
import symbolai.mcp.api.FamilyContext;
import symbolai.mcp.api.ResourceTemplate;
import symbolai.mcp.api.Tool;
import symbolai.mcp.api.ToolFamily;

/** The Builds family: it describes what it offers, and asks the caller's connection to do it. */
@Extension
public final class BuildsPlugin implements ToolFamily {

    @Override
    public List<Tool> tools(FamilyContext context) {
        return new BuildsTools(context).list();
    }

    @Override
    public List<ResourceTemplate> resourceTemplates(FamilyContext context) {
        return List.of(new BuildResources().template());
    }
}
