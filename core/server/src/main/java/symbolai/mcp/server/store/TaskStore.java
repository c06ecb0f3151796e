package symbolai.mcp.server.store;

import io.vertx.core.Future;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Keeps tasks, so that they go on after a restart. */
public final class TaskStore {

    private final Database database;

    public TaskStore(Database database) {
        this.database = database;
    }

    /** Stores a task in place of the former one of this id. */
    public Future<Void> put(TaskRow task) {
        return database.update(
                        "INSERT INTO tasks (id, owner, tool, status, created, updated, expires, json)"
                                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
                                + " ON CONFLICT (id) DO UPDATE SET owner = excluded.owner, tool = excluded.tool,"
                                + " status = excluded.status, created = excluded.created, updated = excluded.updated,"
                                + " expires = excluded.expires, json = excluded.json",
                        task.id(),
                        task.owner(),
                        task.tool(),
                        task.status(),
                        task.created(),
                        task.updated(),
                        task.expires(),
                        task.json())
                .mapEmpty();
    }

    /** The task of an id. */
    public Future<Optional<TaskRow>> get(String id) {
        return database.read(
                connection -> Sql.first(connection, TaskStore::row, "SELECT * FROM tasks WHERE id = ?", id));
    }

    /** The tasks that have not come to an end, oldest first. */
    public Future<List<TaskRow>> unfinished() {
        return database.read(connection -> Sql.list(
                connection,
                TaskStore::row,
                "SELECT * FROM tasks WHERE LOWER(status) NOT IN ('completed', 'failed', 'cancelled')"
                        + " ORDER BY created, id"));
    }

    /** Removes a task; succeeds when there is none. */
    public Future<Void> remove(String id) {
        return database.update("DELETE FROM tasks WHERE id = ?", id).mapEmpty();
    }

    /** Removes the tasks whose time is over; tells how many. */
    public Future<Integer> removeExpired(Instant now) {
        return database.update("DELETE FROM tasks WHERE expires <= ?", now.toEpochMilli());
    }

    private static TaskRow row(ResultSet row) throws SQLException {
        return new TaskRow(
                row.getString("id"),
                row.getString("owner"),
                row.getString("tool"),
                row.getString("status"),
                row.getLong("created"),
                row.getLong("updated"),
                row.getLong("expires"),
                row.getString("json"));
    }
}
