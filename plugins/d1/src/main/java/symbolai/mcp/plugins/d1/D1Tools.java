package symbolai.mcp.plugins.d1;

import static symbolai.mcp.api.Schemas.integer;
import static symbolai.mcp.api.Schemas.string;

import java.util.List;
import symbolai.mcp.api.Confirmation;
import symbolai.mcp.api.FamilyContext;
import symbolai.mcp.api.Fence;
import symbolai.mcp.api.RestBinding;
import symbolai.mcp.api.Schemas;
import symbolai.mcp.api.Tool;
import symbolai.mcp.api.ToolAnnotations;

/** The tools of the D1 family, in the order in which clients see them. */
final class D1Tools {

    private static final String READ = "D1:Read";
    private static final String EDIT = "D1:Edit";

    private final DatabaseTools databases;
    private final StatementTools statements;
    private final DeleteDatabase deletion = new DeleteDatabase();
    private final StatementPreview preview = new StatementPreview();

    D1Tools(FamilyContext context) {
        var fence = new Fence("a database");
        this.databases = new DatabaseTools(fence);
        this.statements = new StatementTools(fence, new SchemaUpdates(context::resourceUpdated));
    }

    List<Tool> list() {
        return List.of(
                listDatabases(), query(), execute(), databaseInfo(), schema(), createDatabase(), deleteDatabase());
    }

    private Tool listDatabases() {
        return Tool.named("d1_list_databases")
                .title("List D1 databases")
                .description("Lists the D1 databases of the connected account with their UUIDs."
                        + " Use it first, to find the databaseId that the other D1 tools take.")
                .input(Schemas.object()
                        .optional("name", string("Only databases whose name holds this text."))
                        .optional("page", integer("Which page, from 1.").put("minimum", 1))
                        .optional(
                                "perPage",
                                integer("How many on a page.").put("minimum", 1).put("maximum", 100))
                        .build())
                .output(D1Schemas.databaseList())
                .annotations(ToolAnnotations.READ_ONLY)
                .permission(READ)
                .rest(RestBinding.get("d1/list"))
                .handler(databases::list);
    }

    private Tool query() {
        return Tool.named("d1_query")
                .title("Query a D1 database")
                .description(
                        "Runs one read-only SQL statement (SELECT, VALUES, WITH, EXPLAIN, reading PRAGMAs) on a D1 database."
                                + " At most 1000 rows come back unless the statement has a LIMIT; use d1_execute to change anything.")
                .input(Schemas.object()
                        .required("databaseId", D1Schemas.databaseId())
                        .required("sql", D1Schemas.sql())
                        .optional("params", D1Schemas.params())
                        .build())
                .output(D1Schemas.queryResult())
                .annotations(ToolAnnotations.READ_ONLY)
                .permission(READ)
                .rest(RestBinding.post("d1/query"))
                .handler(statements::query);
    }

    private Tool execute() {
        return Tool.named("d1_execute")
                .title("Change a D1 database")
                .description(
                        "Runs SQL statements that change a D1 database: INSERT, UPDATE, DELETE, CREATE and the like."
                                + " Several statements run in one transaction, so either all of them happen or none.")
                .input(Schemas.object()
                        .required("databaseId", D1Schemas.databaseId())
                        .required("statements", D1Schemas.statements())
                        .build())
                .output(D1Schemas.executeResult())
                .annotations(ToolAnnotations.DESTRUCTIVE)
                .permission(EDIT)
                .rest(RestBinding.post("d1/execute"))
                .preview(preview::statements)
                .handler(statements::execute);
    }

    private Tool databaseInfo() {
        return Tool.named("d1_database_info")
                .title("Describe a D1 database")
                .description("Tells a D1 database's name, size and creation time, and names its tables and views."
                        + " Use d1_schema for their columns.")
                .input(Schemas.object()
                        .required("databaseId", D1Schemas.databaseId())
                        .build())
                .output(D1Schemas.databaseInfo())
                .annotations(ToolAnnotations.READ_ONLY)
                .permission(READ)
                .rest(RestBinding.get("d1/info").renamed("id", "databaseId"))
                .handler(databases::info);
    }

    private Tool schema() {
        return Tool.named("d1_schema")
                .title("Show the schema of a D1 database")
                .description("Gives the tables and views of a D1 database with columns, indexes and foreign keys."
                        + " Use it before writing SQL for a database you do not know.")
                .input(Schemas.object()
                        .required("databaseId", D1Schemas.databaseId())
                        .build())
                .output(D1Schemas.schema())
                .annotations(ToolAnnotations.READ_ONLY)
                .permission(READ)
                .rest(RestBinding.get("d1/schema").renamed("id", "databaseId"))
                .handler(databases::schema);
    }

    private Tool createDatabase() {
        return Tool.named("d1_create_database")
                .title("Create a D1 database")
                .description("Makes an empty D1 database with the given name in the connected account."
                        + " Use d1_execute afterwards to make its tables.")
                .input(Schemas.object()
                        .required("name", D1Schemas.databaseName())
                        .build())
                .output(D1Schemas.database())
                .annotations(ToolAnnotations.ADDITIVE)
                .permission(EDIT)
                .rest(RestBinding.post("d1/create"))
                .handler(databases::create);
    }

    private Tool deleteDatabase() {
        return Tool.named("d1_delete_database")
                .title("Delete a D1 database")
                .description(
                        "Deletes a D1 database and everything in it, for good."
                                + " The user is asked to confirm where the client can ask; else confirmName must repeat the database's name.")
                .input(Schemas.object()
                        .required("databaseId", D1Schemas.databaseId())
                        .optional(Confirmation.ARGUMENT, Confirmation.schema())
                        .build())
                .output(D1Schemas.deleted())
                .annotations(ToolAnnotations.DESTRUCTIVE)
                .permission(EDIT)
                .rest(RestBinding.delete("d1/delete").renamed("id", "databaseId"))
                .preview(preview::database)
                .handler(deletion::call);
    }
}
