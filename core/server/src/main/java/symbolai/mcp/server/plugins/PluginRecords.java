package symbolai.mcp.server.plugins;

import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import symbolai.mcp.server.audit.AuditLog;
import symbolai.mcp.server.audit.AuditRecord;
import symbolai.mcp.server.plugins.PluginStatus.State;

/** Writes into the audit log which plugins come, go and are refused. */
public final class PluginRecords {

    private static final Logger LOG = LoggerFactory.getLogger(PluginRecords.class);
    private static final int LONGEST = 500;

    private final AuditLog audit;
    private final Clock clock;
    private Set<Known> known = Set.of();

    /** A version of a plugin in a file, and why it is refused. */
    private record Known(String file, String id, String version, State state, String reason) {}

    public PluginRecords(AuditLog audit, Clock clock) {
        this.audit = audit;
        this.clock = clock;
    }

    /** This is how the plugins stand now. */
    public synchronized void changed(List<PluginStatus> statuses) {
        var now = statuses.stream()
                .filter(status -> status.state() != State.DRAINING)
                .map(PluginRecords::known)
                .collect(Collectors.toUnmodifiableSet());
        without(now, known)
                .forEach(fresh -> append(fresh.state() == State.REFUSED ? "plugin.refused" : "plugin.loaded", fresh));
        without(known, now).stream()
                .filter(gone -> gone.state() == State.LOADED)
                .forEach(gone -> append("plugin.unloaded", gone));
        known = now;
    }

    private static Known known(PluginStatus status) {
        boolean refused = status.state() == State.REFUSED;
        return new Known(
                status.file(),
                status.id(),
                status.version(),
                status.state(),
                refused ? String.join("; ", status.problems()) : "");
    }

    private static Set<Known> without(Set<Known> all, Set<Known> others) {
        var left = new HashSet<>(all);
        left.removeAll(others);
        return left;
    }

    private void append(String event, Known plugin) {
        var fields = new JsonObject()
                .put("target", plugin.id())
                .put("version", plugin.version())
                .put("file", plugin.file());
        if (!plugin.reason().isEmpty()) {
            var reason = plugin.reason();
            fields.put("reason", reason.length() <= LONGEST ? reason : reason.substring(0, LONGEST));
        }
        audit.append(new AuditRecord(clock.instant(), event, fields))
                .onFailure(failure -> LOG.atWarn()
                        .setCause(failure)
                        .addKeyValue("plugin", plugin.id())
                        .log("audit record of a plugin not written"));
    }
}
