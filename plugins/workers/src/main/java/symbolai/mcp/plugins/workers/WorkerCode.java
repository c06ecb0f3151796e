package symbolai.mcp.plugins.workers;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;

/** The modules of a Worker, the main one first; truncated where there were too many bytes to read them all. */
record WorkerCode(List<WorkerModule> modules, Optional<String> mainModule, boolean truncated) {

    static final WorkerCode NONE = new WorkerCode(List.of(), Optional.empty(), false);

    WorkerCode {
        modules = List.copyOf(modules);
    }

    static WorkerCode from(JsonObject json) {
        var modules = json.getJsonArray("modules").stream()
                .map(JsonObject.class::cast)
                .map(WorkerModule::from)
                .toList();
        return new WorkerCode(
                modules, Optional.ofNullable(json.getString("mainModule")), json.getBoolean("truncated", false));
    }

    Optional<WorkerModule> module(String name) {
        return modules.stream().filter(module -> module.name().equals(name)).findFirst();
    }

    /** The module that runs first. */
    Optional<WorkerModule> main() {
        return mainModule.flatMap(this::module).or(() -> modules.stream().findFirst());
    }
}
