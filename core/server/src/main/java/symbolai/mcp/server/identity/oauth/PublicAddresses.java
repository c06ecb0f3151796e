package symbolai.mcp.server.identity.oauth;

import java.math.BigInteger;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;

/** Tells the addresses of the public internet from all others: those of this machine, of private networks, and those that lead there. */
final class PublicAddresses {

    private static final List<Range> FOUR = Stream.of(
                    "0.0.0.0/8",
                    "10.0.0.0/8",
                    "100.64.0.0/10",
                    "127.0.0.0/8",
                    "169.254.0.0/16",
                    "172.16.0.0/12",
                    "192.0.0.0/24",
                    "192.0.2.0/24",
                    "192.31.196.0/24",
                    "192.52.193.0/24",
                    "192.88.99.0/24",
                    "192.168.0.0/16",
                    "192.175.48.0/24",
                    "198.18.0.0/15",
                    "198.51.100.0/24",
                    "203.0.113.0/24",
                    "224.0.0.0/3")
            .map(Range::four)
            .toList();
    /** All of IPv6 is refused but 2000::/3, and of that what is set apart: Teredo, benchmarks, examples and 6to4. */
    private static final List<Range> SIX = List.of(
            Range.six("20010000", 23), Range.six("20010db8", 32), Range.six("20020000", 16), Range.six("3fff0000", 20));

    private static final Range GLOBAL_SIX = Range.six("20000000", 3);

    private PublicAddresses() {}

    /** Whether the address is one of the public internet. */
    static boolean contain(InetAddress address) {
        var number = new BigInteger(1, address.getAddress());
        return address instanceof Inet4Address
                ? FOUR.stream().noneMatch(range -> range.contains(number))
                : GLOBAL_SIX.contains(number) && SIX.stream().noneMatch(range -> range.contains(number));
    }

    /**
     * Addresses that share their first bits.
     *
     * @param first those bits
     * @param rest how many bits follow
     */
    private record Range(BigInteger first, int rest) {

        static Range four(String text) {
            var slash = text.indexOf('/');
            var number = Stream.of(text.substring(0, slash).split("\\.", -1))
                    .map(BigInteger::new)
                    .reduce(BigInteger.ZERO, (sum, octet) -> sum.shiftLeft(8).or(octet));
            return of(number, 32 - Integer.parseInt(text.substring(slash + 1)));
        }

        static Range six(String firstGroups, int length) {
            return of(new BigInteger(firstGroups, 16).shiftLeft(96), 128 - length);
        }

        private static Range of(BigInteger number, int rest) {
            return new Range(number.shiftRight(rest), rest);
        }

        boolean contains(BigInteger address) {
            return address.shiftRight(rest).equals(first);
        }
    }
}
