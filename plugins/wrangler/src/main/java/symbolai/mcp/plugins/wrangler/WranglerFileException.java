package symbolai.mcp.plugins.wrangler;

import java.io.IOException;
import java.nio.file.Path;

/** Says what is wrong in a configuration file of wrangler, and where. */
public final class WranglerFileException extends IOException {

    private static final long serialVersionUID = 1L;

    WranglerFileException(Path file, String what) {
        super(file + ": " + what);
    }

    WranglerFileException(Path file, int line, String what) {
        super(file + ":" + line + ": " + what);
    }
}
