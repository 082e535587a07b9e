package broadsheet.article.workflow;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the newsroom's rules say of an article, written a second time without its code: which steps are legal, and which
 * text readers may see.
 */
final class ModelledArticle {

    /** What staff, or the time, does to an article besides writing it. */
    enum Step {
        SUBMIT,
        APPROVE,
        REJECT,
        PUBLISH,
        SCHEDULE,
        UNSCHEDULE,
        PUBLISH_DUE,
        CORRECT,
        WITHDRAW,
        RENAME
    }

    enum Stage {
        DRAFT,
        IN_REVIEW,
        APPROVED
    }

    private final StaffMember author;
    private final Set<String> writers = new HashSet<>();

    /** The text that is to be published or to replace what is; null where there is none. */
    private @Nullable String proposed;

    private @Nullable String published;
    private @Nullable String reviewer;
    private Stage stage = Stage.DRAFT;
    private boolean scheduled;
    private String slug = "slug-0";
    private final Set<String> earlierSlugs = new HashSet<>();
    private boolean withdrawn;

    ModelledArticle(String text, StaffMember author) {
        this.proposed = text;
        this.author = author;
        writers.add(author.username());
    }

    /** The step that would bring what was written to the readers. */
    Step next(Random random) {
        return switch (stage) {
            case DRAFT -> Step.SUBMIT;
            case IN_REVIEW -> Step.APPROVE;
            case APPROVED -> {
                if (published != null) {
                    yield Step.CORRECT;
                }
                yield scheduled
                        ? random.nextInt(4) == 0 ? Step.UNSCHEDULE : Step.PUBLISH_DUE
                        : random.nextBoolean() ? Step.SCHEDULE : Step.PUBLISH;
            }
        };
    }

    boolean mayRewrite(StaffMember by) {
        return !withdrawn && (by.isEditor() || (by.equals(author) && stage == Stage.DRAFT));
    }

    boolean may(Step step, StaffMember by) {
        if (withdrawn) {
            return false;
        }
        boolean proposal = proposed != null;
        return switch (step) {
            case SUBMIT -> (by.isEditor() || by.equals(author)) && proposal && stage == Stage.DRAFT;
            case APPROVE, REJECT -> by.isEditor() && !hasWritten(by) && proposal && stage == Stage.IN_REVIEW;
            case PUBLISH, SCHEDULE -> by.isEditor() && published == null && stage == Stage.APPROVED;
            case UNSCHEDULE -> by.isEditor() && scheduled;
            case PUBLISH_DUE -> scheduled;
            case RENAME -> by.isEditor() || (by.equals(author) && published == null && stage == Stage.DRAFT);
            case CORRECT -> by.isEditor() && published != null && stage == Stage.APPROVED;
            case WITHDRAW -> by.isEditor() && published != null;
        };
    }

    private boolean hasWritten(StaffMember by) {
        return by.equals(author) || writers.contains(by.username());
    }

    void rewrite(String text, StaffMember by) {
        proposed = text;
        writers.add(by.username());
        stage = Stage.DRAFT;
        reviewer = null;
        scheduled = false;
    }

    void rename(String newSlug) {
        if (published != null) {
            earlierSlugs.add(slug);
            earlierSlugs.remove(newSlug);
        }
        slug = newSlug;
    }

    void move(Step step, StaffMember by) {
        switch (step) {
            case SUBMIT -> stage = Stage.IN_REVIEW;
            case REJECT -> stage = Stage.DRAFT;
            case APPROVE -> {
                stage = Stage.APPROVED;
                reviewer = by.username();
            }
            case SCHEDULE -> scheduled = true;
            case UNSCHEDULE -> scheduled = false;
            case RENAME -> {}
            case PUBLISH, PUBLISH_DUE, CORRECT -> {
                scheduled = false;
                published = proposed;
                proposed = null;
                stage = Stage.DRAFT;
                reviewer = null;
                writers.clear();
            }
            case WITHDRAW -> {
                withdrawn = true;
                published = null;
                proposed = null;
            }
        }
    }

    boolean isScheduled() {
        return scheduled;
    }

    String slug() {
        return slug;
    }

    Set<String> earlierSlugs() {
        return Set.copyOf(earlierSlugs);
    }

    boolean isPublic() {
        return published != null;
    }

    /** The text that readers see. */
    @Nullable String published() {
        return published;
    }

    /** The text that waits to be published, or to replace what is. */
    @Nullable String proposed() {
        return proposed;
    }

    /** Who approved the text that waits; null while nobody did. */
    @Nullable String reviewer() {
        return reviewer;
    }

    Set<String> writers() {
        return Set.copyOf(writers);
    }
}
