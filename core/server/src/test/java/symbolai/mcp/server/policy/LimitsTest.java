package symbolai.mcp.server.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import symbolai.mcp.api.Caller;
import symbolai.mcp.api.Credential;
import symbolai.mcp.api.Role;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.server.config.LimitsConfig;

class LimitsTest {

    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    private long nanos = -5;

    @Test
    void aMinuteHasSoManyCallsAndTheyComeBackEvenly() {
        var limits = limits(new LimitsConfig(60, 0, 0, Map.of(), List.of()));
        take(limits, 60, key("u1", "k1"));

        assertThatThrownBy(() -> take(limits, 1, key("u1", "k1")))
                .isInstanceOfSatisfying(
                        ToolException.class,
                        refused -> assertThat(refused.retryAt()).isEqualTo(Optional.of(NOW.plusSeconds(1))));
        pass(Duration.ofMillis(999));
        assertThatThrownBy(() -> take(limits, 1, key("u1", "k1"))).isInstanceOf(ToolException.class);
        pass(Duration.ofMillis(1));
        take(limits, 1, key("u1", "k1"));
        assertThatThrownBy(() -> take(limits, 1, key("u1", "k1"))).isInstanceOf(ToolException.class);
        pass(Duration.ofHours(1));
        take(limits, 60, key("u1", "k1"));
        assertThatThrownBy(() -> take(limits, 1, key("u1", "k1"))).isInstanceOf(ToolException.class);
    }

    @Test
    void whoCameBackAfterALongTimeHasAWholeMinute() {
        for (int days : new int[] {1, 7, 30, 365}) {
            for (int rate : new int[] {100, 10_000, 1_000_000}) {
                var limits = limits(new LimitsConfig(rate, 0, 0, Map.of(), List.of()));
                take(limits, 100, key("u1", "k1"));
                pass(Duration.ofDays(days));

                take(limits, 100, key("u1", "k1"));
            }
        }
    }

    @Test
    void theUserIsLimitedWhicheverKeyIsShownAndOtherUsersAreNot() {
        var limits = limits(new LimitsConfig(2, 0, 0, Map.of(), List.of()));
        take(limits, 1, key("u1", "k1"));
        take(limits, 1, key("u1", "k2"));

        assertThatThrownBy(() -> take(limits, 1, key("u1", "k3"))).hasMessageStartingWith("you may make 2 calls");
        take(limits, 2, key("u2", "k4"));
    }

    @Test
    void aKeyIsLimitedAndWhatItIsRefusedDoesNotCountForTheUser() {
        var limits = limits(new LimitsConfig(3, 1, 0, Map.of(), List.of()));
        take(limits, 1, key("u1", "k1"));
        for (int i = 0; i < 10; i++) {
            assertThatThrownBy(() -> take(limits, 1, key("u1", "k1")))
                    .hasMessageStartingWith("your API key may make 1 calls");
        }

        take(limits, 1, key("u1", "k2"));
        take(limits, 1, key("u1", "k3"));
    }

    @Test
    void theToolsOfAGlobAreLimitedTogetherForEachUserAlone() {
        var limits = limits(new LimitsConfig(0, 0, 0, Map.of("d1_*", 2, "d1_export", 1), List.of()));
        limits.take(key("u1", "k1"), "d1_export").close();

        assertThatThrownBy(() -> limits.take(key("u1", "k2"), "d1_export"))
                .hasMessageStartingWith("of the tools d1_export you may make 1 calls a minute");
        limits.take(key("u1", "k2"), "d1_query").close();
        assertThatThrownBy(() -> limits.take(key("u1", "k2"), "d1_list_databases"))
                .hasMessageStartingWith("of the tools d1_* you may make 2 calls a minute");
        limits.take(key("u1", "k1"), "kv_get").close();
        limits.take(key("u2", "k3"), "d1_export").close();
    }

    @Test
    void localCallersAreNotLimited() {
        var limits = limits(new LimitsConfig(1, 1, 1, Map.of("*", 1), List.of()));

        take(limits, 500, Caller.local("local", "local", Role.ADMIN));
    }

    @Test
    void whoHasBeenIdleIsForgotten() {
        var limits = limits(new LimitsConfig(10, 10, 5, Map.of("*", 10), List.of()));
        for (int i = 0; i < 20_000; i++) {
            pass(Duration.ofMillis(10));
            limits.take(key("u" + i, "k" + i), "tool").close();
        }

        assertThat(limits.remembered()).isLessThan(10_000);
    }

    private Limits limits(LimitsConfig config) {
        return new Limits(config, Clock.fixed(NOW, ZoneOffset.UTC), () -> nanos);
    }

    private void pass(Duration time) {
        nanos += time.toNanos();
    }

    private static void take(Limits limits, int count, Caller caller) {
        for (int i = 0; i < count; i++) {
            limits.take(caller, "tool").close();
        }
    }

    @Test
    void aPermitThatIsClosedTwiceEndsOneCall() {
        var limits = limits(new LimitsConfig(0, 0, 2, Map.of(), List.of()));
        var first = limits.take(key("u1", "k1"), "d1_query");
        limits.take(key("u1", "k1"), "d1_query");

        first.close();
        first.close();

        limits.take(key("u1", "k1"), "d1_query");
        assertThatThrownBy(() -> limits.take(key("u1", "k1"), "d1_query"))
                .hasMessageStartingWith("you have 2 calls under way");
    }

    @Test
    void whatIsNoCallCountsAmongWhatIsUnderWayAlone() {
        var limits = limits(new LimitsConfig(1, 0, 2, Map.of(), List.of()));
        limits.enter(key("u1", "k1"));
        var second = limits.enter(key("u1", "k1"));

        assertThatThrownBy(() -> limits.enter(key("u1", "k1"))).hasMessageStartingWith("you have 2 calls under way");
        second.close();
        limits.take(key("u1", "k1"), "d1_query");
    }

    private static Caller key(String user, String key) {
        return new Caller(user, user, Role.OPERATOR, Credential.key(key, List.of(), false), "127.0.0.1");
    }
}
