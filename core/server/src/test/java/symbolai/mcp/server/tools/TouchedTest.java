package symbolai.mcp.server.tools;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import symbolai.mcp.api.Cancellation;
import symbolai.mcp.api.Deadline;
import symbolai.mcp.api.Operation;
import symbolai.mcp.server.policy.Caps;
import symbolai.mcp.server.policy.Decision;

class TouchedTest {

    @Test
    void whatATaskNamedIsStillKnownAfterARestart() {
        var before = new Touched();
        before.saw("acc-1", operation("d1.query", "databaseId", "db-1"), allowed(), true);
        before.saw("acc-1", operation("kv.get", "namespaceId", "a name with blanks"), allowed(), true);

        var after = Touched.of(new JsonObject(before.json().encode()));
        after.saw("acc-2", operation("d1.query", "databaseId", "db-2"), allowed(), true);

        assertThat(after.in(new JsonObject()))
                .isEqualTo(new JsonObject()
                        .put("account", "acc-1 acc-2")
                        .put("database", "db-1 db-2")
                        .put("resource", "a name with blanks"));
    }

    private static Operation operation(String name, String field, String value) {
        return new Operation(
                name,
                new JsonObject().put(field, value),
                Operation.Access.READ,
                Deadline.after(Duration.ofSeconds(5)),
                Cancellation.NEVER);
    }

    private static Decision allowed() {
        return Decision.allowed("test", Caps.NONE);
    }
}
