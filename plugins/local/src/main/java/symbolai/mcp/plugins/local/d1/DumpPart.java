package symbolai.mcp.plugins.local.d1;

import io.vertx.core.Future;

/** A part of an export, in one piece or several. */
interface DumpPart {

    /** The next piece; may be empty. */
    Future<String> next();

    /** Whether there may be another piece. */
    boolean hasMore();

    /** A part that is known already. */
    static DumpPart of(String text) {
        return new DumpPart() {
            @Override
            public Future<String> next() {
                return Future.succeededFuture(text);
            }

            @Override
            public boolean hasMore() {
                return false;
            }
        };
    }
}
