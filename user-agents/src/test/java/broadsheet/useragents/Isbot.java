package broadsheet.useragents;

import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What isbot alone says, which is all its patterns as one. */
final class Isbot implements Predicate<String> {

    private final Pattern pattern = Pattern.compile(
            AgentLists.lines("isbot").stream()
                    .map(line -> line.substring(line.indexOf('\t') + 1))
                    .collect(Collectors.joining("|")),
            Pattern.CASE_INSENSITIVE);

    @Override
    public boolean test(String userAgent) {
        return pattern.matcher(userAgent).find();
    }
}
