package symbolai.mcp.plugins.local.workers;

import java.util.List;

/** The tables of Workers. */
final class WorkersTables {

    static final String FILE = "workers.sqlite";

    static final List<String> ALL = List.of(
            """
            CREATE TABLE IF NOT EXISTS workers (
              name TEXT PRIMARY KEY,
              id TEXT NOT NULL UNIQUE,
              created_at INTEGER NOT NULL,
              modified_at INTEGER NOT NULL,
              schedules TEXT NOT NULL
            ) STRICT""", """
            CREATE TABLE IF NOT EXISTS versions (
              id TEXT PRIMARY KEY,
              worker TEXT NOT NULL REFERENCES workers(name) ON DELETE CASCADE,
              number INTEGER NOT NULL,
              created_at INTEGER NOT NULL,
              message TEXT,
              main TEXT NOT NULL,
              settings TEXT NOT NULL,
              handlers TEXT NOT NULL,
              etag TEXT NOT NULL,
              UNIQUE (worker, number)
            ) STRICT""", """
            CREATE TABLE IF NOT EXISTS modules (
              version TEXT NOT NULL REFERENCES versions(id) ON DELETE CASCADE,
              position INTEGER NOT NULL,
              name TEXT NOT NULL,
              content_type TEXT NOT NULL,
              bytes INTEGER NOT NULL,
              body BLOB,
              PRIMARY KEY (version, position)
            ) STRICT""", """
            CREATE TABLE IF NOT EXISTS deployments (
              number INTEGER PRIMARY KEY AUTOINCREMENT,
              id TEXT NOT NULL,
              worker TEXT NOT NULL REFERENCES workers(name) ON DELETE CASCADE,
              version TEXT NOT NULL,
              created_at INTEGER NOT NULL,
              message TEXT
            ) STRICT""", "CREATE INDEX IF NOT EXISTS deployments_by_worker ON deployments(worker, number)");

    private WorkersTables() {}
}
