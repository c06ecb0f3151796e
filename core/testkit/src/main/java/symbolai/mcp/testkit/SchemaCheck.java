package symbolai.mcp.testkit;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** Checks JSON against a schema, formats included. */
public final class SchemaCheck {

    private final Schema schema;

    public SchemaCheck(JsonObject schema) {
        this.schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(schema.encode(), InputFormat.JSON);
    }

    /** Fails with everything that is wrong with the value. */
    public void verify(String what, Object value) {
        List<Error> problems = schema.validate(
                Json.encode(value),
                InputFormat.JSON,
                run -> run.executionConfig(config -> config.formatAssertionsEnabled(true)));
        if (!problems.isEmpty()) {
            throw new AssertionError(what + " does not match its schema: " + problems + " in " + Json.encode(value));
        }
    }
}
