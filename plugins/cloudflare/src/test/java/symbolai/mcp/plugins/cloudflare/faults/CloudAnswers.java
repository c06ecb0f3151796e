package symbolai.mcp.plugins.cloudflare.faults;

import io.vertx.core.buffer.Buffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;

/** The good answers of Cloudflare's REST API to the requests of {@link Samples}, in the shapes that its own clients read. */
public final class CloudAnswers implements Function<Seen, Answer> {

    private static final String DATABASE =
            "{\"uuid\":\"%s\",\"name\":\"shop\",\"version\":\"production\",\"created_at\":\"2026-01-02T03:04:05.678Z\",\"file_size\":4096}"
                    .formatted(Samples.DATABASE);
    private static final String NAMESPACE =
            "{\"id\":\"%s\",\"title\":\"t\",\"supports_url_encoding\":true}".formatted(Samples.NAMESPACE);
    private static final String BUCKET =
            "{\"name\":\"pics\",\"creation_date\":\"2026-01-02T03:04:05.000Z\",\"location\":\"WEUR\",\"storage_class\":\"Standard\"}";
    private static final String OBJECT =
            "{\"key\":\"a/b.txt\",\"etag\":\"e1\",\"size\":5,\"last_modified\":\"2026-01-02T03:04:05.000Z\","
                    + "\"http_metadata\":{\"contentType\":\"text/plain\"},\"custom_metadata\":{\"by\":\"ann\"},\"storage_class\":\"Standard\"}";
    private static final String SCRIPT =
            "{\"id\":\"shop\",\"tag\":\"tag1\",\"etag\":\"e\",\"created_on\":\"2026-01-02T03:04:05Z\",\"modified_on\":\"2026-01-03T03:04:05Z\","
                    + "\"handlers\":[\"fetch\"],\"has_assets\":false}";
    private static final String DEPLOYMENT =
            "{\"id\":\"d-1\",\"created_on\":\"2026-01-02T03:04:05Z\",\"source\":\"api\",\"strategy\":\"percentage\",\"author_email\":\"a@example.com\","
                    + "\"versions\":[{\"version_id\":\"v-1\",\"percentage\":100}],\"annotations\":{\"workers/message\":\"back\"}}";
    private static final String PARTS =
            "--b\r\nContent-Disposition: form-data; name=\"util.js\"; filename=\"util.js\"\r\n"
                    + "Content-Type: application/javascript+module\r\n\r\nexport const a = 1;\r\n"
                    + "--b\r\nContent-Disposition: form-data; name=\"w.js\"; filename=\"w.js\"\r\n"
                    + "Content-Type: application/javascript+module\r\n\r\nexport default {};\r\n--b--\r\n";

    private final Map<Pattern, Function<Seen, Answer>> routes = new LinkedHashMap<>();

    /** Knows all routes. */
    public CloudAnswers() {
        d1();
        kv();
        r2();
        workers();
        builds();
        telemetry();
    }

    @Override
    public Answer apply(Seen request) {
        return routes.entrySet().stream()
                .filter(route -> route.getKey()
                        .matcher(request.method() + " " + request.path().replace("/client/v4", ""))
                        .find())
                .findFirst()
                .map(route -> route.getValue().apply(request))
                .orElseGet(() -> Answer.error(404, 7003, "Could not route to " + request.path()));
    }

    private void route(String pattern, Function<Seen, Answer> answer) {
        routes.put(Pattern.compile(pattern), answer);
    }

    private void route(String pattern, String result) {
        route(pattern, request -> Answer.result(result));
    }

    private static String build(String id, String status, String outcome) {
        return """
                {"build_uuid":"%s","status":"%s","build_outcome":%s,"created_on":"2026-01-02T03:04:05Z","running_on":"2026-01-02T03:04:06Z",
                "stopped_on":"2026-01-02T03:04:16Z","trigger":{"external_script_id":"tag1","trigger_name":"main","build_command":"npm run build"},
                "build_trigger_metadata":{"branch":"main","commit_hash":"abc","commit_message":"m","author":"ann"}}""".formatted(id, status, outcome);
    }

