package symbolai.mcp.server.identity;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import symbolai.mcp.api.Caller;
import symbolai.mcp.api.Secret;
import symbolai.mcp.server.crypto.Signer;

/** What goes with each request of a browser that changes something, as a proof that a page of ours sent it: the name of the sign-in, signed. */
public final class CsrfTokens {

    private final Signer signer;

    public CsrfTokens(Signer signer) {
        this.signer = signer;
    }

    /** The token of the caller's sign-in. */
    public Secret of(Caller caller) {
        return new Secret(signer.sign(payload(caller)));
    }

    /** Whether a token is the one of the caller's sign-in. */
    public boolean isGood(String token, Caller caller) {
        return signer.verify(token)
                .filter(payload -> Arrays.equals(payload, payload(caller)))
                .isPresent();
    }

    private static byte[] payload(Caller caller) {
        return ("csrf " + caller.credential().id()).getBytes(StandardCharsets.UTF_8);
    }
}
