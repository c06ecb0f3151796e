package symbolai.mcp.plugins.d1;

import java.util.List;
import java.util.stream.Stream;
import org.pf4j.Extension;
import symbolai.mcp.api.FamilyContext;
import symbolai.mcp.api.Prompt;
import symbolai.mcp.api.ResourceTemplate;
import symbolai.mcp.api.Tool;
import symbolai.mcp.api.ToolFamily;

/** The D1 family: it describes what it offers, and asks the caller's connection to do it. */
@Extension
public final class D1Plugin implements ToolFamily {

    @Override
    public List<Tool> tools(FamilyContext context) {
        return Stream.concat(new D1Tools(context).list().stream(), new WholeTools(context).list().stream())
                .toList();
    }

    @Override
    public List<ResourceTemplate> resourceTemplates(FamilyContext context) {
        return new D1Resources().templates();
    }

    @Override
    public List<Prompt> prompts(FamilyContext context) {
        return List.of(new ExplorePrompt().prompt());
    }
}
