package symbolai.mcp.plugins.d1;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;

/** Some of the databases, and the number of the next page where there is one. */
record D1Page(List<D1Database> databases, Optional<Integer> nextPage) {

    D1Page {
        databases = List.copyOf(databases);
    }

    static D1Page from(JsonObject json) {
        var databases = json.getJsonArray("databases").stream()
                .map(JsonObject.class::cast)
                .map(D1Database::from)
                .toList();
        return new D1Page(databases, Optional.ofNullable(json.getInteger("nextPage")));
    }
}
