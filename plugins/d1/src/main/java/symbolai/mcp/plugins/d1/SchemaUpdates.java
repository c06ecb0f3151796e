package symbolai.mcp.plugins.d1;

import java.util.function.Consumer;

/** Tells those who subscribed to a schema that it has changed; it can be asked for by UUID and by name. */
final class SchemaUpdates {

    private final Consumer<String> resourceUpdated;

    SchemaUpdates(Consumer<String> resourceUpdated) {
        this.resourceUpdated = resourceUpdated;
    }

    void changed(D1Client client, String uuid) {
        client.find(uuid).onSuccess(this::changed);
    }

    void changed(D1Database database) {
        resourceUpdated.accept(D1Resources.schemaUri(database.uuid()));
        resourceUpdated.accept(D1Resources.schemaUri(database.name()));
    }
}
