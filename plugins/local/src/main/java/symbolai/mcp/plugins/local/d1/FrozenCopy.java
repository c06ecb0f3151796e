package symbolai.mcp.plugins.local.d1;

import symbolai.mcp.api.FamilyContext;
import symbolai.mcp.api.Sqlite;

/**
 * A copy of a database that nobody changes.
 *
 * @param sqlite the open copy
 */
record FrozenCopy(FamilyContext context, Sqlite sqlite, DatabaseFiles files, String id) {

    /** Closes and removes the copy. */
    void close() {
        sqlite.close()
                .compose(closed -> context.blocking(() -> files.delete(id)))
                .onFailure(this::tell);
    }

    private void tell(Throwable failure) {
        context.logger().atWarn().setCause(failure).log("a copy of a database could not be removed");
    }
}
