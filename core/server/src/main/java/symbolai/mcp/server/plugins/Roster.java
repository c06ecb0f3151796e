package symbolai.mcp.server.plugins;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import symbolai.mcp.server.tools.Family;

/** Which version of each plugin serves, which zips are refused, which versions drain. Changed by the host's worker, read by any thread. */
final class Roster {

    /**
     * A version that serves.
     *
     * @param family what it offers now
     * @param problems what the operator should look at
     */
    record Serving(PluginVersion version, Family family, List<String> problems) {

        String id() {
            return version.zip().id();
        }

        String file() {
            return version.zip().file();
        }
    }

    private record Refused(String id, String version, List<String> problems, PluginRefused.Retry retry) {}

    private final Map<String, Serving> serving = new TreeMap<>();
    private final Map<String, Refused> refused = new TreeMap<>();
    private final Set<PluginVersion> draining = new LinkedHashSet<>();
    private volatile List<PluginStatus> statuses = List.of();
    private volatile Consumer<List<PluginStatus>> watcher = nothing -> {};

    /** How everything stands. */
    List<PluginStatus> statuses() {
        return statuses;
    }

    /** Is told from now on how everything stands after each change. */
    void watchedBy(Consumer<List<PluginStatus>> told) {
        watcher = told;
    }

    /** The version of the plugin that serves. */
    Optional<Serving> serving(String id) {
        return Optional.ofNullable(serving.get(id));
    }

    /** All versions that serve. */
    List<Serving> serving() {
        return List.copyOf(serving.values());
    }

    /** The version serves from now on, in place of any other of its plugin. */
    void serve(Serving fresh) {
        serving.put(fresh.id(), fresh);
        publish();
    }

    /** The version serves no more, and drains. */
    void drain(PluginVersion version) {
        serving.values().removeIf(it -> it.version() == version);
        draining.add(version);
        publish();
    }

    /** The version is gone. */
    void end(PluginVersion version) {
        draining.remove(version);
        publish();
    }

    /** The zip is refused; false when it was so before, for the same reasons. */
    boolean refuse(String file, String id, String version, PluginRefused why) {
        var now = new Refused(id, version, why.problems(), why.retry());
        var former = refused.put(file, now);
        publish();
        return !now.equals(former);
    }

    /** Forgets that the zip was refused. */
    void forgive(String file) {
        if (refused.remove(file) != null) {
            publish();
        }
    }

    /** Whether a zip of this plugin is refused. */
    boolean refuses(String id) {
        return refused.values().stream().anyMatch(it -> it.id().equals(id));
    }

    /** The zips that are refused because of what others offer. */
    List<String> refusedBecauseOfOthers() {
        return refused.entrySet().stream()
                .filter(it -> it.getValue().retry() == PluginRefused.Retry.WHEN_OTHERS_CHANGE)
                .map(Map.Entry::getKey)
                .toList();
    }

    private void publish() {
        var all = new ArrayList<PluginStatus>();
        serving.values().forEach(it -> all.add(status(it)));
        draining.forEach(it -> all.add(draining(it)));
        refused.forEach((file, it) ->
                all.add(new PluginStatus(file, it.id(), it.version(), PluginStatus.State.REFUSED, 0, it.problems())));
        all.sort(Comparator.comparing(PluginStatus::file).thenComparing(PluginStatus::state));
        statuses = List.copyOf(all);
        watcher.accept(statuses);
    }

    private static PluginStatus status(Serving it) {
        return new PluginStatus(
                it.file(),
                it.id(),
                it.version().zip().version(),
                PluginStatus.State.LOADED,
                it.family().tools().size(),
                it.problems());
    }

    private static PluginStatus draining(PluginVersion it) {
        return new PluginStatus(
                it.zip().file(), it.zip().id(), it.zip().version(), PluginStatus.State.DRAINING, 0, List.of());
    }
}
