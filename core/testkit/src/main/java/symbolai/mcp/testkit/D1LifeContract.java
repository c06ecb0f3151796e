package symbolai.mcp.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import symbolai.mcp.api.Connection;
import symbolai.mcp.api.ToolException.Reason;

/** What every backend that makes D1 databases promises about their lives. */
final class D1LifeContract {

    private final Asking asking;

    D1LifeContract(Connection connection) {
        this.asking = new Asking(connection);
    }

    Stream<DynamicTest> tests() {
        return Stream.of(
                dynamicTest("a database is made, listed, got and deleted", this::life),
                dynamicTest("a name is taken only once", this::namesAreUnique),
                dynamicTest("long lists come in pages", this::pages));
    }

    private void life() {
        var before = Instant.now().minusSeconds(5);
        var name = Asking.fresh("life");

        var made = asking.write("d1.create", named(name));
        var id = made.getString("uuid");

        assertThat(made.getString("name")).isEqualTo(name);
        assertThat(Instant.parse(made.getString("createdAt"))).isAfter(before);
        assertThat(asking.read("d1.get", at(id)).getString("name")).isEqualTo(name);
        var listed = asking.read("d1.list", named(name)).getJsonArray("databases");
        assertThat(listed.getJsonObject(0).getString("uuid")).isEqualTo(id);
        asking.write("d1.delete", at(id));
        assertThat(asking.refusedRead("d1.get", at(id))).isEqualTo(Reason.NOT_FOUND);
        assertThat(asking.refusedRead(
                        "d1.query",
                        D1Contract.query(1000, statement("SELECT 1")).put("databaseId", id)))
                .isEqualTo(Reason.NOT_FOUND);
        assertThat(asking.refusedWrite("d1.delete", at(id))).isEqualTo(Reason.NOT_FOUND);
    }

    private void namesAreUnique() {
        var name = Asking.fresh("unique");
        asking.write("d1.create", named(name));

        assertThat(asking.refusedWrite("d1.create", named(name))).isEqualTo(Reason.CONFLICT);
    }

    private void pages() {
        var mark = Asking.fresh("page");
        for (var index = 0; index < 3; index++) {
            asking.write("d1.create", named(mark + "-" + index));
        }
        var list = named(mark).put("perPage", 2);

        var first = asking.read("d1.list", list.copy());
        var second = asking.read("d1.list", list.copy().put("page", 2));
        var third = asking.read("d1.list", list.copy().put("page", 3));

        assertThat(first.getJsonArray("databases")).hasSize(2);
        assertThat(first.getInteger("nextPage")).isEqualTo(2);
        assertThat(second.getJsonArray("databases")).hasSize(1);
        assertThat(second.containsKey("nextPage")).isFalse();
        assertThat(third.getJsonArray("databases")).isEmpty();
    }

    private static JsonObject named(String name) {
        return new JsonObject().put("name", name);
    }

    private static JsonObject at(String id) {
        return new JsonObject().put("databaseId", id);
    }

    private static JsonObject statement(String sql) {
        return new JsonObject().put("sql", sql);
    }
}
