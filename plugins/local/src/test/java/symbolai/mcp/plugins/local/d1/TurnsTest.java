package symbolai.mcp.plugins.local.d1;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import symbolai.mcp.api.ToolException;

class TurnsTest {

    private final Turns turns = new Turns();
    private final List<String> begun = new ArrayList<>();
    private final Map<String, Promise<Void>> works = new HashMap<>();

    @Test
    void manyWriteTogetherAndOneAloneInTheOrderTheyCame() {
        turns.together("a", () -> work("first"));
        turns.together("a", () -> work("second"));
        turns.alone("a", () -> work("alone"));
        turns.together("a", () -> work("third"));
        turns.together("b", () -> work("other"));
        assertThat(begun).containsExactly("first", "second", "other");

        end("first");
        assertThat(begun).hasSize(3);
        end("second");
        assertThat(begun).endsWith("other", "alone");
        end("alone");
        assertThat(begun).endsWith("alone", "third");
    }

    @Test
    void theNextOneBeginsAfterAFailure() {
        turns.alone("a", () -> work("fails"));
        turns.alone("a", () -> {
            throw new IllegalStateException("broken");
        });
        turns.alone("a", () -> work("next"));

        works.get("fails").fail("on purpose");

        assertThat(begun).containsExactly("fails", "next");
    }

    @Test
    void notTooManyWait() {
        turns.alone("a", () -> work("first"));
        for (var count = 0; count < 256; count++) {
            turns.together("a", () -> work("waiting"));
        }

        var refused = turns.together("a", () -> work("refused"));
        end("first");

        assertThat(refused.cause())
                .isInstanceOfSatisfying(
                        ToolException.class,
                        failure -> assertThat(failure.reason()).isEqualTo(ToolException.Reason.UNAVAILABLE));
        assertThat(begun).hasSize(257).doesNotContain("refused");
    }

    private Future<Void> work(String name) {
        begun.add(name);
        return works.computeIfAbsent(name, made -> Promise.promise()).future();
    }

    private void end(String name) {
        works.get(name).complete();
    }
}
