package symbolai.mcp.server.config;

import io.netty.util.NetUtil;
import java.util.Arrays;

/** Names those addresses alike that one household has: an IPv4 address, or the first half of an IPv6 address. */
public final class AddressGroup {

    private static final int NETWORK_BYTES = 8;

    private AddressGroup() {}

    /** The name of the group, such as {@code 2001:db8::/64}; the address itself when it is none. */
    public static String of(String address) {
        var bytes = NetUtil.createByteArrayFromIpAddressString(address.replaceAll("%.*", ""));
        return bytes == null || bytes.length <= NETWORK_BYTES
                ? address
                : NetUtil.bytesToIpAddress(Arrays.copyOf(Arrays.copyOf(bytes, NETWORK_BYTES), bytes.length)) + "/64";
    }
}
