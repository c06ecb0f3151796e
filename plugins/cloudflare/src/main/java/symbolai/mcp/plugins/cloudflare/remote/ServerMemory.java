package symbolai.mcp.plugins.cloudflare.remote;

import java.util.Optional;

/** What is known of one server, whoever asked: its era and its tools. */
final class ServerMemory {

    private volatile Optional<Era> era = Optional.empty();
    private volatile Optional<ToolList> tools = Optional.empty();

    Optional<Era> era() {
        return era;
    }

    /** The tools that were listed last, old or not. */
    Optional<ToolList> tools() {
        return tools;
    }

    /** The tools, if they were listed not long ago. */
    Optional<ToolList> freshTools() {
        return tools.filter(ToolList::isFresh);
    }

    void learn(Era spoken, ToolList listed) {
        era = Optional.of(spoken);
        tools = Optional.of(listed);
    }

    /** What is known does not hold any more. */
    void forget() {
        era = Optional.empty();
        tools = Optional.empty();
    }
}
