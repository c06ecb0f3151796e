package symbolai.mcp.api;

import java.util.Map;
import java.util.Optional;

/**
 * What a caller gave to connect.
 *
 * @param values by the names of the connector's fields
 */
public record Credentials(Map<String, Secret> values) {

    /** For systems that ask for nothing. */
    public static final Credentials NONE = new Credentials(Map.of());

    public Credentials {
        values = Map.copyOf(values);
    }

    /** The value of a field, if it was given. */
    public Optional<Secret> value(String name) {
        return Optional.ofNullable(values.get(name));
    }
}
