package symbolai.mcp.server.store;

import io.vertx.core.Future;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Finds what was sealed with older keys, and keeps the value by which the right key is known. */
public final class SealStore {

    private static final String OLDER = "substr(sealed, 1, ?) <> ?";

    private final Database database;

    public SealStore(Database database) {
        this.database = database;
    }

    /**
     * What one step of sealing anew has done.
     *
     * @param last the id of the last row that was looked at, from which the next step goes on; empty when there was none
     * @param resealed how many rows were sealed anew
     * @param damaged the ids of rows that cannot be opened
     */
    public record Step(Optional<String> last, int resealed, List<String> damaged) {

        public Step {
            damaged = List.copyOf(damaged);
        }
    }

    /** The value by which the right key is known; the one that is given, when there was none before. */
    public Future<String> check(Supplier<String> fresh) {
        return database.write(connection -> {
            Sql.update(
                    connection,
                    "INSERT INTO vault_checks (number, sealed) VALUES (1, ?) ON CONFLICT (number) DO NOTHING",
                    fresh.get());
            return Sql.first(connection, row -> row.getString("sealed"), "SELECT sealed FROM vault_checks")
                    .orElseThrow();
        });
    }

    /** Puts another value by which the right key is known in place of the former one. */
    public Future<Integer> replaceCheck(Supplier<String> fresh) {
        return database.write(connection ->
                Sql.update(connection, "UPDATE vault_checks SET sealed = ? WHERE number = 1", fresh.get()));
    }

    /** How many values were not sealed with the key of this name. */
    public Future<Integer> older(String key) {
        return database.write(connection -> Sql.first(
                        connection,
                        row -> row.getInt("number"),
                        "SELECT (SELECT count(*) FROM connections WHERE " + OLDER
                                + ") + (SELECT count(*) FROM vault_checks WHERE " + OLDER + ") AS number",
                        key.length(),
                        key,
                        key.length(),
                        key)
                .orElseThrow());
    }

    /**
     * Seals a few connections anew, in one transaction: those after this id that were not sealed with the key of this name.
     *
     * @param anew the row's credentials sealed with the key of this name; empty when they cannot be opened, and then the row stays as it is
     */
    public Future<Step> reseal(String key, String after, int most, Function<ConnectionRow, Optional<String>> anew) {
        return database.write(connection -> reseal(connection, key, after, most, anew));
    }

    private static Step reseal(
            Connection connection, String key, String after, int most, Function<ConnectionRow, Optional<String>> anew)
            throws SQLException {
        var rows = Sql.list(
                connection,
                ConnectionStore::row,
                "SELECT * FROM connections WHERE id > ? AND " + OLDER + " ORDER BY id LIMIT ?",
                after,
                key.length(),
                key,
                most);
        var damaged = new ArrayList<String>();
        for (var row : rows) {
            var sealed = anew.apply(row);
            if (sealed.isPresent()) {
                Sql.update(connection, "UPDATE connections SET sealed = ? WHERE id = ?", sealed.get(), row.id());
            } else {
                damaged.add(row.id());
            }
        }
        var last = rows.isEmpty()
                ? Optional.<String>empty()
                : Optional.of(rows.get(rows.size() - 1).id());
        return new Step(last, rows.size() - damaged.size(), damaged);
    }
}
