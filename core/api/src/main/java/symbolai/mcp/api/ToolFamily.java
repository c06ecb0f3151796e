package symbolai.mcp.api;

import io.vertx.core.Future;
import java.util.List;
import org.pf4j.ExtensionPoint;

/**
 * What one plugin offers. Mark the implementation with {@code @Extension}; it needs a public constructor without parameters.
 *
 * <p>The host calls {@link #start} once, then the listing methods, all on one worker thread. The lists are asked for again after
 * {@link FamilyContext#changed()}. {@link #close} comes last, when every call that was under way has ended.
 */
public interface ToolFamily extends ExtensionPoint, AutoCloseable {

    /**
     * Prepares the family: opens what it needs and checks that it can work. Nothing of the family is visible before the future succeeds; if
     * it fails, the plugin is refused with the failure's message and an older version goes on serving.
     */
    default Future<Void> start(FamilyContext context) {
        return Future.succeededFuture();
    }

    /** The tools, in the order in which clients see them. */
    default List<Tool> tools(FamilyContext context) {
        return List.of();
    }

    /** The resources with a fixed URI. */
    default List<Resource> resources(FamilyContext context) {
        return List.of();
    }

    /** The resources whose URI has variables. */
    default List<ResourceTemplate> resourceTemplates(FamilyContext context) {
        return List.of();
    }

    /** The prompts. */
    default List<Prompt> prompts(FamilyContext context) {
        return List.of();
    }

    /** The outside systems that this plugin can connect to. */
    default List<Connector> connectors(FamilyContext context) {
        return List.of();
    }

    /** Frees what {@link #start} and the listing methods took. What the context lent is closed by the host. */
    @Override
    default void close() {}
}
