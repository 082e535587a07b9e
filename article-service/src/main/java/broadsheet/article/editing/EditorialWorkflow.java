package broadsheet.article.editing;

import broadsheet.article.account.Account;
import broadsheet.article.account.Accounts;
import broadsheet.article.category.Categories;
import broadsheet.article.content.CategoryLabel;
import broadsheet.article.store.Articles;
import broadsheet.article.store.PublicArticles;
import broadsheet.article.workflow.Article;
import broadsheet.article.workflow.ArticleProblems;
import broadsheet.article.workflow.StaffMember;
import broadsheet.article.workflow.Transition;
import broadsheet.events.ArticleChanged;
import broadsheet.events.ArticleCorrected;
import broadsheet.events.ArticleCreated;
import broadsheet.events.ArticlePublished;
import broadsheet.events.ArticleSnapshot;
import broadsheet.events.ArticleUpdated;
import broadsheet.events.ArticleWithdrawn;
import broadsheet.web.precondition.IfMatch;
import broadsheet.web.problem.InvalidFieldException;
import com.github.f4b6a3.uuid.UuidCreator;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.util.function.Tuple2;

/** What staff does with articles; each step is one guarded write, together with its event. */
@Component
class EditorialWorkflow {

    private final Articles articles;
    private final PublicArticles published;
    private final Accounts accounts;
    private final Categories categories;
    private final InstantSource clock;

    EditorialWorkflow(
            Articles articles,
            PublicArticles published,
            Accounts accounts,
            Categories categories,
            InstantSource clock) {
        this.articles = articles;
        this.published = published;
        this.accounts = accounts;
        this.categories = categories;
        this.clock = clock;
    }

    Mono<Article> draft(ArticleRequest request, Authentication session) {
        String id = UuidCreator.getTimeOrderedEpoch().toString();
        return written(request, session)
                .map(known ->
                        Article.draft(id, request.slugOfTitle(), request.content(known.getT1()), known.getT2(), now()))
                .flatMap(draft -> request.slug() == null
                        ? articles.addNumbered(draft, ArticleCreated::new)
                        : addChosen(draft.slugged(request.slug())));
    }

    /** Whoever chose a slug gets that one or none. */
    private Mono<Article> addChosen(Article draft) {
        return articles.add(draft, ArticleCreated::new)
                .onErrorMap(DuplicateKeyException.class, e -> ArticleProblems.taken(draft.slug()));
    }

    Mono<Article> rewrite(String id, ArticleRequest request, @Nullable String ifMatch, Authentication session) {
        return known(id)
                .doOnNext(article -> IfMatch.required(ifMatch, article.version(), "Article " + id))
                .flatMap(article -> written(request, session)
                        .map(known -> article.rewrite(request.contentOf(article, known.getT1()), known.getT2(), now())))
                .flatMap(rewritten -> articles.save(rewritten, ArticleUpdated::new))
                .doOnNext(published::changed)
                .switchIfEmpty(Mono.error(() -> IfMatch.stale("Article " + id)));
    }

    /** Whoever approves names the version they read: another text may have come meanwhile. */
    Mono<Article> move(
            String id,
            Transition.Action action,
            @Nullable String note,
            @Nullable String ifMatch,
            Authentication session) {
        return known(id)
                .doOnNext(article -> {
                    if (action == Transition.Action.APPROVE) {
                        IfMatch.required(ifMatch, article.version(), "Article " + id);
                    } else {
                        IfMatch.optional(ifMatch, article.version(), "Article " + id);
                    }
                })
                .zipWith(staff(session), (article, staff) -> moved(article, action, staff, note))
                .flatMap(moved -> articles.save(moved, event(action, moved)))
                .doOnNext(published::changed)
                .switchIfEmpty(Mono.error(
                        () -> ifMatch == null ? ArticleProblems.changedMeanwhile(id) : IfMatch.stale("Article " + id)));
    }

    Mono<Article> known(String id) {
        return articles.byId(id).switchIfEmpty(Mono.error(() -> ArticleProblems.unknown(id)));
    }

    private Article moved(Article article, Transition.Action action, StaffMember by, @Nullable String note) {
        return switch (action) {
            case SUBMIT -> article.submit(by, note, now());
            case APPROVE -> article.approve(by, note, now());
            case REJECT -> article.reject(by, note, now());
            case PUBLISH -> article.publish(by, note, now());
            case CORRECT -> article.correct(by, correctionNote(note), now());
            case WITHDRAW -> article.withdraw(by, note, now());
        };
    }

    private static String correctionNote(@Nullable String note) {
        if (note == null || note.isBlank()) {
            throw new InvalidFieldException("note", "tells readers what was corrected and is missing");
        }
        return note.strip();
    }

    private static Function<ArticleSnapshot, ArticleChanged> event(Transition.Action action, Article moved) {
        return switch (action) {
            case SUBMIT, APPROVE, REJECT -> ArticleUpdated::new;
            case PUBLISH -> ArticlePublished::new;
            case CORRECT ->
                article -> new ArticleCorrected(article, moved.dates().correctionNote());
            case WITHDRAW -> ArticleWithdrawn::new;
        };
    }

    /**
     * Where an article is to stand and who writes it; on a thread that may take its time, since a long body does until it
     * is safe, and the first title in a script until its rules are read from disk.
     */
    private Mono<Tuple2<CategoryLabel, StaffMember>> written(ArticleRequest request, Authentication session) {
        return Mono.zip(category(request), staff(session)).publishOn(Schedulers.boundedElastic());
    }

    private Mono<CategoryLabel> category(ArticleRequest request) {
        return categories
                .bySlug(request.category())
                .map(category -> new CategoryLabel(category.slug(), category.name()))
                .switchIfEmpty(
                        Mono.error(() -> new InvalidFieldException("category", "is unknown: " + request.category())));
    }

    private Mono<StaffMember> staff(Authentication session) {
        return accounts.byUsername(session.getName())
                .map(Account::displayName)
                .defaultIfEmpty(session.getName())
                .map(displayName -> StaffMember.of(session, displayName));
    }

    /** MongoDB keeps milliseconds. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
