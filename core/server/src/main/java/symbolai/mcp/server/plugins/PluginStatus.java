package symbolai.mcp.server.plugins;

import java.util.List;

/**
 * How one zip of the plugins folder fares, or one version of a plugin that is on its way out.
 *
 * @param file the zip's name
 * @param id the plugin's id; empty when the zip could not be read that far
 * @param version the plugin's version; empty when the zip could not be read that far
 * @param tools how many tools it offers now
 * @param problems what is wrong, in plain words: why it was refused, or what the operator should look at
 */
public record PluginStatus(String file, String id, String version, State state, int tools, List<String> problems) {

    /** Where a version stands. */
    public enum State {
        /** It serves. */
        LOADED,
        /** It does not serve; an older version may. */
        REFUSED,
        /** It takes no more calls and waits for the last ones to end. */
        DRAINING
    }

    public PluginStatus {
        problems = List.copyOf(problems);
    }
}