    private void d1() {
        route("GET /accounts/\\w+/d1/database$", request -> Answer.result("[" + DATABASE + "]", "{\"total_count\":1}"));
        route("(GET|POST) /accounts/\\w+/d1/database(/[-\\w]+)?$", DATABASE);
        route("DELETE .*/d1/database/[-\\w]+$", "null");
        route(
                "POST .*/raw$",
                "[{\"success\":true,\"results\":{\"columns\":[\"id\",\"id\"],\"rows\":[[1,\"ann\"],[2,[0,255]],[3,null]]},"
                        + "\"meta\":{\"duration\":0.5,\"changes\":1,\"last_row_id\":7,\"rows_written\":0,\"changed_db\":false}}]");
        route(
                "POST .*/export$",
                request -> Answer.result(("{\"success\":true,\"status\":\"complete\",\"at_bookmark\":\"b\","
                                + "\"result\":{\"filename\":\"shop.sql\",\"signed_url\":\"http://%s/signed/get?sig=1\"}}")
                        .formatted(request.header("host"))));
        route("GET /signed/get", request -> Answer.bytes("application/sql", Buffer.buffer("CREATE TABLE t(a);")));
        route("PUT /signed/put", request -> new Answer(200, Map.of(), Buffer.buffer()));
        route("POST .*/import$", CloudAnswers::load);
        route("GET .*/time_travel/bookmark$", "{\"bookmark\":\"b-1\"}");
        route(
                "POST .*/time_travel/restore$",
                "{\"bookmark\":\"b-2\",\"previous_bookmark\":\"b-1\",\"message\":\"done\"}");
        route("POST /graphql$", request -> Answer.json(200, """
                {"data":{"viewer":{"accounts":[{"d1QueriesAdaptiveGroups":[{"count":3,"sum":{"queryDurationMs":1.5,"rowsRead":9,
                "rowsWritten":0},"dimensions":{"query":"SELECT 1"}}]}]}},"errors":null}"""));
    }

    private static Answer load(Seen request) {
        return switch (request.json().getString("action")) {
            case "init" ->
                Answer.result("{\"upload_url\":\"http://%s/signed/put?sig=1\",\"filename\":\"f.sql\"}"
                        .formatted(request.header("host")));
            case "ingest" -> Answer.result("{\"success\":true,\"type\":\"import\",\"at_bookmark\":\"b-9\"}");
            default ->
                Answer.result("{\"status\":\"complete\",\"result\":{\"num_queries\":1,\"meta\":{\"changes\":0}}}");
        };
    }

    private void kv() {
        var one = ".*/storage/kv/namespaces/\\w+";
        route(
                "GET .*/storage/kv/namespaces$",
                request -> Answer.result(
                        "[" + NAMESPACE + "]",
                        "{\"page\":2,\"per_page\":1,\"count\":1,\"total_count\":2,\"total_pages\":2}"));
        route("POST .*/storage/kv/namespaces$", NAMESPACE);
        route("(PUT|DELETE) " + one + "$", "null");
        route(
                "GET " + one + "/keys$",
                request -> Answer.result(
                        "[{\"name\":\"a/1\",\"expiration\":1900000000,\"metadata\":{\"x\":1}},{\"name\":\"a/2\"}]",
                        "{\"count\":2,\"cursor\":\"next\"}"));
        route(
                "GET " + one + "/values/",
                request -> Answer.bytes("application/octet-stream", Buffer.buffer("value"))
                        .with("expiration", "1900000000"));
        route("GET " + one + "/metadata/", "{\"lang\":\"en\"}");
        route("(PUT|DELETE) " + one + "/values/", "{}");
        route("POST " + one + "/bulk/get$", "{\"values\":{\"a\":{\"value\":\"1\",\"metadata\":null},\"b\":null}}");
        route("PUT " + one + "/bulk$", "{\"successful_key_count\":1,\"unsuccessful_keys\":[]}");
        route("POST " + one + "/bulk/delete$", "{\"successful_key_count\":1,\"unsuccessful_keys\":[]}");
    }

    private void r2() {
        route("GET .*/r2/buckets$", request -> Answer.result("{\"buckets\":[" + BUCKET + "]}", "{\"cursor\":\"c\"}"));
        route("(GET|POST) .*/r2/buckets(/[-\\w]+)?$", BUCKET);
        route("DELETE .*/r2/buckets/[-\\w]+$", "{}");
        route(
                "GET .*/r2/buckets/[-\\w]+/objects$",
                request -> Answer.result(
                        "[" + OBJECT + "]", "{\"cursor\":\"c\",\"is_truncated\":\"false\",\"delimited\":[\"a/\"]}"));
        route(
                "GET .*/objects/",
                request -> Answer.bytes("text/plain", Buffer.buffer("hello")).with("etag", "\"e1\""));
        route(
                "PUT .*/objects/",
                "{\"key\":\"a/b.txt\",\"etag\":\"e2\",\"size\":\"1\",\"uploaded\":\"2026-01-02T03:04:05.000Z\",\"storage_class\":\"Standard\"}");
        route("DELETE .*/objects/", "{\"key\":\"a/b.txt\"}");
    }

