package symbolai.mcp.plugins.cloudflare.rest;

import io.vertx.core.json.JsonArray;
import java.util.List;
import symbolai.mcp.api.Operation;
import symbolai.mcp.plugins.cloudflare.backend.Fields;

/**
 * One page of a list that Cloudflare numbers. Its smallest page may be larger than ours, so several of ours lie in one of its.
 *
 * @param page ours, from 1 on
 * @param perPage how many entries ours has
 * @param pack how many of ours are in one of Cloudflare's
 */
record OffsetPage(int page, int perPage, int pack) {

    private static final int MOST = 100;

    /** The page that the operation asks for, of a list whose pages have at least so many entries. */
    static OffsetPage of(Operation operation, int least) {
        var page = Math.max(1, operation.arguments().getInteger("page", 1));
        var perPage = Math.max(1, Math.min(MOST, operation.arguments().getInteger("perPage", MOST)));
        return new OffsetPage(page, perPage, (least + perPage - 1) / perPage);
    }

    RestRequest of(RestRequest request) {
        return request.with("page", (page - 1) / pack + 1).with("per_page", perPage * pack);
    }

    /** Our entries of the answer; one that ignored the page gave more than was asked for, and is cut by us. */
    Cut cut(Envelope envelope) {
        return cut(envelope.array(), envelope.info());
    }

    Cut cut(JsonArray entries, Fields info) {
        var ignored = entries.size() > perPage * pack;
        var from = (ignored ? (long) page - 1 : (page - 1) % pack) * perPage;
        var found = entries.stream().skip(from).limit(perPage).map(Fields::of).toList();
        var here = from + perPage < entries.size();
        var beyond = !ignored && (page - 1) % pack == pack - 1 && isMoreBeyond(entries.size(), info);
        return new Cut(found, !found.isEmpty() && (here || beyond), page + 1);
    }

    /** Where the answer does not say how many there are, a full page is taken for one that is followed by another. */
    private boolean isMoreBeyond(int size, Fields info) {
        var total = info.count("total_count");
        var pages = info.count("total_pages");
        var upstream = (page - 1L) / pack + 1;
        if (pages.isPresent()) {
            return upstream < pages.get();
        }
        return total.isPresent() ? upstream * perPage * pack < total.get() : size == perPage * pack;
    }

    /**
     * What a page holds.
     *
     * @param entries its entries
     * @param isMore whether there is a next page
     * @param nextPage the number of that
     */
    record Cut(List<Fields> entries, boolean isMore, int nextPage) {

        Cut {
            entries = List.copyOf(entries);
        }
    }
}
