package symbolai.mcp.plugins.cloudflare.rest;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import symbolai.mcp.api.Cancellation;
import symbolai.mcp.api.Deadline;
import symbolai.mcp.api.Operation;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.ToolException.Reason;
import symbolai.mcp.api.Verified;
import symbolai.mcp.plugins.cloudflare.backend.Account;
import symbolai.mcp.plugins.cloudflare.backend.Fields;

/** Finds out whether a token is good, for which accounts, until when, and for what. */
final class TokenCheck {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration SOON = Duration.ofDays(14);
    private static final int PER_PAGE = 50;
    private static final int MOST_PAGES = 20;
    private static final int MOST_NAMED = 10;

    private final Account account;
    private final RestClient everywhere;
    private final RestClient inside;
    private final Operation operation = new Operation(
            "connect", new JsonObject(), Operation.Access.READ, Deadline.after(PATIENCE), Cancellation.NEVER);

    /**
     * A check.
     *
     * @param everywhere a client without an account before its paths
     * @param inside a client of the account
     */
    TokenCheck(Account account, RestClient everywhere, RestClient inside) {
        this.account = account;
        this.everywhere = everywhere;
        this.inside = inside;
    }

    Future<Verified> run() {
        return token().map(TokenCheck::usable)
                .compose(token -> accounts(1, new ArrayList<>())
                        .map(this::chosen)
                        .compose(accounts -> permissions(token).map(found -> verified(token, accounts, found))));
    }

    /** Each kind of token has its own place to ask; the older ones do not say of which kind they are. */
    private Future<Fields> token() {
        if (account.ownedByAccount()) {
            return ownedByAccount();
        }
        return account.ownedByUser() ? ownedByUser() : ownedByUser().recover(this::orAccount);
    }

    private Future<Fields> orAccount(Throwable failure) {
        return isNo(failure) ? ownedByAccount() : Future.failedFuture(failure);
    }

    private Future<Fields> ownedByUser() {
        return everywhere
                .send(operation, RestRequest.get("user", "tokens", "verify"), Envelope::object)
                .recover(TokenCheck::plainly);
    }

    private Future<Fields> ownedByAccount() {
        return inside.send(operation, RestRequest.get("tokens", "verify"), Envelope::object)
                .recover(TokenCheck::plainly);
    }

    private static Future<Fields> plainly(Throwable failure) {
        return Future.failedFuture(
                isNo(failure)
                        ? refused("Cloudflare does not accept this token for this account; " + failure.getMessage())
                        : failure);
    }

    /** Whether it was answered with no, and not left open. */
    private static boolean isNo(Throwable failure) {
        return failure instanceof ToolException tool
                && (tool.reason() == Reason.REFUSED
                        || tool.reason() == Reason.INVALID
                        || tool.reason() == Reason.NOT_FOUND);
    }

    private static Fields usable(Fields token) {
        var status = token.text("status").orElse("of unknown state");
        if (!status.equals("active")) {
            throw refused(
                    "this token is " + (status.matches("[a-z ]{1,30}") ? status : "not active") + "; make a new one");
        }
        time(token, "expires_on").filter(end -> !end.isAfter(Instant.now())).ifPresent(end -> {
            throw refused("this token ended at " + end + "; make a new one");
        });
        time(token, "not_before").filter(begin -> begin.isAfter(Instant.now())).ifPresent(begin -> {
            throw refused("this token is good from " + begin + " on, and not yet");
        });
        return token;
    }

    private static Optional<Instant> time(Fields token, String name) {
        return token.time(name).map(Instant::parse);
    }

    /** Tokens of an account may not be allowed to ask this; then the account that was given is the one. */
    private Future<List<Verified.Account>> accounts(int page, List<Verified.Account> before) {
        var request = RestRequest.get("accounts").with("page", page).with("per_page", PER_PAGE);
        return everywhere
                .send(operation, request, envelope -> envelope)
                .compose(envelope -> more(page, before, envelope))
                .recover(failure -> isNo(failure) ? Future.succeededFuture(before) : Future.failedFuture(failure));
    }

    private Future<List<Verified.Account>> more(int page, List<Verified.Account> before, Envelope envelope) {
        var found = Fields.all(envelope.array()).stream()
                .map(entry -> new Verified.Account(
                        entry.required("id"), entry.text("name").orElse("")))
                .filter(entry -> !before.contains(entry))
                .toList();
        before.addAll(found);
        var last = envelope.info().count("total_pages").orElse(1L) <= page;
        return found.isEmpty() || last || page == MOST_PAGES
                ? Future.succeededFuture(before)
                : accounts(page + 1, before);
    }

    private List<Verified.Account> chosen(List<Verified.Account> accounts) {
        if (accounts.isEmpty()) {
            return List.of(new Verified.Account(account.id(), account.id()));
        }
        if (accounts.stream().noneMatch(found -> found.id().equals(account.id()))) {
            var names = accounts.stream()
                    .limit(MOST_NAMED)
                    .map(found -> found.id() + " (" + found.name() + ")")
                    .collect(Collectors.joining(", "));
            throw refused("this token does not reach the account " + account.id() + "; it reaches " + names);
        }
        return accounts;
    }

    private Future<List<Verified.Permission>> permissions(Fields token) {
        return new PermissionCheck(operation, account, everywhere, inside).run(token.filled("id"));
    }

    private Verified verified(Fields token, List<Verified.Account> accounts, List<Verified.Permission> permissions) {
        var chosen = accounts.stream()
                .filter(found -> found.id().equals(account.id()))
                .findFirst()
                .orElseThrow();
        var expires = time(token, "expires_on");
        return new Verified(chosen, accounts, expires, permissions, warnings(expires, permissions));
    }

    private static List<String> warnings(Optional<Instant> expires, List<Verified.Permission> permissions) {
        var warnings = new ArrayList<String>();
        expires.filter(end -> end.isBefore(Instant.now().plus(SOON)))
                .ifPresent(end -> warnings.add("The token ends at " + end + "."));
        var missing = permissions.stream()
                .filter(permission -> permission.state() == Verified.State.MISSING)
                .map(Verified.Permission::name)
                .toList();
        if (!missing.isEmpty()) {
            warnings.add("The token lacks " + String.join(", ", missing) + "; the tools that need it will be refused.");
        }
        return warnings;
    }

    private static ToolException refused(String message) {
        return new ToolException(Reason.REFUSED, message);
    }
}
