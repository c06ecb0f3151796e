package symbolai.mcp.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.function.Supplier;

/** Looks at many secrets of 256 bits as if each bit were the toss of a coin. */
public final class FairCoins {

    /** At how many. */
    public static final int COUNT = Boolean.getBoolean("long") ? 1_000_000 : 50_000;

    private static final int BITS = 256;
    private static final String BASE_62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    private FairCoins() {}

    /** No secret comes twice, and there are as many ones, and as many changes between neighbours, as of coins. */
    public static void assertRandom(Supplier<byte[]> source) {
        var seen = new HashSet<ByteBuffer>();
        long ones = 0;
        long runs = 0;
        for (int i = 0; i < COUNT; i++) {
            var bytes = source.get();
            assertThat(seen.add(ByteBuffer.wrap(bytes))).isTrue();
            assertThat(bytes).hasSize(BITS / 8);
            ones += ones(bytes);
            runs += runs(bytes);
        }

        // Five standard deviations: a fair coin is caught once in some million runs of this test.
        double bits = (double) COUNT * BITS;
        assertThat(Math.abs(ones - bits / 2)).isLessThan(5 * Math.sqrt(bits) / 2);
        double changes = (double) COUNT * (BITS - 1);
        assertThat(Math.abs(runs - changes / 2)).isLessThan(5 * Math.sqrt(changes) / 2);
    }

    /** The 256 bits that are written in 43 of the digits that keys, tokens and cookies are made of. */
    public static byte[] ofBase62(String text) {
        assertThat(text).hasSize(43);
        var number = BigInteger.ZERO;
        for (var digit : text.toCharArray()) {
            number = number.multiply(BigInteger.valueOf(BASE_62.length()))
                    .add(BigInteger.valueOf(BASE_62.indexOf(digit)));
        }
        assertThat(number.bitLength()).isLessThanOrEqualTo(BITS);
        var bytes = number.toByteArray();
        var padded = new byte[BITS / 8];
        int from = Math.max(0, bytes.length - padded.length);
        System.arraycopy(bytes, from, padded, padded.length - bytes.length + from, bytes.length - from);
        return padded;
    }

    private static long ones(byte[] bytes) {
        long count = 0;
        for (var each : bytes) {
            count += Integer.bitCount(each & 0xff);
        }
        return count;
    }

    private static long runs(byte[] bytes) {
        long changes = 0;
        for (int bit = 1; bit < bytes.length * 8; bit++) {
            changes += bit(bytes, bit) == bit(bytes, bit - 1) ? 0 : 1;
        }
        return changes;
    }

    private static int bit(byte[] bytes, int at) {
        return bytes[at / 8] >> (7 - at % 8) & 1;
    }
}
