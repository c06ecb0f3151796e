package symbolai.mcp.server.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static symbolai.mcp.server.tools.Workshop.get;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(VertxExtension.class)
class RecorderTest {

    @Test
    void workThatDoesNotEvenBeginHasAnOutcome(Vertx vertx, @TempDir Path folder) {
        try (var shop = new Workshop(vertx, folder).open(Workshop.config())) {
            var recorder = new Recorder(shop.audit, new Slots(1));
            var call = CallRecord.of(new Target("tool", "test_it"), new JsonObject(), shop.requester());

            assertThatThrownBy(() -> get(recorder.recorded(call, () -> {
                        throw new IllegalStateException("on purpose");
                    })))
                    .isInstanceOf(InternalFailure.class);

            assertThat(shop.audited()).containsExactly("call.intent", "call.outcome internal");
        }
    }
}
