package symbolai.mcp.server.store;

/**
 * A stored connection of a user to an outside system.
 *
 * @param owner the user's id, or {@code local}
 * @param name how the owner calls it; each name once
 * @param connector the id of the connector
 * @param sealed the credentials, encrypted; it belongs to this id, owner and connector
 * @param expires when the credentials end, in milliseconds since 1970; 0 means never
 * @param verified when the system accepted them last, in milliseconds since 1970
 * @param active whether it is the one that the owner's calls take
 * @param json what else is known of it, nothing of which is secret
 */
public record ConnectionRow(
        String id,
        String owner,
        String name,
        String connector,
        String sealed,
        long expires,
        long verified,
        boolean active,
        String json) {

    /** The same row with the credentials sealed anew. */
    public ConnectionRow sealedAs(String anew) {
        return new ConnectionRow(id, owner, name, connector, anew, expires, verified, active, json);
    }

    /** The same row after the system accepted the credentials again. */
    public ConnectionRow verifiedAs(long ends, long at, String known) {
        return new ConnectionRow(id, owner, name, connector, sealed, ends, at, active, known);
    }
}
