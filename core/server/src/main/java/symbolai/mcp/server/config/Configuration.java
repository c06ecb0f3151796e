package symbolai.mcp.server.config;

import java.util.List;

/**
 * A configuration without mistakes.
 *
 * @param server what the server is made from
 * @param values every value with where it came from; what may be secret is hidden
 */
public record Configuration(ServerConfig server, List<Effective> values) {

    /** One value that is in force. */
    public record Effective(String key, String value, String source) {}

    public Configuration {
        values = List.copyOf(values);
    }
}
