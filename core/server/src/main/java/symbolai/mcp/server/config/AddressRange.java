package symbolai.mcp.server.config;

import io.netty.util.NetUtil;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Optional;

/**
 * A range of IP addresses.
 *
 * @param address an address of the range
 * @param shared how many leading bits all addresses share
 * @param text the range as it was written
 */
public record AddressRange(Address address, int shared, String text) {

    private static final byte[] MAPPED = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1};

    /** An IP address as a number of so many bits. */
    public record Address(BigInteger number, int bits) {

        /** Reads one; looks no name up. */
        public static Optional<Address> parse(String text) {
            return Optional.ofNullable(NetUtil.createByteArrayFromIpAddressString(text.replaceAll("%.*", "")))
                    .map(Address::unmapped)
                    .map(bytes -> new Address(new BigInteger(1, bytes), bytes.length * 8));
        }

        private static byte[] unmapped(byte[] bytes) {
            boolean isMapped = bytes.length == 16 && Arrays.equals(bytes, 0, 12, MAPPED, 0, 12);
            return isMapped ? Arrays.copyOfRange(bytes, 12, 16) : bytes;
        }
    }

    /** Reads an address, or a range such as {@code 10.0.0.0/8}. */
    public static Optional<AddressRange> parse(String text) {
        int slash = text.indexOf('/');
        var address = Address.parse(slash < 0 ? text : text.substring(0, slash));
        if (slash < 0) {
            return address.map(single -> new AddressRange(single, single.bits(), text));
        }
        var length = text.substring(slash + 1);
        return address.filter(first -> length.matches("[0-9]{1,3}") && Integer.parseInt(length) <= first.bits())
                .map(first -> new AddressRange(first, Integer.parseInt(length), text));
    }

    /** Whether the address lies in the range. */
    public boolean contains(String text) {
        return Address.parse(text)
                .filter(other -> other.bits() == address.bits() && prefix(other).equals(prefix(address)))
                .isPresent();
    }

    /** Whether all addresses of the other range lie in this one. */
    public boolean contains(AddressRange other) {
        return other.address().bits() == address.bits()
                && other.shared() >= shared
                && prefix(other.address()).equals(prefix(address));
    }

    private BigInteger prefix(Address of) {
        return of.number().shiftRight(of.bits() - shared);
    }
}
