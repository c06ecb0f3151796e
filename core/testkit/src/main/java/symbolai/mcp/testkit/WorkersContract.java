package symbolai.mcp.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import symbolai.mcp.api.Connection;
import symbolai.mcp.api.ToolException.Reason;

/**
 * What every backend that keeps Workers promises about them, their builds and their events; each backend's own test runs these against a
 * connection to it. Builds and events are read only, from an account that has some.
 */
public final class WorkersContract {

    private static final String CODE = "export default { fetch: () => new Response('%s') };\n";

    private final Asking asking;

    public WorkersContract(Connection connection) {
        this.asking = new Asking(connection);
    }

    /** The tests; each makes the Workers that it needs. */
    public Stream<DynamicTest> tests() {
        var everywhere = Stream.of(
                dynamicTest("workers: the life of a Worker", this::lifeOfAWorker),
                dynamicTest("workers: an older version is deployed again", this::rollback),
                dynamicTest("workers: what is not there is not found", this::missing),
                dynamicTest("observability: events are found and counted", this::events));
        return asking.can("builds.list")
                ? Stream.concat(everywhere, Stream.of(dynamicTest("builds: are listed, got and read", this::builds)))
                : everywhere;
    }

    private void lifeOfAWorker() {
        var name = Asking.fresh("life");

        var made = deploy(name, "one");

        assertThat(made.getString("name")).isEqualTo(name);
        var found = asking.read("workers.get", at(name));
        assertThat(found.getString("id")).isEqualTo(made.getString("id"));
        assertThat(asking.read("workers.list", new JsonObject()).getJsonArray("workers").stream()
                        .map(worker -> ((JsonObject) worker).getString("name")))
                .contains(name);
        var code = asking.read("workers.code", at(name).put("maxBytes", 100_000));
        assertThat(code.getJsonArray("modules").getJsonObject(0).getString("text"))
                .isEqualTo(CODE.formatted("one"));
        assertThat(code.getString("mainModule")).isEqualTo("index.mjs");
        var settings = asking.read("workers.settings", at(name));
        assertThat(settings.getString("compatibilityDate")).isEqualTo("2026-01-01");
        assertThat(settings.getJsonArray("bindings").getJsonObject(0).getString("name"))
                .isEqualTo("GREETING");
        assertThat(asking.read("workers.secrets", at(name)).getJsonArray("secrets"))
                .isEmpty();
        assertThat(asking.read("workers.schedules", at(name)).getJsonArray("schedules"))
                .isEmpty();
        asking.write("workers.delete", at(name));
        assertThat(asking.refusedRead("workers.get", at(name))).isEqualTo(Reason.NOT_FOUND);
        assertThat(asking.refusedWrite("workers.delete", at(name))).isEqualTo(Reason.NOT_FOUND);
    }

    private void rollback() {
        var name = Asking.fresh("rollback");
        deploy(name, "one");
        deploy(name, "two");

        var versions = asking.read("workers.versions", at(name)).getJsonArray("versions");
        var older = versions.getJsonObject(1).getString("id");
        var back = asking.write(
                "workers.rollback", at(name).put("versionId", older).put("message", "back"));
        var deployments = asking.read("workers.deployments", at(name)).getJsonArray("deployments");

        assertThat(versions).hasSize(2);
        assertThat(back.getJsonArray("versions").getJsonObject(0).getString("versionId"))
                .isEqualTo(older);
        assertThat(deployments).hasSize(3);
        assertThat(deployments.getJsonObject(0).getString("message")).isEqualTo("back");
        assertThat(asking.read("workers.code", at(name).put("maxBytes", 100_000))
                        .getJsonArray("modules")
                        .getJsonObject(0)
                        .getString("text"))
                .isEqualTo(CODE.formatted("one"));
    }

    private void missing() {
        var nobody = at("no-such-worker");

        for (var operation :
                new String[] {"workers.get", "workers.settings", "workers.deployments", "workers.versions"}) {
            assertThat(asking.refusedRead(operation, nobody)).as(operation).isEqualTo(Reason.NOT_FOUND);
        }
    }

    private void builds() {
        assertThat(asking.refusedRead("builds.get", new JsonObject().put("id", "no-such-build")))
                .isEqualTo(Reason.NOT_FOUND);
        var builds = asking.read("builds.list", new JsonObject()).getJsonArray("builds");
        var build = builds.getJsonObject(0);
        var got = asking.read("builds.get", id(build));
        var logs = asking.read("builds.logs", id(build).put("limit", 2));
        var ofWorker = asking.read(
                "builds.list",
                new JsonObject().put("worker", build.getString("worker")).put("perPage", 2));

        assertThat(got.getString("status")).isEqualTo(build.getString("status"));
        assertThat(got.getString("worker")).isEqualTo(build.getString("worker"));
        assertThat(got.getString("createdAt")).isEqualTo(build.getString("createdAt"));
        assertThat(logs.getJsonArray("lines").size()).isBetween(1, 2);
        assertThat(ofWorker.getJsonArray("builds").getJsonObject(0).getString("id"))
                .isEqualTo(build.getString("id"));
    }

    private void events() {
        var to = Instant.now();
        var frame = new JsonObject()
                .put("from", to.minus(6, ChronoUnit.DAYS).toString())
                .put("to", to.toString());

        var events = asking.read("observability.events", frame.copy().put("limit", 3))
                .getJsonArray("events");
        var count = asking.read("observability.calculate", frame.copy().put("calculation", "count"))
                .getJsonArray("groups");
        var keys = asking.read("observability.keys", frame.copy()).getJsonArray("keys");
        var values = asking.read(
                        "observability.values",
                        frame.copy().put("key", "$metadata.service").put("type", "string"))
                .getJsonArray("values");
        var filter = new JsonObject()
                .put("key", "$metadata.service")
                .put("operation", "eq")
                .put("value", values.getString(0));
        var filtered = asking.read(
                "observability.events", frame.copy().put("limit", 3).put("filters", new JsonArray().add(filter)));

        assertThat(events).hasSize(3);
        assertThat(events.getJsonObject(0).getString("at"))
                .isGreaterThanOrEqualTo(events.getJsonObject(1).getString("at"));
        assertThat(count.getJsonObject(0).getDouble("value")).isGreaterThanOrEqualTo(3);
        assertThat(keys.stream().map(key -> ((JsonObject) key).getString("key")))
                .contains("$metadata.service");
        assertThat(filtered.getJsonArray("events").getJsonObject(0).getString("worker"))
                .isEqualTo(values.getString(0));
    }

    private JsonObject deploy(String name, String text) {
        var module = new JsonObject()
                .put("name", "index.mjs")
                .put("contentType", "application/javascript+module")
                .put("text", CODE.formatted(text));
        var binding = new JsonObject()
                .put("name", "GREETING")
                .put("type", "plain_text")
                .put("text", "hello");
        return asking.write(
                "workers.deploy",
                at(name).put("modules", new JsonArray().add(module))
                        .put("mainModule", "index.mjs")
                        .put("compatibilityDate", "2026-01-01")
                        .put("bindings", new JsonArray().add(binding)));
    }

    private static JsonObject at(String name) {
        return new JsonObject().put("name", name);
    }

    private static JsonObject id(JsonObject build) {
        return new JsonObject().put("id", build.getString("id"));
    }
}
