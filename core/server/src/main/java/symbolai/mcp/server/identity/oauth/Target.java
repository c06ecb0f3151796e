package symbolai.mcp.server.identity.oauth;

import com.nimbusds.oauth2.sdk.OAuth2Error;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads for which resource a client wants tokens. */
final class Target {

    private Target() {}

    /** The resource, where one is asked for; fails with one that is not this server's, and with several that are not the same. */
    static Optional<String> of(@Nullable List<URI> asked, Site site) {
        if (asked == null || asked.isEmpty()) {
            return Optional.empty();
        }
        var resources = asked.stream()
                .map(resource -> site.resource(resource.toString()))
                .distinct()
                .toList();
        if (resources.size() != 1) {
            throw foreign();
        }
        return Optional.of(resources.get(0).orElseThrow(Target::foreign));
    }

    /** The resource is that of another server. */
    static OAuthProblem foreign() {
        return OAuthProblem.of(OAuth2Error.INVALID_TARGET, "the resource is not one of this server");
    }

    /** The resource is not the one that was agreed on. */
    static OAuthProblem other() {
        return OAuthProblem.of(OAuth2Error.INVALID_TARGET, "the resource is not the one that was granted");
    }
}
