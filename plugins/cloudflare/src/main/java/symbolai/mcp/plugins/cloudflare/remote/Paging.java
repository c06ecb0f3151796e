package symbolai.mcp.plugins.cloudflare.remote;

import symbolai.mcp.plugins.cloudflare.backend.Fields;

/** Tells whether there is a page after this one. */
final class Paging {

    private Paging() {}

    /** By what the system says; where it says nothing, a full page may have one after it. An empty page has none. */
    static boolean hasNext(Fields info, int page, int perPage, int found) {
        if (found == 0) {
            return false;
        }
        var pages = info.count("total_pages");
        var total = info.count("total_count");
        if (pages.isPresent()) {
            return page < pages.get();
        }
        return total.map(all -> (long) page * perPage < all).orElse(found >= perPage);
    }
}
