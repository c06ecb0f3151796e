package symbolai.mcp.plugins.d1;

import static symbolai.mcp.api.Schemas.bool;
import static symbolai.mcp.api.Schemas.integer;

import java.util.List;
import symbolai.mcp.api.Confirmation;
import symbolai.mcp.api.FamilyContext;
import symbolai.mcp.api.Fence;
import symbolai.mcp.api.PlanHash;
import symbolai.mcp.api.RestBinding;
import symbolai.mcp.api.Schemas;
import symbolai.mcp.api.Tool;
import symbolai.mcp.api.ToolAnnotations;

/** The tools of the D1 family that take a database as a whole: export, import, time travel, query insights. */
final class WholeTools {

    private static final String READ = "D1:Read";
    private static final String EDIT = "D1:Edit";

    private final ExportDatabase export;
    private final ImportDatabase importing;
    private final RestoreDatabase restoring;
    private final HistoryTools history;
    private final StatementPreview preview = new StatementPreview();

    WholeTools(FamilyContext context) {
        var fence = new Fence("a database");
        var updates = new SchemaUpdates(context::resourceUpdated);
        this.export = new ExportDatabase(fence);
        this.importing = new ImportDatabase(context, fence, updates);
        this.restoring = new RestoreDatabase(updates);
        this.history = new HistoryTools(fence);
    }

    List<Tool> list() {
        return List.of(export(), importSql(), bookmark(), restore(), insights());
    }

    private Tool export() {
        return reading("d1_export", "Export a D1 database")
                .description(
                        "Writes a D1 database as SQL that makes the same database again; a long export is cut after 240 KiB."
                                + " Use it to keep or move a small database, and the download over REST or by the command for a large one.")
                .input(inDatabase()
                        .optional("tables", WholeSchemas.tables())
                        .optional(
                                "schema", bool("Whether to write the statements that make the tables; left out, true."))
                        .optional("rows", bool("Whether to write the rows; left out, true."))
                        .build())
                .output(WholeSchemas.exported())
                .rest(RestBinding.get("d1/export").renamed("id", "databaseId"))
                .handler(export::call);
    }

    private Tool importSql() {
        return Tool.named("d1_import")
                .title("Import SQL into a D1 database")
                .description(
                        "Runs a file of SQL statements on a D1 database; first it only shows how many statements of which kind there are."
                                + " To do it, call it again with dryRun false and the planHash that it gave.")
                .input(inDatabase()
                        .required("sql", WholeSchemas.script())
                        .optional("dryRun", bool("Whether to only look; left out, true."))
                        .optional(PlanHash.ARGUMENT, PlanHash.argument())
                        .build())
                .output(WholeSchemas.imported())
                .dryRun()
                .annotations(ToolAnnotations.DESTRUCTIVE)
                .permission(EDIT)
                .rest(RestBinding.post("d1/import"))
                .preview(preview::database)
                .handler(importing::call);
    }

    private Tool bookmark() {
        return reading("d1_bookmark", "Bookmark a D1 database")
                .description("Gives the bookmark of a D1 database as it is now, or as it was at a time."
                        + " Use it before a risky change, and d1_restore to go back.")
                .input(inDatabase()
                        .optional("at", WholeSchemas.time("When, ISO 8601; left out, now."))
                        .build())
                .output(WholeSchemas.bookmarked())
                .rest(RestBinding.get("d1/bookmark").renamed("id", "databaseId"))
                .handler(history::bookmark);
    }

    private Tool restore() {
        return Tool.named("d1_restore")
                .title("Restore a D1 database")
                .description(
                        "Puts a D1 database back to a bookmark; what was written since is gone, but previousBookmark leads back to it."
                                + " The user is asked to confirm where the client can ask; else confirmName must repeat the database's name.")
                .input(inDatabase()
                        .required("bookmark", WholeSchemas.bookmark())
                        .optional(Confirmation.ARGUMENT, Confirmation.schema())
                        .build())
                .output(WholeSchemas.restored())
                .annotations(ToolAnnotations.DESTRUCTIVE)
                .permission(EDIT)
                .rest(RestBinding.post("d1/restore"))
                .preview(preview::database)
                .handler(restoring::call);
    }

    private Tool insights() {
        return reading("d1_insights", "Show the costly queries of a D1 database")
                .description(
                        "Lists the statements that took most time or rows in a D1 database, with their values left out."
                                + " Use it to find what makes a database slow or expensive.")
                .input(inDatabase()
                        .optional("from", WholeSchemas.time("Since when, ISO 8601."))
                        .optional("to", WholeSchemas.time("Until when, ISO 8601; left out, now."))
                        .optional("sort", WholeSchemas.sort())
                        .optional(
                                "limit",
                                integer("How many statements, 1 to 100; left out, 20.")
                                        .put("minimum", 1)
                                        .put("maximum", 100))
                        .build())
                .output(WholeSchemas.insights())
                .rest(RestBinding.get("d1/insights").renamed("id", "databaseId"))
                .handler(history::insights);
    }

    private static Tool.Builder reading(String name, String title) {
        return Tool.named(name)
                .title(title)
                .annotations(ToolAnnotations.READ_ONLY)
                .permission(READ);
    }

    private static Schemas.ObjectSchema inDatabase() {
        return Schemas.object().required("databaseId", D1Schemas.databaseId());
    }
}
