package symbolai.mcp.server.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static symbolai.mcp.server.tools.Workshop.get;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class LoopTest {

    @RepeatedTest(50)
    void workIsDoneOnTheLoopWhoeverAsks(Vertx vertx) {
        var loop = Loop.current(vertx);

        Future<Context> seen = loop.call(() -> Future.succeededFuture(Vertx.currentContext()));

        assertThat(get(seen)).isSameAs(loop.context());
    }

    @Test
    void whatTheWorkThrowsIsTheFailure(Vertx vertx) {
        Future<String> failing = Loop.current(vertx).call(() -> {
            throw new IllegalStateException("broken");
        });

        assertThatThrownBy(() -> get(failing)).hasMessage("broken");
    }
}