    private void workers() {
        var one = ".*/workers/scripts/shop";
        route("GET .*/workers/scripts$", "[" + SCRIPT + "]");
        route("PUT " + one + "$", SCRIPT.replace("\"has_assets\"", "\"startup_time_ms\":3,\"has_assets\""));
        route("DELETE " + one + "$", "null");
        route(
                "GET " + one + "/content/v2$",
                request -> Answer.bytes("multipart/form-data; boundary=b", Buffer.buffer(PARTS))
                        .with("cf-entrypoint", "w.js"));
        route(
                "GET " + one + "/settings$",
                "{\"bindings\":[{\"name\":\"DB\",\"type\":\"d1\",\"id\":\"x\"},{\"name\":\"KEY\",\"type\":\"secret_text\"},"
                        + "{\"name\":\"V\",\"type\":\"plain_text\",\"text\":\"hidden\"}],\"compatibility_date\":\"2026-01-01\","
                        + "\"logpush\":false,\"observability\":{\"enabled\":true}}");
        route("GET " + one + "/deployments$", "{\"deployments\":[" + DEPLOYMENT + "]}");
        route("POST " + one + "/deployments$", DEPLOYMENT);
        route(
                "GET " + one + "/versions$",
                request -> Answer.result(
                        "{\"items\":[{\"id\":\"%s\",\"number\":3,\"metadata\":{\"created_on\":\"2026-01-02T03:04:05Z\",\"source\":\"api\"}}]}"
                                .formatted(Samples.DATABASE),
                        "{\"total_count\":1}"));
        route("GET " + one + "/secrets$", "[{\"name\":\"KEY\",\"type\":\"secret_text\"}]");
        route(
                "GET " + one + "/schedules$",
                "{\"schedules\":[{\"cron\":\"* * * * *\",\"created_on\":\"2026-01-02T03:04:05Z\"}]}");
    }

    private void builds() {
        var one = build("b-1", "stopped", "\"success\"");
        route(
                "GET .*/builds/workers/tag1/builds$",
                request -> Answer.result("[" + one + "]", "{\"next_page\":false,\"total_pages\":1}"));
        route("GET .*/builds/workers/tag1/triggers$", "[{\"trigger_uuid\":\"t-1\",\"branch_includes\":[\"main\"]}]");
        route(
                "POST .*/builds/triggers/t-1/builds$",
                "{\"build_uuid\":\"b-1\",\"created_on\":\"2026-01-02T03:04:05Z\"}");
        route("GET .*/builds/builds/latest$", "{\"builds\":{\"tag1\":" + one + "}}");
        route("GET .*/builds/builds/b-1$", one);
        route("GET .*/builds/builds/b-2$", build("b-2", "running", "null"));
        route("GET .*/logs$", "{\"cursor\":\"\",\"truncated\":false,\"lines\":[[1767323045000,\"building\"]]}");
        route("PUT .*/cancel$", "{}");
    }

    private void telemetry() {
        route(
                "POST .*/telemetry/query$",
                request -> request.json().getString("view").equals("events")
                        ? Answer.result(
                                "{\"events\":{\"count\":9,\"events\":[{\"timestamp\":1767323045000,\"dataset\":\"d\",\"source\":{\"a\":1},"
                                        + "\"$metadata\":{\"id\":\"e-1\",\"level\":\"info\",\"message\":\"m\"},\"$workers\":{\"scriptName\":\"shop\","
                                        + "\"outcome\":\"ok\",\"requestId\":\"r\",\"wallTimeMs\":2}}]}}")
                        : Answer.result(
                                "{\"calculations\":[{\"calculation\":\"count\",\"aggregates\":[{\"value\":3,\"count\":3,\"groups\":[{\"key\":\"k\",\"value\":\"g\"}]}]}]}"));
        route("POST .*/telemetry/keys$", "[{\"key\":\"k\",\"type\":\"string\",\"lastSeenAt\":1767323045000}]");
        route("POST .*/telemetry/values$", "[{\"key\":\"k\",\"type\":\"string\",\"value\":\"v\",\"dataset\":\"d\"}]");
    }
}
