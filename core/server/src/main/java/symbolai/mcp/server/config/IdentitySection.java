package symbolai.mcp.server.config;

import java.util.List;
import java.util.Map;
import symbolai.mcp.api.Role;

/** Reads how people and programs show who they are. */
final class IdentitySection {

    private final Values values;
    private final Collected collected;

    IdentitySection(Values values, Collected collected) {
        this.values = values;
        this.collected = collected;
    }

    IdentityConfig read() {
        var provider = values.get(Settings.PROVIDER_ISSUER).map(this::provider);
        var passwords = values.get(Settings.PASSWORDS);
        if (!passwords && provider.isEmpty()) {
            problem(
                    Settings.PASSWORDS,
                    "false leaves no way to sign in; set " + Settings.PROVIDER_ISSUER.key() + " too");
        }
        return new IdentityConfig(
                values.get(Settings.SIGN_IN_IDLE), values.get(Settings.SIGN_IN_LONGEST), oauth(), passwords, provider);
    }

    private OAuthConfig oauth() {
        return new OAuthConfig(
                values.get(Settings.DISCOVERY),
                values.list(Settings.ALLOWED_REDIRECTS),
                values.get(Settings.ACCESS_TOKEN),
                values.get(Settings.REFRESH_TOKEN),
                values.get(Settings.REFRESH_GRACE));
    }

    private ProviderConfig provider(String issuer) {
        var client = values.get(Settings.PROVIDER_CLIENT);
        if (client.isEmpty()) {
            problem(Settings.PROVIDER_CLIENT, "is needed, as the provider " + issuer + " knows this server by it");
        }
        var roles = roles();
        if (roles.values().stream().allMatch(List::isEmpty)) {
            problem(
                    Settings.PROVIDER_ADMINS,
                    "lets nobody in: at least one of signIn.provider.roles.admin, operator, auditor and viewer must name a value of "
                            + Settings.PROVIDER_ROLE_CLAIM.key());
        }
        return new ProviderConfig(
                issuer,
                values.get(Settings.PROVIDER_NAME),
                client.orElse(""),
                values.get(Settings.PROVIDER_SECRET),
                values.list(Settings.PROVIDER_SCOPES),
                values.get(Settings.PROVIDER_ROLE_CLAIM),
                roles,
                values.get(Settings.PROVIDER_CREATES),
                values.get(Settings.PROVIDER_TRUSTS_NAMES));
    }

    private Map<Role, List<String>> roles() {
        return Map.of(
                Role.ADMIN, values.list(Settings.PROVIDER_ADMINS),
                Role.OPERATOR, values.list(Settings.PROVIDER_OPERATORS),
                Role.AUDITOR, values.list(Settings.PROVIDER_AUDITORS),
                Role.VIEWER, values.list(Settings.PROVIDER_VIEWERS));
    }

    private void problem(Setting<?> setting, String what) {
        collected.problem(setting.key(), what, values.source(setting));
    }
}
