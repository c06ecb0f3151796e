package symbolai.mcp.plugins.kv;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;

/** Some of the namespaces, and the number of the next page where there is one. */
record NamespacePage(List<Namespace> namespaces, Optional<Integer> nextPage) {

    NamespacePage {
        namespaces = List.copyOf(namespaces);
    }

    static NamespacePage from(JsonObject json) {
        var namespaces = json.getJsonArray("namespaces").stream()
                .map(JsonObject.class::cast)
                .map(Namespace::from)
                .toList();
        return new NamespacePage(namespaces, Optional.ofNullable(json.getInteger("nextPage")));
    }

    JsonObject toJson() {
        var list = new JsonArray();
        namespaces.stream().map(Namespace::toJson).forEach(list::add);
        var json = new JsonObject().put("namespaces", list).put("count", list.size());
        nextPage.ifPresent(next -> json.put("nextPage", next));
        return json;
    }
}
