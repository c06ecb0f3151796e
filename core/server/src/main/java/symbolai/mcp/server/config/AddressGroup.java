package symbolai.mcp.server.identity;

import io.netty.util.NetUtil;
import java.util.Arrays;
import java.util.HexFormat;

/** Names those addresses alike that one household has: an IPv4 address, or the first half of an IPv6 address. */
public final class AddressGroup {

    private static final int NETWORK_BYTES = 8;

    private AddressGroup() {}

    /** The name of the group; the address itself when it is none. */
    public static String of(String address) {
        var bytes = NetUtil.createByteArrayFromIpAddressString(address.replaceAll("%.*", ""));
        return bytes == null || bytes.length <= NETWORK_BYTES
                ? address
                : HexFormat.of().formatHex(Arrays.copyOf(bytes, NETWORK_BYTES));
    }
}
