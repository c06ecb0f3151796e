package symbolai.mcp.server.tools;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import symbolai.mcp.api.Caller;
import symbolai.mcp.api.Completion;
import symbolai.mcp.api.Prompt;
import symbolai.mcp.api.PromptOutcome;
import symbolai.mcp.api.Resource;
import symbolai.mcp.api.ResourceOutcome;
import symbolai.mcp.api.ResourceTemplate;
import symbolai.mcp.api.Tool;
import symbolai.mcp.server.audit.AuditLog;
import symbolai.mcp.server.config.ToolsConfig;
import symbolai.mcp.server.connections.Connections;
import symbolai.mcp.server.policy.Policy;

/** The one way to the plugins: every call is checked, allowed, limited, audited and timed here. */
public final class ToolInvoker {
    private final Catalogs catalogs;
    private final Policy policy;

    public ToolInvoker(
            Vertx vertx,
            Catalogs catalogs,
            Policy policy,
            AuditLog audit,
            Connections connections,
            Tasks tasks,
            ToolsConfig config) {
        this.catalogs = catalogs;
        this.policy = policy;
    }

    /**
     * Calls a tool. Fails with {@link NotFound}, {@link CapabilityMissing}, {@link InternalFailure}, or a
     * {@link symbolai.mcp.api.ToolException} of the reason NOT_CONNECTED; everything else that goes wrong is a result with isError.
     *
     * @param answers the client's answers to the questions of the call before
     * @param state the state that the call before gave
     */
    public Future<CallOutcome> call(
            String tool, JsonObject arguments, Map<String, JsonObject> answers, JsonObject state, Requester requester) {
        return Future.failedFuture(new NotFound(NotFound.Kind.TOOL, tool));
    }

    /** Gets a prompt. Fails like {@link #call}, and with a {@link symbolai.mcp.api.ToolException} of any reason. */
    public Future<PromptOutcome> prompt(
            String name,
            Map<String, String> arguments,
            Map<String, JsonObject> answers,
            JsonObject state,
            Requester requester) {
        return Future.failedFuture(new NotFound(NotFound.Kind.PROMPT, name));
    }

    /** Reads a resource. Fails like {@link #prompt}; a resource that its handler does not find is {@link NotFound} too. */
    public Future<ResourceOutcome> read(
            String uri, Map<String, JsonObject> answers, JsonObject state, Requester requester) {
        return Future.failedFuture(new NotFound(NotFound.Kind.RESOURCE, uri));
    }

    /** Proposes values for an argument of a prompt; none for an argument without a completer. Fails like {@link #prompt}. */
    public Future<Completion> completePrompt(
            String name, String argument, String value, Map<String, String> others, Requester requester) {
        return Future.failedFuture(new NotFound(NotFound.Kind.PROMPT, name));
    }

    /** Proposes values for a variable of a template; none for a variable without a completer. Fails like {@link #prompt}. */
    public Future<Completion> completeTemplate(
            String uriTemplate, String variable, String value, Map<String, String> others, Requester requester) {
        return Future.failedFuture(new NotFound(NotFound.Kind.TEMPLATE, uriTemplate));
    }

    /** Whether the caller may call the tool, so that lists show it. */
    public boolean visible(Caller caller, Tool tool) {
        return policy.decide(caller, tool).allowed();
    }

    /** Whether the caller may get the prompt. */
    public boolean visible(Caller caller, Prompt prompt) {
        return readable(caller, catalogs.current().prompt(prompt.name()).map(Entry::plugin));
    }

    /** Whether the caller may read the resource. */
    public boolean visible(Caller caller, Resource resource) {
        return readable(
                caller,
                catalogs.current()
                        .resource(resource.uri())
                        .map(match -> match.entry().plugin()));
    }

    /** Whether the caller may read the resources of the template. */
    public boolean visible(Caller caller, ResourceTemplate template) {
        return readable(
                caller,
                catalogs.current().resourceTemplate(template.uriTemplate()).map(Entry::plugin));
    }

    private boolean readable(Caller caller, java.util.Optional<String> plugin) {
        return plugin.flatMap(id -> catalogs.current().family(id))
                .map(family -> policy.decideReading(caller, family.tools()).allowed())
                .orElse(false);
    }
}
