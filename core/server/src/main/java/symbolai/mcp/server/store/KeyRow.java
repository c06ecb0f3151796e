package symbolai.mcp.server.store;

import java.util.List;
import symbolai.mcp.server.config.AddressRange;

/**
 * A stored API key; the key itself is not stored.
 *
 * @param hash the SHA-256 of the whole key
 * @param tools the globs of tool names that it is limited to
 * @param created in milliseconds since 1970
 * @param expires in milliseconds since 1970; 0 means never
 * @param used when it was last shown, in milliseconds since 1970; 0 means never
 * @param revoked in milliseconds since 1970; 0 means it is not
 * @param agent whether it is marked as that of an agent
 * @param addresses the addresses and CIDR ranges that it is good from; empty means all
 */
public record KeyRow(
        String id,
        String userId,
        String label,
        String hash,
        List<String> tools,
        long created,
        long expires,
        long used,
        long revoked,
        boolean agent,
        List<String> addresses) {

    public KeyRow {
        tools = List.copyOf(tools);
        addresses = List.copyOf(addresses);
    }

    /** Whether the key is good for a request that comes from the address. */
    public boolean isGoodFrom(String address) {
        return addresses.isEmpty()
                || addresses.stream()
                        .flatMap(text -> AddressRange.parse(text).stream())
                        .anyMatch(range -> range.contains(address));
    }
}
