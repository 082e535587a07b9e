package broadsheet.article.category;

import broadsheet.article.content.Slugs;
import broadsheet.web.audit.AuditEntry;
import broadsheet.web.cache.SharedResponses;
import broadsheet.web.paging.Page;
import broadsheet.web.precondition.IfMatch;
import broadsheet.web.problem.InvalidFieldException;
import broadsheet.web.problem.ProblemException;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

@RestController
@RequestMapping("/api/categories")
class CategoryController {

    /** Ends the way up where stored categories form a circle already. */
    private static final int MAX_DEPTH = 100;

    private final Categories categories;
    private final CategoryUse use;

    CategoryController(Categories categories, CategoryUse use) {
        this.categories = categories;
        this.use = use;
    }

    @GetMapping
    Mono<Page<CategoryResponse>> all(ServerWebExchange exchange) {
        SharedResponses.share(exchange, "categories");
        return categories.all().map(CategoryResponse::of).collectList().map(items -> new Page<>(items, null));
    }

    @GetMapping("/{slug}")
    Mono<ResponseEntity<CategoryResponse>> one(@PathVariable String slug) {
        return known(slug).map(category -> answer(category, ResponseEntity.ok()));
    }

    @PostMapping
    Mono<ResponseEntity<CategoryResponse>> add(@Valid @RequestBody NewCategory request, Authentication editor) {
        Category category = request.category();
        return knownParent(category)
                .then(categories.add(category))
                .onErrorMap(
                        DuplicateKeyException.class,
                        e -> new ProblemException(
                                HttpStatus.CONFLICT, "There is a category '" + category.slug() + "' already"))
                .doOnNext(added -> audit("category-added", added, editor))
                .map(added -> answer(added, ResponseEntity.created(URI.create("/api/categories/" + added.slug()))));
    }

    @PutMapping("/{slug}")
    Mono<ResponseEntity<CategoryResponse>> change(
            @PathVariable String slug,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @Valid @RequestBody CategoryChange request,
            Authentication editor) {
        return known(slug)
                .doOnNext(category -> IfMatch.required(ifMatch, category.version(), thing(slug)))
                .flatMap(category -> update(category, request.changed(category)))
                .switchIfEmpty(Mono.error(() -> IfMatch.stale(thing(slug))))
                .doOnNext(changed -> audit("category-changed", changed, editor))
                .flatMap(changed -> renameInArticles(changed).thenReturn(changed))
                .map(changed -> answer(changed, ResponseEntity.ok()));
    }

    @DeleteMapping("/{slug}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    Mono<Void> remove(
            @PathVariable String slug,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            Authentication editor) {
        return known(slug)
                .doOnNext(category -> IfMatch.required(ifMatch, category.version(), thing(slug)))
                .flatMap(category -> unused(slug)
                        .then(categories.remove(category))
                        .doOnNext(removed -> {
                            if (removed) {
                                audit("category-removed", category, editor);
                            }
                        }))
                .flatMap(removed -> removed ? Mono.empty() : Mono.error(IfMatch.stale(thing(slug))));
    }

    private Mono<Category> known(String slug) {
        return categories
                .bySlug(slug)
                .switchIfEmpty(Mono.error(
                        () -> new ProblemException(HttpStatus.NOT_FOUND, "There is no category '" + slug + "'")));
    }

    private Mono<Category> update(Category read, Category changed) {
        Mono<Void> place = Objects.equals(read.parent(), changed.parent()) ? Mono.empty() : knownParent(changed);
        return place.then(categories.update(read, changed));
    }

    /** Until articles have the newest name: someone else may have renamed the category since, and been faster. */
    private Mono<Void> renameInArticles(Category changed) {
        return use.rename(changed)
                .then(categories.bySlug(changed.slug()))
                .filter(newest -> newest.version() > changed.version())
                .flatMap(this::renameInArticles);
    }

    private Mono<Void> unused(String slug) {
        return use.isUsed(slug)
                .flatMap(used -> used ? Mono.error(stillUsed(slug, "articles")) : categories.hasChildren(slug))
                .flatMap(children -> children ? Mono.error(stillUsed(slug, "categories below it")) : Mono.empty());
    }

    private Mono<Void> knownParent(Category category) {
        String parent = category.parent();
        if (parent == null) {
            return Mono.empty();
        }
        return categories
                .countPlacedBelow(parent)
                .switchIfEmpty(Mono.error(() -> new InvalidFieldException("parent", "is unknown: " + parent)))
                .expand(above -> above.parent() == null || above.slug().equals(category.slug())
                        ? Mono.empty()
                        : categories.countPlacedBelow(above.parent()))
                .take(MAX_DEPTH)
                .filter(above -> above.slug().equals(category.slug()))
                .hasElements()
                .flatMap(below -> below
                        ? Mono.error(new InvalidFieldException("parent", "is the category itself or below it"))
                        : Mono.empty());
    }

    private static ResponseEntity<CategoryResponse> answer(Category category, ResponseEntity.BodyBuilder response) {
        return response.eTag(Long.toString(category.version())).body(CategoryResponse.of(category));
    }

    private static void audit(String kind, Category category, Authentication editor) {
        AuditEntry.of(kind)
                .with("category", category.slug())
                .with("name", category.name())
                .with("parent", category.parent() == null ? "-" : category.parent())
                .with("position", category.position())
                .with("by", editor.getName())
                .log();
    }

    private static String thing(String slug) {
        return "Category '" + slug + "'";
    }

    private static ProblemException stillUsed(String slug, String by) {
        return new ProblemException(HttpStatus.CONFLICT, "Category '" + slug + "' still has " + by);
    }

    /** What a new category is made from; its slug comes from its name where none is chosen. */
    record NewCategory(
            @NotBlank @Size(max = 100) String name,

            @Nullable @Size(max = Slugs.MAX_LENGTH) @Pattern(regexp = Slugs.PATTERN, message = "must be lower-case letters, digits and single hyphens") String slug,

            @Nullable String parent,
            @Nullable Integer position) {

        Category category() {
            String chosen = slug == null ? Slugs.of(name, "") : slug;
            if (chosen.isEmpty()) {
                throw new InvalidFieldException("name", "has no letter or digit to make a slug of; send a slug too");
            }
            return new Category(chosen, name.strip(), parent, position == null ? 0 : position, 1L, null);
        }
    }

    record CategoryChange(
            @NotBlank @Size(max = 100) String name,
            @Nullable String parent,
            @NotNull Integer position) {

        Category changed(Category category) {
            return new Category(
                    category.slug(), name.strip(), parent, position, category.version() + 1, category.placedBelow());
        }
    }

    /** The version is the ETag of the category, which a change from a list names in {@code If-Match}. */
    record CategoryResponse(
            String slug, String name, @Nullable String parent, int position, long version) {

        static CategoryResponse of(Category category) {
            return new CategoryResponse(
                    category.slug(), category.name(), category.parent(), category.position(), category.version());
        }
    }
}
