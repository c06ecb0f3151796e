package symbolai.mcp.server.tools;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import com.networknt.schema.regex.RegularExpression;
import java.util.Optional;

/** A regular expression whose time grows with the length of the text only, whatever it says. */
final class LinearPattern implements RegularExpression {
    private static final int LONGEST = 1000;
    private static final int MOST_REPETITIONS = 1000;

    private final Pattern pattern;

    private LinearPattern(Pattern pattern) {
        this.pattern = pattern;
    }

    static LinearPattern compile(String expression) {
        problem(expression).ifPresent(LinearPattern::refuse);
        return new LinearPattern(Pattern.compile(expression));
    }

    private static void refuse(String problem) {
        throw new IllegalArgumentException(problem);
    }

    /** What is wrong with an expression; empty when it is fine. */
    static Optional<String> problem(String expression) {
        if (expression.length() > LONGEST) {
            return Optional.of("is " + expression.length() + " characters long; at most " + LONGEST + " are allowed");
        }
        if (repetitions(expression) > MOST_REPETITIONS) {
            return Optional.of(
                    "repeats more than " + MOST_REPETITIONS + " times in all; use maxLength or a simpler pattern");
        }
        try {
            Pattern.compile(expression);
            return Optional.empty();
        } catch (PatternSyntaxException wrong) {
            return Optional.of("is refused (" + wrong.getDescription()
                    + "); look-around, back-references, possessive quantifiers and \\u escapes are not available");
        }
    }

    /** The product of all counted repetitions, which bounds the size of the compiled expression. */
    private static long repetitions(String expression) {
        long product = 1;
        for (int open = expression.indexOf('{'); open >= 0; open = expression.indexOf('{', open + 1)) {
            int close = expression.indexOf('}', open);
            if (close < 0) {
                return product;
            }
            for (var bound : expression.substring(open + 1, close).split(",", -1)) {
                if (!bound.isEmpty() && bound.length() < 9 && bound.chars().allMatch(c -> c >= '0' && c <= '9')) {
                    product = Math.min(Integer.MAX_VALUE, product * Math.max(1, Long.parseLong(bound)));
                }
            }
        }
        return product;
    }

    @Override
    public boolean matches(String value) {
        return pattern.matcher(value).find();
    }
}
