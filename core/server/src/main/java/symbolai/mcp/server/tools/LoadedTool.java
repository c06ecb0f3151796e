package symbolai.mcp.server.tools;

import java.util.Optional;
import symbolai.mcp.api.Tool;

/** A tool whose schemas are compiled. */
record LoadedTool(Entry<Tool> entry, CompiledSchema input, Optional<CompiledSchema> output) {
    static LoadedTool of(Family family, Tool tool) {
        return new LoadedTool(
                new Entry<>(family.plugin(), tool, family.lease()),
                CompiledSchema.of(tool.inputSchema()),
                tool.outputSchema().map(CompiledSchema::of));
    }
}
