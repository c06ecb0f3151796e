package symbolai.mcp.testkit.conformance;

import java.util.ArrayList;
import java.util.List;
import org.pf4j.Extension;
import symbolai.mcp.api.FamilyContext;
import symbolai.mcp.api.Prompt;
import symbolai.mcp.api.Resource;
import symbolai.mcp.api.ResourceTemplate;
import symbolai.mcp.api.Tool;
import symbolai.mcp.api.ToolFamily;

/** Offers every tool, prompt and resource that the conformance suite calls by name. */
@Extension
public final class ConformanceFamily implements ToolFamily {

    private final ChangingLists changing = new ChangingLists();

    @Override
    public List<Tool> tools(FamilyContext context) {
        var pause = new Pause(context.timers());
        var tools = new ArrayList<Tool>();
        tools.addAll(new ContentTools().tools());
        tools.addAll(new SchemaTools().tools());
        tools.addAll(new RunningTools(pause).tools());
        tools.addAll(new ClientTools().tools());
        tools.addAll(new QuestionTools().tools());
        tools.addAll(new RoundTools().tools());
        tools.addAll(new TaskTools().tools());
        tools.addAll(changing.tools(context));
        return tools;
    }

    @Override
    public List<Resource> resources(FamilyContext context) {
        return new FixtureResources().resources();
    }

    @Override
    public List<ResourceTemplate> resourceTemplates(FamilyContext context) {
        return new FixtureResources().templates();
    }

    @Override
    public List<Prompt> prompts(FamilyContext context) {
        var prompts = new ArrayList<>(new FixturePrompts().prompts());
        prompts.addAll(changing.prompts());
        return prompts;
    }
}
