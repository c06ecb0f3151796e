package symbolai.mcp.plugins.local.kv;

import java.util.ArrayList;
import java.util.List;
import symbolai.mcp.plugins.local.store.Blobs;

/** The tables of KV. Keys are blobs, so that they sort by their UTF-8 bytes. */
final class KvTables {

    static final String FILE = "kv.sqlite";
    static final String ENTRIES = "kv_entries";

    private static final List<String> OWN = List.of(
            "CREATE TABLE IF NOT EXISTS kv_namespaces (id TEXT PRIMARY KEY, title TEXT NOT NULL UNIQUE) STRICT",
            """
            CREATE TABLE IF NOT EXISTS kv_entries (
              namespace TEXT NOT NULL REFERENCES kv_namespaces(id) ON DELETE CASCADE,
              key BLOB NOT NULL,
              bytes INTEGER NOT NULL,
              body BLOB,
              file TEXT,
              expires INTEGER,
              metadata TEXT,
              PRIMARY KEY (namespace, key)
            ) STRICT""",
            "CREATE INDEX IF NOT EXISTS kv_expiry ON kv_entries(expires) WHERE expires IS NOT NULL");

    private KvTables() {}

    static List<String> all() {
        var tables = new ArrayList<>(OWN);
        tables.addAll(Blobs.tables(ENTRIES));
        return tables;
    }
}
