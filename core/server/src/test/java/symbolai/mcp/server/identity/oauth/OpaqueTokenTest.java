package symbolai.mcp.server.identity.oauth;

import java.security.SecureRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import symbolai.mcp.server.FairCoins;

class OpaqueTokenTest {

    private final SecureRandom random = new SecureRandom();

    @ParameterizedTest
    @EnumSource
    void row3TokensLookRandom(OpaqueToken.Kind kind) {
        FairCoins.assertRandom(() -> FairCoins.ofBase62(
                OpaqueToken.random(kind, random).text().reveal().substring(6, 49)));
    }
}
