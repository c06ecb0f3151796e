package symbolai.mcp.server.connections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static symbolai.mcp.server.connections.VaultHouse.ADA;
import static symbolai.mcp.server.connections.VaultHouse.BOB;
import static symbolai.mcp.server.connections.VaultHouse.get;

import io.vertx.core.Future;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import symbolai.mcp.api.Caller;
import symbolai.mcp.server.connections.StateRefused.Why;

class ConnectStatesTest {

    @TempDir
    Path folder;

    private VaultHouse house;

    @BeforeEach
    void open() {
        house = new VaultHouse(folder).open();
    }

    @AfterEach
    void close() {
        house.close();
    }

    private String issue() {
        return house.states.issue(ADA, "cloudflare", "main");
    }

    private Why refused(Caller caller, String state) {
        return catchThrowableOfType(StateRefused.class, () -> get(house.states.redeem(caller, state)))
                .why();
    }

    @Test
    void aStateIsGoodOnce() {
        var state = issue();

        assertThat(get(house.states.redeem(ADA, state))).isEqualTo(new ConnectRequest("cloudflare", "main"));
        assertThat(refused(ADA, state)).isEqualTo(Why.USED);
    }

    @Test
    void aUsedStateStaysUsedAfterARestart() {
        var used = issue();
        var fresh = issue();
        get(house.states.redeem(ADA, used));

        house.reopen();

        assertThat(refused(ADA, used)).isEqualTo(Why.USED);
        get(house.states.redeem(ADA, fresh));
    }

    @Test
    void ofManyAtOnceOneIsTheFirst() {
        var state = issue();

        var all = IntStream.range(0, 100)
                .mapToObj(i -> house.states.redeem(ADA, state))
                .toList();

        get(Future.join(all).otherwiseEmpty());
        assertThat(all.stream().filter(Future::succeeded)).hasSize(1);
    }

    @Test
    void aStateExpires() {
        var state = issue();
        house.clock.advance(ConnectStates.LIFE.minus(Duration.ofMillis(1)));
        get(house.states.redeem(ADA, state));
        var other = issue();
        house.clock.advance(ConnectStates.LIFE);

        assertThat(refused(ADA, other)).isEqualTo(Why.EXPIRED);
        assertThat(refused(ADA, state)).isEqualTo(Why.EXPIRED);
    }

    @Test
    void aStateIsForOneUser() {
        var state = issue();

        assertThat(refused(BOB, state)).isEqualTo(Why.INVALID);
        get(house.states.redeem(ADA, state));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "x", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "{}", "\u0000"})
    void nonsenseIsInvalid(String state) {
        assertThat(refused(ADA, state)).isEqualTo(Why.INVALID);
    }

    @Test
    void noChangedCharacterIsAccepted() {
        var state = issue();

        IntStream.range(0, state.length()).forEach(i -> {
            var changed = state.substring(0, i) + (state.charAt(i) == 'A' ? 'B' : 'A') + state.substring(i + 1);
            assertThat(refused(ADA, changed)).isEqualTo(Why.INVALID);
        });
    }
}
