package symbolai.mcp.server.connections;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import symbolai.mcp.server.store.ConnectionRow;

/** Tells what a user may see of a stored connection, as it is now. */
final class ConnectionInfos {

    private static final Duration SOON = Duration.ofDays(14);

    private final Clock clock;

    ConnectionInfos(Clock clock) {
        this.clock = clock;
    }

    ConnectionInfo of(ConnectionRow row) {
        var known = StoredJson.decode(row.json());
        return new ConnectionInfo(
                row.name(),
                row.connector(),
                known.account(),
                known.accounts(),
                expires(row),
                known.permissions(),
                warnings(row, known),
                Instant.ofEpochMilli(row.verified()),
                row.active(),
                known.fields());
    }

    /** Whether the credentials have ended. */
    boolean hasExpired(ConnectionRow row) {
        return expires(row).filter(end -> !clock.instant().isBefore(end)).isPresent();
    }

    static Optional<Instant> expires(ConnectionRow row) {
        return row.expires() == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(row.expires()));
    }

    private List<String> warnings(ConnectionRow row, StoredJson known) {
        var warnings = new ArrayList<>(known.warnings());
        expires(row).ifPresent(end -> {
            if (hasExpired(row)) {
                warnings.add("The credentials expired on " + end + "; connect again with new ones.");
            } else if (clock.instant().plus(SOON).isAfter(end)) {
                warnings.add("The credentials expire on " + end + ", in less than " + SOON.toDays()
                        + " days; connect again with new ones before.");
            }
        });
        return warnings;
    }
}
