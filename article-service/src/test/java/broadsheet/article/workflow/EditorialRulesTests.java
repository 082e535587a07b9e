package broadsheet.article.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import broadsheet.article.content.Body;
import broadsheet.article.content.CategoryLabel;
import broadsheet.article.content.Content;
import broadsheet.article.workflow.ModelledArticle.Step;
import broadsheet.events.ArticleSnapshot.Status;
import broadsheet.web.problem.ProblemException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The rules of the newsroom, held against thousands of articles that random staff writes and moves at random. A failure
 * names its seed, and {@link #play} with that seed repeats it.
 */
class EditorialRulesTests {

    private static final int ARTICLES = 3_000;
    private static final int STEPS = 40;
    private static final Instant BEGUN = Instant.parse("2026-01-01T00:00:00Z");

    private static final List<StaffMember> STAFF = List.of(
            new StaffMember("ann", "Ann", false),
            new StaffMember("bob", "Bob", false),
            new StaffMember("eve", "Eve", true),
            new StaffMember("kim", "Kim", true),
            new StaffMember("zoe", "Zoe", true));

    /** How often each action was taken and refused: a rule that is never tried is not tested. */
    private final Map<Step, Integer> taken = new EnumMap<>(Step.class);

    private final Map<Step, Integer> refused = new EnumMap<>(Step.class);

    private Random random = new Random();
    private String step = "";
    private Article article = draft(0);
    private ModelledArticle model = new ModelledArticle("", STAFF.get(0));

    @Test
    void holdForWhateverStaffDoes() {
        for (long seed = 0; seed < ARTICLES; seed++) {
            play(seed);
        }
        assertThat(taken)
                .containsOnlyKeys(Step.values())
                .allSatisfy((action, times) -> assertThat(times).isGreaterThan(50));
        assertThat(refused)
                .containsOnlyKeys(Step.values())
                .allSatisfy((action, times) -> assertThat(times).isGreaterThan(50));
    }

    private void play(long seed) {
        random = new Random(seed);
        article = draft(random.nextInt(STAFF.size()));
        model = new ModelledArticle(text(article), article.author());
        for (int n = 1; n <= STEPS; n++) {
            StaffMember by = STAFF.get(random.nextInt(STAFF.size()));
            Instant now = BEGUN.plusSeconds(n);
            @Nullable Step action = random.nextInt(6) == 0 ? null : aStep();
            String what = action == null ? "REWRITE" : action.name();
            step = "seed %d, step %d: %s by %s of %s".formatted(seed, n, what, by.username(), article);
            try {
                if (action == null) {
                    rewrite("Text " + n, by, now);
                } else {
                    move(action, by, "note " + n, now);
                }
                readersSeeWhatWasApproved();
            } catch (ProblemException e) {
                throw new AssertionError(step + " is legal, but " + e.getMessage(), e);
            }
        }
    }

    /** Half the time the next one on the way to publication, so that articles get far. */
    private Step aStep() {
        Step[] all = Step.values();
        Step any = all[random.nextInt(all.length)];
        boolean ends = any == Step.WITHDRAW && random.nextInt(4) != 0;
        return ends || random.nextBoolean() ? model.next(random) : any;
    }

    private void rewrite(String text, StaffMember by, Instant now) {
        if (!model.mayRewrite(by)) {
            isRefused(() -> article.rewrite(content(text), by, now));
            return;
        }
        Article before = article;
        article = article.rewrite(content(text), by, now);
        model.rewrite(text, by);
        isNextVersionOf(before, now);
        if (article.stage() == before.stage()) {
            assertThat(article.history()).as(step).isEqualTo(before.history());
        } else {
            assertThat(article.history()).as(step).hasSize(before.history().size() + 1);
            assertThat(article.history().get(before.history().size()).action())
                    .as(step)
                    .isEqualTo(Transition.Action.REWRITE);
        }
        assertThat(article.slug()).as(step).isEqualTo(before.slug());
        if (before.isPublic()) {
            assertThat(article.content()).as(step).isEqualTo(before.content());
            assertThat(article.status()).as(step).isEqualTo(before.status());
        } else {
            assertThat(article.status()).as(step).isEqualTo(Status.DRAFT);
        }
    }

    private void move(Step action, StaffMember by, String note, Instant now) {
        if (!model.may(action, by)) {
            isRefused(() -> moved(action, by, note, now));
            refused.merge(action, 1, Integer::sum);
            return;
        }
        if (action == Step.APPROVE) {
            assertThat(model.writers()).as(step).doesNotContain(by.username());
        }
        if (List.of(Step.PUBLISH, Step.SCHEDULE, Step.PUBLISH_DUE, Step.CORRECT).contains(action)) {
            assertThat(model.reviewer()).as(step).isNotNull().isNotIn(model.writers());
        }
        Article before = article;
        article = moved(action, by, note, now);
        model.move(action, by);
        taken.merge(action, 1, Integer::sum);
        isNextVersionOf(before, now);
        if (action == Step.RENAME) {
            model.rename(article.slug());
            assertThat(article.history()).as(step).isEqualTo(before.history());
            return;
        }
        assertThat(article.slug()).as(step).isEqualTo(before.slug());
        StaffMember mover = action == Step.PUBLISH_DUE
                ? Objects.requireNonNull(before.schedule()).by()
                : by;
        assertThat(article.history().subList(0, before.history().size()))
                .as(step)
                .isEqualTo(before.history());
        Transition last = article.history().get(article.history().size() - 1);
        assertThat(last.by()).as(step).isEqualTo(mover.username());
        assertThat(last.at()).as(step).isEqualTo(now);
        assertThat(last.version()).as(step).isEqualTo(article.version());
        assertThat(last.from()).as(step).isEqualTo(action == Step.WITHDRAW ? before.status() : before.stage());
        assertThat(last.to()).as(step).isEqualTo(article.stage());
    }

    private Article moved(Step action, StaffMember by, String note, Instant now) {
        return switch (action) {
            case SUBMIT -> article.submit(by, note, now);
            case APPROVE -> article.approve(by, note, now);
            case REJECT -> article.reject(by, note, now);
            case PUBLISH -> article.publish(by, note, now);
            case SCHEDULE -> article.schedule(by, now, note, now);
            case UNSCHEDULE -> article.unschedule(by, note, now);
            case PUBLISH_DUE -> article.publishDue(now);
            case RENAME -> article.rename("slug-" + random.nextInt(4), by, now);
            case CORRECT -> article.correct(by, note, now);
            case WITHDRAW -> article.withdraw(by, note, now);
        };
    }

    private void isRefused(ThrowingCallable illegal) {
        String before = article.toString();
        assertThatThrownBy(illegal, "%s", step)
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.getStatusCode().value()).isIn(403, 409));
        assertThat(article).as(step).hasToString(before);
    }

    private void isNextVersionOf(Article before, Instant now) {
        assertThat(article.version()).as(step).isEqualTo(before.version() + 1);
        assertThat(article.id()).as(step).isEqualTo(before.id());
        assertThat(article.author()).as(step).isEqualTo(before.author());
        assertThat(article.dates().updated()).as(step).isEqualTo(now);
        assertThat(article.dates().created()).as(step).isEqualTo(before.dates().created());
    }

    private void readersSeeWhatWasApproved() {
        assertThat(article.slug()).as(step).isEqualTo(model.slug());
        assertThat(article.earlierSlugs()).as(step).containsExactlyInAnyOrderElementsOf(model.earlierSlugs());
        assertThat(article.schedule() != null).as(step).isEqualTo(model.isScheduled());
        assertThat(article.status() == Status.SCHEDULED).as(step).isEqualTo(model.isScheduled());
        assertThat(article.history()).as(step).hasSizeLessThanOrEqualTo(Article.MAX_HISTORY);
        assertThat(article.isPublic()).as(step).isEqualTo(model.isPublic());
        if (article.isPublic()) {
            assertThat(text(article)).as(step).isEqualTo(model.published());
            assertThat(textOf(article.correction())).as(step).isEqualTo(model.proposed());
        } else if (article.status() != Status.WITHDRAWN) {
            assertThat(text(article)).as(step).isEqualTo(model.proposed());
        }
    }

    private static Article draft(int author) {
        return Article.draft("an-article-1", "slug-0", content("Text 0"), STAFF.get(author), BEGUN);
    }

    private static Content content(String text) {
        return new Content(
                text,
                null,
                null,
                new Body(Body.Format.MARKDOWN, text, text),
                new CategoryLabel("news", "News"),
                List.of(),
                null,
                List.of(),
                null);
    }

    private static String text(Article article) {
        return article.content().body().text();
    }

    private static @Nullable String textOf(@Nullable Correction correction) {
        return correction == null ? null : correction.content().body().text();
    }
}
