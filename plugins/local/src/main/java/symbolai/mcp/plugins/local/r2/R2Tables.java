package symbolai.mcp.plugins.local.r2;

import java.util.ArrayList;
import java.util.List;
import symbolai.mcp.plugins.local.store.Blobs;

/** The tables of R2. Keys are blobs, so that they sort by their UTF-8 bytes. */
final class R2Tables {

    static final String FILE = "r2.sqlite";
    static final String OBJECTS = "r2_objects";

    private static final List<String> OWN = List.of("""
            CREATE TABLE IF NOT EXISTS r2_buckets (
              id INTEGER PRIMARY KEY AUTOINCREMENT,
              jurisdiction TEXT NOT NULL,
              name TEXT NOT NULL,
              created_at INTEGER NOT NULL,
              location TEXT NOT NULL,
              storage_class TEXT NOT NULL,
              UNIQUE (jurisdiction, name)
            ) STRICT""", """
            CREATE TABLE IF NOT EXISTS r2_objects (
              bucket INTEGER NOT NULL REFERENCES r2_buckets(id),
              key BLOB NOT NULL,
              size INTEGER NOT NULL,
              etag TEXT NOT NULL,
              uploaded_at INTEGER NOT NULL,
              content_type TEXT,
              metadata TEXT NOT NULL,
              storage_class TEXT NOT NULL,
              body BLOB,
              file TEXT,
              PRIMARY KEY (bucket, key)
            ) STRICT""");

    private R2Tables() {}

    static List<String> all() {
        var tables = new ArrayList<>(OWN);
        tables.addAll(Blobs.tables(OBJECTS));
        return tables;
    }
}
