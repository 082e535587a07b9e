package broadsheet.stats.counting;

import broadsheet.stats.classification.ClassifiedView;
import broadsheet.stats.position.Place;
import java.time.Instant;
import java.util.Optional;

/**
 * The views of a partition that a generation has copies of instead of counting them: those that are counted on a day before
 * {@code before} and were counted when the copies were made.
 *
 * @param before midnight in UTC
 * @param to the first record that was not counted then
 */
record CopiedViews(Instant before, Place to) {

    /**
     * What of a view is to be counted. Whether it is a duplicate or invalid no ruleset decides, so the ledger counts that in
     * the hour of its receipt; its article's copy holds it.
     */
    Optional<ClassifiedView> without(ClassifiedView view) {
        if (view.view() == null || !view.countedAt().isBefore(before) || !to.isAfter(view.place())) {
            return Optional.of(view);
        }
        return switch (view.classification()) {
            case DUPLICATE, INVALID ->
                Optional.of(new ClassifiedView(
                        view.partition(),
                        view.place(),
                        view.classification(),
                        null,
                        view.countedAt(),
                        view.receivedAt(),
                        view.memoryCutShort()));
            case COUNTED, LATE, BOT, AUTOMATED, DOUBLE_CLICK, DEAD_LETTERED -> Optional.empty();
        };
    }
}
