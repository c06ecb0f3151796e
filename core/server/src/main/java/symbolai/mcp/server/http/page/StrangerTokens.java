package symbolai.mcp.server.http.page;

import io.vertx.ext.web.RoutingContext;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import symbolai.mcp.api.Secret;
import symbolai.mcp.server.crypto.Signer;

/** The proof that a form for strangers is ours and was shown in this browser, so that nobody is signed in as somebody else without noticing. */
final class StrangerTokens {

    private static final Duration LIFE = Duration.ofHours(1);
    private static final int RANDOM_BYTES = 32;

    private final Cookies cookies;
    private final Signer signer;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    StrangerTokens(Cookies cookies, Signer signer, Clock clock) {
        this.cookies = cookies;
        this.signer = signer;
        this.clock = clock;
    }

    /** A token, and the cookie that goes with it. */
    String issue(RoutingContext context) {
        var cookie = cookies.read(context).orElseGet(this::random);
        cookies.set(context, cookie);
        return signer.sign(payload(clock.instant().plus(LIFE).toEpochMilli(), cookie));
    }

    /** Whether the token goes with the cookie, and is not too old. */
    boolean isGood(RoutingContext context, String token) {
        var cookie = cookies.read(context);
        var payload = signer.verify(token).filter(bytes -> bytes.length > Long.BYTES);
        if (cookie.isEmpty() || payload.isEmpty()) {
            return false;
        }
        var expires = ByteBuffer.wrap(payload.get()).getLong();
        return expires > clock.millis() && MessageDigest.isEqual(payload.get(), payload(expires, cookie.get()));
    }

    private Secret random() {
        var bytes = new byte[RANDOM_BYTES];
        random.nextBytes(bytes);
        return new Secret(HexFormat.of().formatHex(bytes));
    }

    private static byte[] payload(long expires, Secret cookie) {
        var text = cookie.reveal().getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(Long.BYTES + text.length)
                .putLong(expires)
                .put(text)
                .array();
    }
}
