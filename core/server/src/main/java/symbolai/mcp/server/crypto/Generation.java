package symbolai.mcp.server.crypto;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** One of the master keys that a server has, with what was derived from it. Safe for any thread. */
final class Generation {

    /** How many bytes its id has; in base64url they are the first characters of what is sealed with it. */
    static final int ID = 6;

    private final byte[] key;
    private final String id;
    private final Map<String, byte[]> derived = new ConcurrentHashMap<>();

    Generation(byte[] key) {
        if (key.length != MasterKey.LENGTH) {
            throw new IllegalArgumentException("a master key has " + MasterKey.LENGTH + " bytes, not " + key.length);
        }
        this.key = key.clone();
        this.id = Base64Url.encode(Arrays.copyOf(Hmac.hkdf(key, "id"), ID));
    }

    /** Tells generations apart, and says nothing of the key. */
    String id() {
        return id;
    }

    /** A copy of the key itself, for its file. */
    byte[] bytes() {
        return key.clone();
    }

    /** The key for one purpose, of which there are few. */
    byte[] derive(String purpose) {
        return derived.computeIfAbsent(purpose, missing -> Hmac.hkdf(key, missing));
    }
}
