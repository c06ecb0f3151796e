package symbolai.mcp.plugins.wrangler;

import java.util.Optional;

/**
 * A D1 database that a Worker is bound to.
 *
 * @param binding the name that the Worker's code uses
 */
public record D1Binding(
        String binding,
        Optional<String> databaseName,
        Optional<String> databaseId,
        Optional<String> previewDatabaseId) {

    /** What {@code wrangler dev} calls it. */
    public String devId() {
        return previewDatabaseId.or(() -> databaseId).orElse(binding);
    }

    /** Its name for people. */
    public String title() {
        return databaseName.orElse(binding);
    }
}
