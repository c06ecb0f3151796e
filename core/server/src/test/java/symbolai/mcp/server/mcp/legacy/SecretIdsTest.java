package symbolai.mcp.server.mcp.legacy;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Base64;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import symbolai.mcp.server.FairCoins;
import symbolai.mcp.server.crypto.MasterKey;
import symbolai.mcp.server.mcp.McpHouse;
import symbolai.mcp.server.mcp.ProtocolVersion;

/** Security row 3: ids that open something cannot be guessed; and row 28: what nobody comes back to costs nothing. */
class SecretIdsTest {

    private static final int COUNT = FairCoins.COUNT;
    private static final int VANISHING = Boolean.getBoolean("long") ? 100_000 : 5_000;
    private static final LegacyClient CLIENT = new LegacyClient(ProtocolVersion.V2025_11_25, Set.of(), "test");

    @TempDir
    static Path folder;

    static Stream<Arguments> sources() {
        var random = new SecureRandom();
        var nonces = new Nonces(random);
        var ids = ids();
        return Stream.of(
                Arguments.of("streams of 2024", (Supplier<String>) nonces::secret),
                Arguments.of("sessions of 2025", (Supplier<String>)
                        () -> ids.read(ids.mint(CLIENT, McpHouse.caller("ada")), McpHouse.caller("ada"))
                                .orElseThrow()
                                .id()));
    }

    /** Who shows one wrong id after the other is told to wait; others, and the caller's own sessions, are not. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void row3GuessesAreLimited(boolean onStreams, @TempDir Path own) {
        var house = new McpHouse(own);
        var honest = FakeClient.begun(house, "2025-06-18", "{}");
        var guessing = new FakeClient(house, McpHouse.caller("ada"));
        for (int i = 0; i < WrongIds.MOST; i++) {
            assertThat(guess(guessing, onStreams, i).status()).isEqualTo(404);
        }

        var refused = guess(guessing, onStreams, WrongIds.MOST);

        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.headers).containsEntry("Retry-After", "60");
        assertThat(guess(new FakeClient(house, McpHouse.caller("eve")), onStreams, 0)
                        .status())
                .isEqualTo(404);
        assertThat(honest.send("ping", new JsonObject()).status()).isEqualTo(200);
        house.clock.advance(WrongIds.WINDOW);
        assertThat(guess(guessing, onStreams, 0).status()).isEqualTo(404);
        house.close();
    }

    private static FakeReply guess(FakeClient client, boolean onStreams, int number) {
        if (onStreams) {
            client.sendTo("guess-" + number);
        } else {
            client.with("Mcp-Session-Id", "guess-" + number);
        }
        return client.send("ping", new JsonObject());
    }

    @Test
    void row3WhatIsRememberedOfGuessesIsBounded() {
        var ids = new WrongIds(Clock.systemUTC());
        for (int i = 0; i < 3 * WrongIds.MOST_REMEMBERED; i++) {
            ids.refusal(McpHouse.caller("caller-" + i), false);
        }

        assertThat(ids.remembered()).isEqualTo(WrongIds.MOST_REMEMBERED + 1);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("sources")
    void row3IdsAreUniqueAndLookRandom(String what, Supplier<String> source) {
        FairCoins.assertRandom(() -> Base64.getUrlDecoder().decode(source.get()));
    }

    @Test
    void row3GuessesOpenNothing() {
        var ids = ids();
        var random = new SecureRandom();
        var real = ids.mint(CLIENT, McpHouse.caller("ada"));
        for (int i = 0; i < COUNT; i++) {
            var guess = new byte[48];
            random.nextBytes(guess);
            var text = Base64.getUrlEncoder().withoutPadding().encodeToString(guess);

            assertThat(ids.read(text, McpHouse.caller("ada"))).isEmpty();
            assertThat(ids.read(real.substring(0, real.length() - 43) + text.substring(0, 43), McpHouse.caller("ada")))
                    .isEmpty();
        }
    }

    @Test
    void row28SessionsThatNobodyComesBackToTakeNoMemory() {
        var house = new McpHouse(folder);
        var client = new FakeClient(house, McpHouse.caller("ada"));
        for (int i = 0; i < COUNT / 10; i++) {
            client.without("Mcp-Session-Id").begin("2025-11-25", "{}");
        }

        assertThat(house.legacy.inMemory()).isZero();
        house.close();
    }

    /** Clients that begin, shake hands to the end, and are never seen again; and one that goes on in between. */
    @Test
    void row28WhatAClientLeavesBehindIsForgotten(@TempDir Path own) {
        var house = new McpHouse(own);
        var loyal = FakeClient.begun(house, "2025-06-18", "{}");
        vanish(house, VANISHING / 10);
        forget(house, loyal);
        var before = heap();

        vanish(house, VANISHING);
        assertThat(house.legacy.inMemory()).isBetween(Math.min(VANISHING, 20_000), 20_100);
        forget(house, loyal);

        assertThat(loyal.send("ping", new JsonObject()).status()).isEqualTo(200);
        assertThat(house.legacy.inMemory()).isEqualTo(1);
        assertThat(heap()).isLessThan(before + before / 20);
        house.close();
    }

    private static void vanish(McpHouse house, int count) {
        for (int i = 0; i < count; i++) {
            FakeClient.begun(house, i % 2 == 0 ? "2025-11-25" : "2025-03-26", "{}");
            if (i % 100 == 0) {
                assertThat(new FakeClient(house, McpHouse.caller("eve-" + i))
                                .get()
                                .status())
                        .isEqualTo(200);
            }
        }
    }

    /** The time passes after which nothing is kept of who did not come back. */
    private static void forget(McpHouse house, FakeClient loyal) {
        house.clock.advance(StreamableSessions.IDLE.plusSeconds(1));
        loyal.send("ping", new JsonObject()).status();
        house.legacy.tick();
    }

    private static long heap() {
        for (int i = 0; i < 4; i++) {
            System.gc();
        }
        var runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    private static SessionIds ids() {
        return new SessionIds(key().signer("session-id"), Clock.systemUTC(), new SecureRandom());
    }

    private static MasterKey key() {
        return MasterKey.of(new byte[MasterKey.LENGTH]);
    }
}
