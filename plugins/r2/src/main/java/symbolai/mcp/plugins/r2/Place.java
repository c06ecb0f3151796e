package symbolai.mcp.plugins.r2;

import io.vertx.core.json.JsonObject;
import java.util.Optional;

/** A bucket, and the jurisdiction whose buckets are meant. */
record Place(String bucket, Optional<String> jurisdiction) {

    /** The jurisdiction of buckets that are in none. */
    static final String DEFAULT = "default";

    static Place from(JsonObject arguments) {
        return new Place(arguments.getString("bucket"), Optional.ofNullable(arguments.getString("jurisdiction")));
    }

    String jurisdictionName() {
        return jurisdiction.orElse(DEFAULT);
    }

    JsonObject toJson() {
        var json = new JsonObject().put("bucket", bucket);
        jurisdiction.ifPresent(name -> json.put("jurisdiction", name));
        return json;
    }

    /** The URI of an object; a bucket outside the default jurisdiction has that before its name. */
    String uri(ObjectKey key) {
        var path = PercentCode.of(bucket) + "/" + PercentCode.of(key.text());
        return jurisdictionName().equals(DEFAULT) ? "r2://" + path : "r2://" + jurisdictionName() + "/" + path;
    }
}
