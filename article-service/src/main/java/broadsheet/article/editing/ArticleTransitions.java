package broadsheet.article.editing;

import broadsheet.article.store.Articles;
import broadsheet.article.store.EarlierTransitions;
import broadsheet.article.store.PublicArticles;
import broadsheet.article.workflow.Article;
import broadsheet.article.workflow.ArticleProblems;
import broadsheet.article.workflow.Schedule;
import broadsheet.article.workflow.StaffMember;
import broadsheet.article.workflow.Transition;
import broadsheet.events.ArticleChanged;
import broadsheet.events.ArticleCorrected;
import broadsheet.events.ArticlePublished;
import broadsheet.events.ArticleSnapshot;
import broadsheet.events.ArticleSnapshot.Status;
import broadsheet.events.ArticleUpdated;
import broadsheet.events.ArticleWithdrawn;
import broadsheet.web.precondition.IfMatch;
import broadsheet.web.problem.InvalidFieldException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Moves articles through the workflow; each step is one guarded write, together with its event. */
@Component
class ArticleTransitions {

    private final EditorialWorkflow workflow;
    private final Articles articles;
    private final EarlierTransitions earlier;
    private final PublicArticles published;
    private final SessionStaff staff;
    private final InstantSource clock;

    ArticleTransitions(
            EditorialWorkflow workflow,
            Articles articles,
            EarlierTransitions earlier,
            PublicArticles published,
            SessionStaff staff,
            InstantSource clock) {
        this.workflow = workflow;
        this.articles = articles;
        this.earlier = earlier;
        this.published = published;
        this.staff = staff;
        this.clock = clock;
    }

    /**
     * A step that staff asks for.
     *
     * @param at when an article is to be published; null for at once
     */
    record Step(
            Transition.Action action,
            @Nullable Instant at,
            @Nullable String note) {

        Step {
            note = note == null || note.isBlank() ? null : note.strip();
            if (at != null && action != Transition.Action.PUBLISH) {
                throw new InvalidFieldException("at", "is for publish alone");
            }
        }
    }

    /** Whoever approves names the version they read: another text may have come meanwhile. */
    Mono<Article> take(String id, Step step, @Nullable String ifMatch, Authentication session) {
        return workflow.known(id)
                .doOnNext(article -> {
                    if (step.action == Transition.Action.APPROVE) {
                        IfMatch.required(ifMatch, article.version(), "Article " + id);
                    } else {
                        IfMatch.optional(ifMatch, article.version(), "Article " + id);
                    }
                })
                .zipWith(staff.of(session))
                .flatMap(known -> {
                    Article moved = moved(known.getT1(), step, known.getT2());
                    return articles.save(known.getT1(), moved, event(step, moved));
                })
                .doOnNext(published::changed)
                .switchIfEmpty(Mono.error(
                        () -> ifMatch == null ? ArticleProblems.changedMeanwhile(id) : IfMatch.stale("Article " + id)));
    }

    /** All steps of an article, oldest first. */
    Flux<Transition> of(String id) {
        return workflow.known(id).flatMapMany(earlier::all);
    }

    private Article moved(Article article, Step step, StaffMember by) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS); // MongoDB keeps no more
        return switch (step.action) {
            case SUBMIT -> article.submit(by, step.note, now);
            case APPROVE -> article.approve(by, step.note, now);
            case REJECT -> article.reject(by, step.note, now);
            case PUBLISH ->
                step.at == null
                        ? article.publish(by, step.note, now)
                        : article.schedule(by, inTime(step.at, now), step.note, now);
            case UNSCHEDULE -> article.unschedule(by, step.note, now);
            case CORRECT -> article.correct(by, correctionNote(step.note), now);
            case WITHDRAW -> article.withdraw(by, step.note, now);
            case REWRITE -> throw new InvalidFieldException("action", "is taken by a PUT of the article");
        };
    }

    private static Instant inTime(Instant at, Instant now) {
        if (!at.isAfter(now)) {
            throw new InvalidFieldException("at", "is over; leave it out to publish now");
        }
        if (at.isAfter(now.plus(Schedule.LONGEST))) {
            throw new InvalidFieldException("at", "is more than " + Schedule.LONGEST.toDays() + " days ahead");
        }
        return at.truncatedTo(ChronoUnit.MILLIS);
    }

    private static String correctionNote(@Nullable String note) {
        if (note == null) {
            throw new InvalidFieldException("note", "tells readers what was corrected and is missing");
        }
        return note;
    }

    private static Function<ArticleSnapshot, ArticleChanged> event(Step step, Article moved) {
        return switch (step.action) {
            case SUBMIT, APPROVE, REJECT, UNSCHEDULE, REWRITE -> ArticleUpdated::new;
            case PUBLISH -> moved.status() == Status.SCHEDULED ? ArticleUpdated::new : ArticlePublished::new;
            case CORRECT ->
                article -> new ArticleCorrected(article, moved.dates().correctionNote());
            case WITHDRAW -> ArticleWithdrawn::new;
        };
    }
}
