package symbolai.mcp.server.store;

import java.util.Set;

/**
 * A stored device code; the code itself is not stored.
 *
 * @param hash the SHA-256 of the device code
 * @param userCode what the user types
 * @param status whether the user has decided, as the room that knows devices writes it
 * @param userId who has decided; empty for nobody yet
 * @param polled when the device last asked, in milliseconds since 1970; 0 means never
 * @param expires in milliseconds since 1970
 */
public record DeviceRow(
        String hash,
        String userCode,
        String client,
        String resource,
        Set<String> scopes,
        String status,
        String userId,
        long polled,
        long expires) {

    public DeviceRow {
        scopes = Set.copyOf(scopes);
    }
}
