package broadsheet.stats.deadletter;

import broadsheet.events.Topics;
import broadsheet.stats.StatsProperties;
import broadsheet.web.problem.InvalidFieldException;
import java.util.Arrays;
import java.util.Locale;

/** What records that cannot be read were meant to be. */
enum LetterTopic {
    VIEWS,
    ARTICLES;

    /** Fails naming what a caller may ask for. */
    static LetterTopic parse(String name) {
        return Arrays.stream(values())
                .filter(topic -> topic.toString().equals(name))
                .findFirst()
                .orElseThrow(() -> new InvalidFieldException("topic", "must be views or articles"));
    }

    /** Where they were. */
    String name(StatsProperties names) {
        return switch (this) {
            case VIEWS -> names.viewsTopic();
            case ARTICLES -> names.articlesTopic();
        };
    }

    String deadLetters(StatsProperties names) {
        return name(names) + Topics.DEAD_LETTERS;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
