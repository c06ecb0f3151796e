package symbolai.mcp.server.tools;

import java.util.List;

/** A family whose schemas are compiled. */
record LoadedFamily(Family family, List<LoadedTool> tools) {
    static LoadedFamily of(Family family) {
        return new LoadedFamily(
                family,
                family.tools().stream().map(tool -> LoadedTool.of(family, tool)).toList());
    }
}
