package symbolai.mcp.server.plugins;

import java.util.List;

/** A plugin cannot be loaded; says why in words for the operator. */
final class PluginRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Whether the same zip is worth another look. */
    enum Retry {
        /** Only when the zip changes. */
        WHEN_THE_ZIP_CHANGES,
        /** Also when another plugin goes or changes, because it stands in the way. */
        WHEN_OTHERS_CHANGE
    }

    private final List<String> problems;
    private final Retry retry;

    PluginRefused(String problem) {
        this(List.of(problem), Retry.WHEN_THE_ZIP_CHANGES);
    }

    PluginRefused(List<String> problems, Retry retry) {
        super(String.join("; ", problems));
        this.problems = List.copyOf(problems);
        this.retry = retry;
    }

    List<String> problems() {
        return problems;
    }

    Retry retry() {
        return retry;
    }
}
