package symbolai.mcp.server.policy;

/** A pattern in which a star stands for any characters and a question mark for one. */
final class Glob {
    private Glob() {}

    /** Whether the whole text matches; goes back to the last star only, so it takes no more than the product of the lengths. */
    static boolean matches(String glob, String text) {
        int at = 0;
        int star = -1;
        int resume = 0;
        int i = 0;
        while (i < text.length()) {
            if (at < glob.length() && glob.charAt(at) == '*') {
                star = at++;
                resume = i;
            } else if (at < glob.length() && (glob.charAt(at) == '?' || glob.charAt(at) == text.charAt(i))) {
                at++;
                i++;
            } else if (star >= 0) {
                at = star + 1;
                i = ++resume;
            } else {
                return false;
            }
        }
        while (at < glob.length() && glob.charAt(at) == '*') {
            at++;
        }
        return at == glob.length();
    }
}
