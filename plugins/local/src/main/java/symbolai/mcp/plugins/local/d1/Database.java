package symbolai.mcp.plugins.local.d1;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A database with its size on the disk. */
record Database(DatabaseEntry entry, long fileSize) {

    static List<Database> measured(List<DatabaseEntry> entries, DatabaseFiles files) throws IOException {
        var measured = new ArrayList<Database>();
        for (var entry : entries) {
            measured.add(new Database(entry, files.size(entry.uuid())));
        }
        return measured;
    }
}
