package symbolai.mcp.server.store;

import java.util.List;

/**
 * What was set in a 2025 session after it began.
 *
 * @param ended whether the client ended it
 * @param logLevel the least level of messages that the client wants; empty when it did not say
 * @param subscriptions the URIs of the resources that it follows
 * @param expires in milliseconds since 1970
 */
public record SessionRow(String id, boolean ended, String logLevel, List<String> subscriptions, long expires) {

    public SessionRow {
        subscriptions = List.copyOf(subscriptions);
    }
}
