package symbolai.mcp.server.store;

import io.vertx.core.Future;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;

/** Keeps the device codes. */
public final class DeviceStore {

    private final Database database;

    public DeviceStore(Database database) {
        this.database = database;
    }

    /** Adds a device code, unless so many are open that it must wait or its user code is taken; tells whether it did. */
    public Future<Boolean> add(DeviceRow device, int most, long now) {
        return database.write(connection -> {
            var open = Sql.first(
                            connection,
                            row -> row.getLong("open"),
                            "SELECT COUNT(*) AS open FROM oauth_devices WHERE expires > ?",
                            now)
                    .orElse(0L);
            return open < most
                    && Sql.update(
                                    connection,
                                    "INSERT INTO oauth_devices (hash, user_code, client, resource, scopes, status, user_id,"
                                            + " polled, expires) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
                                    device.hash(),
                                    device.userCode(),
                                    device.client(),
                                    device.resource(),
                                    Words.join(device.scopes()),
                                    device.status(),
                                    device.userId(),
                                    device.polled(),
                                    device.expires())
                            == 1;
        });
    }

    /** The device code, whether it is still good or not. */
    public Future<Optional<DeviceRow>> find(String hash) {
        return database.read(connection ->
                Sql.first(connection, DeviceStore::row, "SELECT * FROM oauth_devices WHERE hash = ?", hash));
    }

    /** The device code of what a user typed. */
    public Future<Optional<DeviceRow>> findByUserCode(String userCode) {
        return database.read(connection ->
                Sql.first(connection, DeviceStore::row, "SELECT * FROM oauth_devices WHERE user_code = ?", userCode));
    }

    /** Notes that the device has asked. */
    public Future<Void> polled(String hash, long now) {
        return database.update("UPDATE oauth_devices SET polled = ? WHERE hash = ?", now, hash)
                .mapEmpty();
    }

    /** Writes down what the user decided; false when it was decided before, or is gone. */
    public Future<Boolean> decide(
            String hash, String before, String status, String userId, Set<String> scopes, long now) {
        return database.update(
                        "UPDATE oauth_devices SET status = ?, user_id = ?, scopes = ?"
                                + " WHERE hash = ? AND status = ? AND expires > ?",
                        status,
                        userId,
                        Words.join(scopes),
                        hash,
                        before,
                        now)
                .map(changed -> changed == 1);
    }

    private static DeviceRow row(ResultSet row) throws SQLException {
        return new DeviceRow(
                row.getString("hash"),
                row.getString("user_code"),
                row.getString("client"),
                row.getString("resource"),
                Words.split(row.getString("scopes")),
                row.getString("status"),
                row.getString("user_id"),
                row.getLong("polled"),
                row.getLong("expires"));
    }
}
