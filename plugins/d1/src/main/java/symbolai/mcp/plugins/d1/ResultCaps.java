package symbolai.mcp.plugins.d1;

import io.vertx.core.json.JsonObject;

/** How much of each statement's answer is read. */
record ResultCaps(int rows, long bytes, int cellCharacters) {

    /** A statement without a LIMIT gives at most so many rows. */
    static final int ROWS_WITHOUT_LIMIT = 1000;

    /** Whatever its LIMIT, no statement gives more. */
    private static final int ROWS_WITH_LIMIT = 10_000;

    private static final int BYTES = 256 * 1024;
    private static final int CELL = 10_000;

    static ResultCaps forQuery(boolean limited) {
        return new ResultCaps(limited ? ROWS_WITH_LIMIT : ROWS_WITHOUT_LIMIT, BYTES, CELL);
    }

    /** All statements together stay within what one query may give. */
    static ResultCaps forBatch(int statements) {
        return new ResultCaps(ROWS_WITHOUT_LIMIT, BYTES / Math.max(1, statements), CELL);
    }

    /** A schema is read nearly whole: a cut one misleads. */
    static ResultCaps forSchema() {
        return new ResultCaps(20_000, 1024 * 1024, CELL);
    }

    JsonObject toJson() {
        return new JsonObject().put("rows", rows).put("bytes", bytes).put("cellCharacters", cellCharacters);
    }
}
