package symbolai.mcp.server.crypto;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;

/** Makes names for secrets that say nothing of them; they mean something in this process only. Safe for any thread. */
public final class Fingerprinter {

    private final byte[] key = new byte[MasterKey.LENGTH];

    public Fingerprinter() {
        new SecureRandom().nextBytes(key);
    }

    /** The same name for the same texts in the same order. */
    public String of(List<String> texts) {
        var all = new StringBuilder();
        texts.forEach(text -> all.append(text.length()).append(':').append(text));
        return Base64Url.encode(Hmac.compute(key, all.toString().getBytes(StandardCharsets.UTF_8)));
    }
}
