package symbolai.mcp.server.identity;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Argon2id, written as PHC strings.
 *
 * @param memory how many KiB a new hash takes
 * @param iterations how often they are filled
 */
record Argon2id(int memory, int iterations) {

    /** What OWASP recommends. */
    static final Argon2id RECOMMENDED = new Argon2id(19_456, 2);

    private static final int PARALLELISM = 1;
    private static final int SALT = 16;
    private static final int HASH = 32;
    private static final Pattern PHC = Pattern.compile(
            "\\$argon2id\\$v=19\\$m=(\\d{1,7}),t=(\\d{1,3}),p=(\\d{1,2})\\$([A-Za-z0-9+/]+)\\$([A-Za-z0-9+/]+)");

    String hash(String password, SecureRandom random) {
        var salt = bytes(SALT, random);
        return phc(salt, compute(password, salt, memory, iterations, PARALLELISM, HASH));
    }

    /** A hash that takes as long to compare with as any other, and that no password has. */
    String unmatched(SecureRandom random) {
        return phc(bytes(SALT, random), bytes(HASH, random));
    }

    /** Whether a hash was made with less effort than new ones are. */
    boolean isStrongerThan(String phc) {
        var parts = PHC.matcher(phc);
        return parts.matches()
                && (Integer.parseInt(parts.group(1)) < memory || Integer.parseInt(parts.group(2)) < iterations);
    }

    private String phc(byte[] salt, byte[] hash) {
        var base64 = Base64.getEncoder().withoutPadding();
        return "$argon2id$v=19$m=" + memory + ",t=" + iterations + ",p=" + PARALLELISM + "$"
                + base64.encodeToString(salt) + "$" + base64.encodeToString(hash);
    }

    private static byte[] bytes(int count, SecureRandom random) {
        var bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    /** Whether the password is the one of the hash; false for a hash that is empty or of another kind. */
    static boolean matches(String password, String phc) {
        var parts = PHC.matcher(phc);
        if (!parts.matches()) {
            return false;
        }
        var expected = Base64.getDecoder().decode(parts.group(5));
        var actual = compute(
                password,
                Base64.getDecoder().decode(parts.group(4)),
                Integer.parseInt(parts.group(1)),
                Integer.parseInt(parts.group(2)),
                Integer.parseInt(parts.group(3)),
                expected.length);
        return MessageDigest.isEqual(expected, actual);
    }

    private static byte[] compute(
            String password, byte[] salt, int memory, int iterations, int parallelism, int length) {
        var generator = new Argon2BytesGenerator();
        generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(memory)
                .withIterations(iterations)
                .withParallelism(parallelism)
                .withSalt(salt)
                .build());
        var hash = new byte[length];
        generator.generateBytes(password.getBytes(StandardCharsets.UTF_8), hash);
        return hash;
    }
}
