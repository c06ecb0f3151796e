package symbolai.mcp.server.identity;

/**
 * Where a request came from.
 *
 * @param address the IP address
 * @param agent what the browser calls itself; cut, and without control characters
 */
public record Visitor(String address, String agent) {

    private static final int LONGEST_AGENT = 200;

    public Visitor {
        var plain = agent.replaceAll("[^\\x20-\\x7e]", "?");
        agent = plain.substring(0, Math.min(LONGEST_AGENT, plain.length()));
    }
}
