/**
 * The pages that the server itself writes: signing in, setting a password, and the kit that other pages are made with. They are plain HTML that
 * works without a script. Every value goes through {@link symbolai.mcp.server.http.page.Html}, which escapes it.
 */
@NullMarked
package symbolai.mcp.server.http.page;

import org.jspecify.annotations.NullMarked;
