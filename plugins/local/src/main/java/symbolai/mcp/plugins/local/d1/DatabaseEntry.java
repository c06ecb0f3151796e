package symbolai.mcp.plugins.local.d1;

import java.time.Instant;

/** A database as the catalog knows it. */
record DatabaseEntry(String uuid, String name, Instant createdAt) {}
