package broadsheet.article.editing;

import broadsheet.article.category.Categories;
import broadsheet.article.content.CategoryLabel;
import broadsheet.article.content.Content;
import broadsheet.article.store.Articles;
import broadsheet.article.store.ConflictingTexts;
import broadsheet.article.store.PublicArticles;
import broadsheet.article.workflow.Article;
import broadsheet.article.workflow.ArticleProblems;
import broadsheet.article.workflow.StaffMember;
import broadsheet.events.ArticleCreated;
import broadsheet.events.ArticleUpdated;
import broadsheet.web.precondition.IfMatch;
import broadsheet.web.problem.InvalidFieldException;
import broadsheet.web.problem.ProblemException;
import com.github.f4b6a3.uuid.UuidCreator;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.util.function.Tuple2;

/** What staff writes; each save is one guarded write, together with its event. */
@Component
public class EditorialWorkflow {

    private final Articles articles;
    private final PublicArticles published;
    private final ConflictingTexts conflicts;
    private final SessionStaff staff;
    private final Categories categories;
    private final ShownImages images;
    private final InstantSource clock;

    EditorialWorkflow(
            Articles articles,
            PublicArticles published,
            ConflictingTexts conflicts,
            SessionStaff staff,
            Categories categories,
            ShownImages images,
            InstantSource clock) {
        this.articles = articles;
        this.published = published;
        this.conflicts = conflicts;
        this.staff = staff;
        this.categories = categories;
        this.images = images;
        this.clock = clock;
    }

    Mono<Article> draft(ArticleRequest request, Authentication session) {
        String id = UuidCreator.getTimeOrderedEpoch().toString();
        return written(request.category(), session)
                .flatMap(known -> images.keep(request.content(known.getT1()))
                        .map(content -> Article.draft(id, request.slugOfTitle(), content, known.getT2(), now())))
                .flatMap(draft -> request.slug() == null
                        ? articles.addNumbered(draft, ArticleCreated::new)
                        : addChosen(draft.slugged(request.slug())));
    }

    /** Whoever chose a slug gets that one or none. */
    private Mono<Article> addChosen(Article draft) {
        return articles.add(draft, ArticleCreated::new)
                .onErrorMap(DuplicateKeyException.class, e -> ArticleProblems.taken(draft.slug()));
    }

    /** Fails with 412 where the article is at another version than the sender read; the text is kept as a conflict then. */
    Mono<Article> rewrite(String id, ArticleRequest request, @Nullable String ifMatch, Authentication session) {
        return known(id)
                .doOnNext(article -> IfMatch.present(ifMatch))
                .zipWhen(article -> written(request.category(), session))
                .flatMap(known -> {
                    Article article = known.getT1();
                    StaffMember by = known.getT2().getT2();
                    if (!IfMatch.isMet(ifMatch, article.version())) {
                        return late(article, request.content(known.getT2().getT1()), by);
                    }
                    return images.keep(request.contentOf(article, known.getT2().getT1()))
                            .flatMap(content -> save(article, request.slugged(article.rewrite(content, by, now())))
                                    .switchIfEmpty(Mono.defer(() -> conflict(id, content, by))));
                });
    }

    /** Makes an earlier content the article's newest one. */
    public Mono<Article> restore(String id, Content earlier, @Nullable String ifMatch, Authentication session) {
        return known(id)
                .doOnNext(article -> IfMatch.required(ifMatch, article.version(), "Article " + id))
                .zipWhen(article -> written(earlier.category().slug(), session))
                .flatMap(known -> {
                    Content content =
                            earlier.asWritten().in(known.getT2().getT1()).safe();
                    Article article = known.getT1();
                    return save(article, article.rewrite(content, known.getT2().getT2(), now()));
                })
                .switchIfEmpty(Mono.error(() -> IfMatch.stale("Article " + id)));
    }

    Mono<Article> rename(String id, String slug, @Nullable String ifMatch, Authentication session) {
        return known(id)
                .doOnNext(article -> IfMatch.required(ifMatch, article.version(), "Article " + id))
                .zipWith(staff.of(session))
                .flatMap(known -> {
                    Article article = known.getT1();
                    return slug.equals(article.slug())
                            ? Mono.just(article)
                            : save(article, article.rename(slug, known.getT2(), now()));
                })
                .switchIfEmpty(Mono.error(() -> IfMatch.stale("Article " + id)));
    }

    public Mono<Article> known(String id) {
        return articles.byId(id).switchIfEmpty(Mono.error(() -> ArticleProblems.unknown(id)));
    }

    private Mono<Article> save(Article before, Article after) {
        return articles.save(before, after, ArticleUpdated::new)
                .onErrorMap(DuplicateKeyException.class, e -> ArticleProblems.taken(after.slug()))
                .doOnNext(published::changed);
    }

    /** Kept also where the article has come to a state in which its author may not write on. */
    private Mono<Article> late(Article article, Content content, StaffMember by) {
        return article.isBy(by) || by.isEditor()
                ? images.keep(content).then(Mono.defer(() -> conflict(article.id(), content, by)))
                : Mono.error(ArticleProblems.of(by, "rewrite an article of someone else"));
    }

    private <T> Mono<T> conflict(String id, Content content, StaffMember by) {
        return known(id)
                .zipWhen(current -> conflicts.keep(current, content, by, now()))
                .flatMap(kept -> {
                    ProblemException stale =
                            IfMatch.stale("Article " + id, kept.getT1().version());
                    stale.getBody()
                            .setProperty(
                                    "conflict",
                                    "/api/articles/" + id + "/conflicts/"
                                            + kept.getT2().id());
                    return Mono.error(stale);
                });
    }

    /**
     * Where an article is to stand and who writes it; on a thread that may take its time, since a long body does until it
     * is safe, and the first title in a script until its rules are read from disk.
     */
    private Mono<Tuple2<CategoryLabel, StaffMember>> written(String category, Authentication session) {
        return Mono.zip(category(category), staff.of(session)).publishOn(Schedulers.boundedElastic());
    }

    private Mono<CategoryLabel> category(String slug) {
        return categories
                .bySlug(slug)
                .map(category -> new CategoryLabel(category.slug(), category.name()))
                .switchIfEmpty(Mono.error(() -> new InvalidFieldException("category", "is unknown: " + slug)));
    }

    /** MongoDB keeps milliseconds. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
