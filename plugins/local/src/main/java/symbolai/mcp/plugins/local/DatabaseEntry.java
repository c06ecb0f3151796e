package symbolai.mcp.plugins.local;

import java.time.Instant;

/** A database as the catalog knows it. */
record DatabaseEntry(String uuid, String name, Instant createdAt) {}
