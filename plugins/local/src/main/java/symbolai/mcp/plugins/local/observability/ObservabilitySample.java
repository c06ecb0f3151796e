package symbolai.mcp.plugins.local.observability;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** The events that a new account has: a day of the two sample Workers. */
final class ObservabilitySample {

    private static final int REQUESTS = 120;
    private static final List<String> PATHS =
            List.of("/", "/products", "/products/17", "/cart", "/checkout", "/search");

    private final Instant now;
    private final Random random = new Random(20_240_102);
    private final List<Event> events = new ArrayList<>();

    ObservabilitySample(Instant now) {
        this.now = now;
    }

    /** In the order of their times. */
    List<Event> events() {
        var step = Duration.ofDays(1).dividedBy(REQUESTS + 1);
        for (var number = REQUESTS; number > 0; number--) {
            var at = now.minus(step.multipliedBy(number)).plusMillis(random.nextInt(1000));
            if (number % 12 == 0) {
                report(at);
            } else {
                request(at, number);
            }
        }
        return List.copyOf(events);
    }

    private void request(Instant at, int number) {
        var id = "%016x".formatted(random.nextLong());
        var path = PATHS.get(random.nextInt(PATHS.size()));
        var broken = number % 23 == 0;
        var source = new JsonObject()
                .put("path", path)
                .put("method", path.equals("/checkout") ? "POST" : "GET")
                .put("status", broken ? 500 : 200)
                .put("cached", random.nextBoolean());
        var worker = "northwind-shop";
        events.add(Event.said(at, worker, "info", "request for " + path, "cf-worker")
                .ofRequest(id, source));
        if (broken) {
            events.add(Event.said(at.plusMillis(3), worker, "error", "TypeError: price is not a function", "cf-worker")
                    .ofRequest(id, source));
        }
        events.add(Event.said(at.plusMillis(9), worker, broken ? "error" : "info", "GET " + path, "cf-worker-event")
                .ofRequest(id, source)
                .ended(broken ? "exception" : "ok", 4 + random.nextInt(180)));
    }

    private void report(Instant at) {
        var worker = "northwind-reports";
        var source = new JsonObject().put("cron", "30 2 * * *").put("rows", 100 + random.nextInt(400));
        var id = "%016x".formatted(random.nextLong());
        events.add(Event.said(at, worker, "log", "report begins", "cf-worker").ofRequest(id, source));
        events.add(Event.said(at.plusMillis(700), worker, "info", "scheduled", "cf-worker-event")
                .ofRequest(id, source)
                .ended("ok", 500 + random.nextInt(400)));
    }
}
