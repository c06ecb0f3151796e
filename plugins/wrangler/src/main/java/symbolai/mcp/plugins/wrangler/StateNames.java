package symbolai.mcp.plugins.wrangler;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Finds the names under which miniflare keeps the state of things in {@code .wrangler/state/v3}; the way back is closed by a hash. */
public enum StateNames {
    D1("d1", "miniflare-D1DatabaseObject"),
    KV("kv", "miniflare-KVNamespaceObject"),
    R2("r2", "miniflare-R2BucketObject");

    private static final int HALF = 16;

    private final String family;
    private final String objects;

    StateNames(String family, String objects) {
        this.family = family;
        this.objects = objects;
    }

    /** The folder, below the state, of what this kind of thing stores. */
    public String family() {
        return family;
    }

    /** The folder, below the family's, of the SQLite files. */
    public String objects() {
        return objects;
    }

    /** The name, without its ending, of the SQLite file of the thing that {@code wrangler dev} calls so. */
    public String file(String devId) {
        try {
            var key = MessageDigest.getInstance("SHA-256").digest(objects.getBytes(StandardCharsets.UTF_8));
            var name = half(key, devId.getBytes(StandardCharsets.UTF_8));
            var seal = half(key, name);
            return HexFormat.of().formatHex(name) + HexFormat.of().formatHex(seal);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every Java has SHA-256", missing);
        }
    }

    private static byte[] half(byte[] key, byte[] text) throws GeneralSecurityException {
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return Arrays.copyOf(mac.doFinal(text), HALF);
    }
}
