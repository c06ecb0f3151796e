package symbolai.mcp.server.tools;

import java.util.Base64;
import org.junit.jupiter.api.Test;
import symbolai.mcp.server.FairCoins;

class RandomIdTest {

    @Test
    void row3IdsOfTasksLookRandom() {
        FairCoins.assertRandom(() -> Base64.getUrlDecoder().decode(RandomId.ofBits(256)));
    }
}
