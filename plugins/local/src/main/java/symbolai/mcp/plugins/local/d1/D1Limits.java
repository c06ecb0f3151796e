package symbolai.mcp.plugins.local.d1;

import java.time.Duration;
import symbolai.mcp.api.SqliteLimits;

/** The limits that D1 has in the cloud, so that what works here works there. */
final class D1Limits {

    static final SqliteLimits SQLITE =
            new SqliteLimits(100_000, 100, 50, 100, 5, 100, 25_000, 2_000_000, 10, 10L << 30);

    /** A row of an export is one statement, and may be longer than a statement may be elsewhere. */
    static final SqliteLimits IMPORT =
            new SqliteLimits(8_000_000, 100, 50, 100, 5, 100, 25_000, 2_000_000, 10, 10L << 30);

    static final int IMPORT_CHARACTERS = 64 << 20;
    static final int IMPORT_STATEMENTS = 500_000;
    static final Duration BATCH = Duration.ofSeconds(30);

    private D1Limits() {}
}
