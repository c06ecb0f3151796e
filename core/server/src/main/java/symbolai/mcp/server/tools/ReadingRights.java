package symbolai.mcp.server.tools;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import symbolai.mcp.api.Caller;
import symbolai.mcp.api.Tool;
import symbolai.mcp.server.policy.Decision;

/** Tells which tools somebody must be allowed to call who reads a prompt, a resource or a completion. */
final class ReadingRights {
    private final Catalogs catalogs;
    private final CallGate gate;

    ReadingRights(Catalogs catalogs, CallGate gate) {
        this.catalogs = catalogs;
        this.gate = gate;
    }

    /** The tool that shows the same, or else each that only reads: nothing is read by this way that no tool would show. */
    <T> List<Tool> readers(Entry<T> entry, Function<T, Optional<String>> tool) {
        var family = catalogs.current().family(entry.plugin());
        return family.flatMap(offers -> tool.apply(entry.value()).map(offers::readers))
                .or(() -> family.map(Family::readers))
                .orElse(List.of());
    }

    /** Why not, for the caller. */
    static String why(Decision decision) {
        return decision.outcome() == Decision.Outcome.APPROVAL
                ? "it takes an approval (" + decision.reason() + "), for which only a tool can wait"
                : decision.reason();
    }

    /** Whether lists show it: what would take an approval is not read by this way. */
    <T> boolean readable(Caller caller, Optional<Entry<T>> entry, Function<T, Optional<String>> tool) {
        return entry.map(found -> gate.reading(caller, readers(found, tool)))
                .filter(Decision::possible)
                .filter(decision -> decision.outcome() != Decision.Outcome.APPROVAL)
                .isPresent();
    }

    /** Whether the caller may be told of changes of what has this URI; of what nothing has there is nothing to hide. */
    boolean hears(Caller caller, String uri) {
        var entry = catalogs.current().resource(uri).map(ResourceMatch::asEntry);
        return entry.isEmpty() || readable(caller, entry, ResourceMatch::tool);
    }
}
