package symbolai.mcp.server.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static symbolai.mcp.server.tools.Workshop.get;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.nio.file.Path;
import java.time.Clock;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import symbolai.mcp.server.policy.Policy;
import symbolai.mcp.server.policy.PolicyBook;
import symbolai.mcp.server.policy.RuleReader;
import symbolai.mcp.server.store.PolicyStore;

@ExtendWith(VertxExtension.class)
class PolicyChangesTest {

    @Test
    void aChangeThatDidNotHappenIsRecordedAsOne(Vertx vertx, @TempDir Path folder) {
        var shop = new Workshop(vertx, folder).open(Workshop.config());
        var book = new PolicyBook(
                vertx, new PolicyStore(shop.database), new Policy(Workshop.config()), shop.audit, Clock.systemUTC());

        var changes = IntStream.range(0, 5)
                .mapToObj(number -> book.add(
                        Workshop.ADMIN,
                        RuleReader.read(new JsonObject().put("id", "r" + number).put("effect", "deny")),
                        -1))
                .toList();
        get(Future.join(changes).otherwiseEmpty());

        var failed = changes.stream().filter(Future::failed).count();
        assertThat(failed).isPositive();
        assertThat(shop.records().stream().filter(record -> "failed".equals(record.getString("outcome"))))
                .hasSize((int) failed)
                .allMatch(record -> record.getString("event").equals("policy.changed"));
        shop.close();
    }
}
