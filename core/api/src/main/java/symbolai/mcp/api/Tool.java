package symbolai.mcp.api;

import io.vertx.core.json.JsonObject;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One tool: what clients are told of it, and the handler that does it.
 *
 * @param name begins with the family's name and says what the tool does, {@code [A-Za-z0-9_.-]}, best at most 40 characters; unique in the server
 * @param title a short name for people
 * @param description tells a model when to use the tool, in two sentences
 * @param inputSchema JSON Schema 2020-12 of the arguments; its root is an object. Arguments are checked against it before the handler is called
 * @param outputSchema JSON Schema of the structured content; a tool that has one always returns structured content, except in an error
 * @param annotations what the tool does to the world
 * @param permission the permission that the outside system asks of the credentials, in its own words
 * @param rest how the tool is called over REST, where it can be
 * @param requires what the client must be able to do; a client that cannot is refused with the list
 * @param task whether the tool only runs as a task, so that a client without tasks is refused
 * @param dryRun whether a call changes nothing unless its argument {@code dryRun} is false, so that it needs no approval; its operations
 *     are held to that
 * @param icons icons for people
 * @param meta the {@code _meta} object
 * @param preview tells what a call would do, for the person who approves it; without one that person sees the arguments
 * @param handler does the work
 */
public record Tool(
        String name,
        String title,
        String description,
        JsonObject inputSchema,
        Optional<JsonObject> outputSchema,
        ToolAnnotations annotations,
        Optional<String> permission,
        Optional<RestBinding> rest,
        Set<ClientCapability> requires,
        boolean task,
        boolean dryRun,
        List<Icon> icons,
        JsonObject meta,
        Optional<PreviewHandler> preview,
        ToolHandler handler) {

    /** The argument of a tool that first tells what it would change. */
    public static final String DRY_RUN = "dryRun";

    public Tool {
        inputSchema = inputSchema.copy();
        outputSchema = outputSchema.map(JsonObject::copy);
        requires = Set.copyOf(requires);
        icons = List.copyOf(icons);
        meta = meta.copy();
    }

    /** Whether a call with these arguments only tells what it would change. */
    public boolean onlyTells(JsonObject arguments) {
        return dryRun && !Boolean.FALSE.equals(arguments.getValue(DRY_RUN, true));
    }

    /** Starts a tool that takes no arguments, returns no structured content and may do anything; say more with the builder. */
    public static Builder named(String name) {
        return new Builder(name);
    }

    /** Collects the parts of a tool; made by {@link Tool#named}. */
    public static final class Builder {

        private final String name;
        private String title;
        private String description = "";
        private JsonObject inputSchema = Schemas.object().build();
        private Optional<JsonObject> outputSchema = Optional.empty();
        private ToolAnnotations annotations = ToolAnnotations.DESTRUCTIVE;
        private Optional<String> permission = Optional.empty();
        private Optional<RestBinding> rest = Optional.empty();
        private final Set<ClientCapability> requires = EnumSet.noneOf(ClientCapability.class);
        private boolean task;
        private boolean dryRun;
        private List<Icon> icons = List.of();
        private JsonObject meta = new JsonObject();
        private Optional<PreviewHandler> preview = Optional.empty();

        private Builder(String name) {
            this.name = name;
            this.title = name;
        }

        /** A short name for people. */
        public Builder title(String title) {
            this.title = title;
            return this;
        }

        /** When to use the tool. */
        public Builder description(String description) {
            this.description = description;
            return this;
        }

        /** The schema of the arguments, see {@link Schemas}. */
        public Builder input(JsonObject schema) {
            this.inputSchema = schema;
            return this;
        }

        /** The schema of the structured content. */
        public Builder output(JsonObject schema) {
            this.outputSchema = Optional.of(schema);
            return this;
        }

        /** What the tool does to the world. */
        public Builder annotations(ToolAnnotations annotations) {
            this.annotations = annotations;
            return this;
        }

        /** The permission of the outside system. */
        public Builder permission(String permission) {
            this.permission = Optional.of(permission);
            return this;
        }

        /** How the tool is called over REST. */
        public Builder rest(RestBinding binding) {
            this.rest = Optional.of(binding);
            return this;
        }

        /** What the client must be able to do. */
        public Builder requires(ClientCapability capability) {
            this.requires.add(capability);
            return this;
        }

        /** The tool only runs as a task. */
        public Builder task() {
            this.task = true;
            return this;
        }

        /** A call changes nothing unless its argument {@code dryRun}, which the input schema must have, is false. */
        public Builder dryRun() {
            this.dryRun = true;
            return this;
        }

        /** Icons for people. */
        public Builder icons(List<Icon> icons) {
            this.icons = icons;
            return this;
        }

        /** The {@code _meta} object. */
        public Builder meta(JsonObject meta) {
            this.meta = meta;
            return this;
        }

        /** What tells what a call would do, for the person who approves it. */
        public Builder preview(PreviewHandler handler) {
            this.preview = Optional.of(handler);
            return this;
        }

        /** The tool, with the handler that does the work. */
        public Tool handler(ToolHandler handler) {
            return new Tool(
                    name,
                    title,
                    description,
                    inputSchema,
                    outputSchema,
                    annotations,
                    permission,
                    rest,
                    requires,
                    task,
                    dryRun,
                    icons,
                    meta,
                    preview,
                    handler);
        }
    }
}
