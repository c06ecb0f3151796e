package symbolai.mcp.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the doctor says of the public address, which a proxy may have made another one. */
class PublicDocumentsTest {

    private static final String RESOURCE = "/.well-known/oauth-protected-resource/tools/mcp";
    private static final String SERVER = "/.well-known/oauth-authorization-server";

    private final Vertx vertx = Vertx.vertx();
    private final Map<String, String> documents = new HashMap<>();
    private HttpServer proxy;
    private String origin;

    @BeforeEach
    void listen() {
        proxy = vertx.createHttpServer()
                .requestHandler(this::answer)
                .listen(0, "127.0.0.1")
                .await();
        origin = "http://127.0.0.1:" + proxy.actualPort();
        documents.put(RESOURCE, "{\"resource\":\"" + origin + "/tools/mcp\"}");
        documents.put(SERVER, "{\"issuer\":\"" + origin + "\"}");
    }

    @AfterEach
    void close() {
        vertx.close().await();
    }

    private void answer(HttpServerRequest request) {
        Optional.ofNullable(documents.get(request.path()))
                .ifPresentOrElse(
                        request.response()::end,
                        () -> request.response().setStatusCode(404).end("{}"));
    }

    @Test
    void whatClientsFindIsWhatTheyWereGiven() {
        assertThat(findings())
                .containsExactly(
                        new Examination.Finding(
                                true, origin + RESOURCE + " names the resource " + origin + "/tools/mcp"),
                        new Examination.Finding(true, origin + SERVER + " names the issuer " + origin));
    }

    @Test
    void anotherAddressInTheDocumentsIsFound() {
        documents.put(RESOURCE, "{\"resource\":\"http://10.0.0.7:8420/mcp\"}");
        documents.put(SERVER, "{\"issuer\":\"" + origin + "/\"}");

        assertThat(findings())
                .containsExactly(
                        new Examination.Finding(
                                false,
                                origin + RESOURCE + " names the resource http://10.0.0.7:8420/mcp where"
                                        + " server.publicUrl makes it " + origin + "/tools/mcp; clients refuse that"),
                        new Examination.Finding(
                                false,
                                origin + SERVER + " names the issuer " + origin + "/ where server.publicUrl makes it "
                                        + origin + "; clients refuse that"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "<html>", "7", "{"})
    void whatIsNoDocumentIsFound(String body) {
        documents.put(SERVER, body);

        assertThat(findings().get(1).good()).isFalse();
        assertThat(findings().get(1).text()).contains(SERVER + " answers 200 and not with the document");
    }

    @Test
    void aPathThatTheProxyDoesNotPassOnIsFound() {
        documents.remove(RESOURCE);

        assertThat(findings().get(0).good()).isFalse();
        assertThat(findings().get(0).text()).contains("answers 404").contains("must pass /.well-known/ on");
    }

    @Test
    void whatCannotBeReachedFromHereIsNotCalledBroken() {
        proxy.close().await();

        assertThat(findings()).allSatisfy(finding -> {
            assertThat(finding.good()).isTrue();
            assertThat(finding.text()).contains("cannot be asked from here");
        });
    }

    private List<Examination.Finding> findings() {
        try (var asked = new PublicDocuments(URI.create(origin + "/tools"))) {
            return asked.findings();
        }
    }
}
