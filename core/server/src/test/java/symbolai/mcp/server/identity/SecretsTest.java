package symbolai.mcp.server.identity;

import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import symbolai.mcp.server.FairCoins;

/** Security row 3: what a browser or a program shows to be known again cannot be guessed. */
class SecretsTest {

    private final SecureRandom random = new SecureRandom();

    @Test
    void row3CookiesLookRandom() {
        FairCoins.assertRandom(
                () -> FairCoins.ofBase62(SignInCookie.random(random).text().reveal()));
    }

    @Test
    void row3KeysLookRandom() {
        FairCoins.assertRandom(
                () -> FairCoins.ofBase62(ApiKey.random(random).text().reveal().substring(18, 61)));
    }
}
