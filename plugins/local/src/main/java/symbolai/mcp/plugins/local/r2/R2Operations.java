package symbolai.mcp.plugins.local.r2;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Function;
import symbolai.mcp.api.FamilyContext;
import symbolai.mcp.api.Operation;
import symbolai.mcp.api.Reply;
import symbolai.mcp.plugins.local.store.Blobs;
import symbolai.mcp.plugins.local.store.Records;

/** Carries out the operations of R2 on the embedded account. */
public final class R2Operations {

    private final Buckets buckets;
    private final R2Objects objects;

    private R2Operations(FamilyContext context, Records records, Blobs blobs, InstantSource clock) {
        this.buckets = new Buckets(records, clock);
        this.objects = new R2Objects(context, records, blobs, buckets, clock);
    }

    /** Opens R2, and makes the sample bucket on the first start. */
    public static Future<R2Operations> open(FamilyContext context, InstantSource clock) {
        return Records.open(context, R2Tables.FILE, R2Tables.all())
                .compose(records -> Blobs.open(context, records, R2Tables.OBJECTS)
                        .compose(blobs -> records.once(
                                        "sample", new R2Sample(context, blobs, clock.instant())::statements)
                                .map(made -> new R2Operations(context, records, blobs, clock))));
    }

    /** The operations by their names. */
    public Map<String, Function<Operation, Future<JsonObject>>> operations() {
        return Map.of(
                "r2.buckets.list", buckets::list,
                "r2.buckets.create", buckets::create,
                "r2.buckets.get", buckets::get,
                "r2.buckets.delete", buckets::delete,
                "r2.objects.list", objects::list,
                "r2.objects.put", objects::put,
                "r2.objects.delete", objects::delete);
    }

    /** Those whose reply has a body. */
    public Map<String, Function<Operation, Future<Reply>>> downloads() {
        return Map.of("r2.objects.get", objects::get);
    }
}
