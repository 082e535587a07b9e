package broadsheet.article.category;

import broadsheet.article.content.Slugs;
import broadsheet.web.paging.Page;
import broadsheet.web.problem.InvalidFieldException;
import broadsheet.web.problem.ProblemException;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
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
    Mono<Page<Category>> all() {
        return categories.all().collectList().map(items -> new Page<>(items, null));
    }

    @GetMapping("/{slug}")
    Mono<Category> one(@PathVariable String slug) {
        return categories.bySlug(slug).switchIfEmpty(unknown(slug));
    }

    @PostMapping
    Mono<ResponseEntity<Category>> add(@Valid @RequestBody NewCategory request) {
        Category category = request.category();
        return knownParent(category)
                .then(categories.add(category))
                .onErrorMap(
                        DuplicateKeyException.class,
                        e -> new ProblemException(
                                HttpStatus.CONFLICT, "There is a category '" + category.slug() + "' already"))
                .map(added -> ResponseEntity.created(URI.create("/api/categories/" + added.slug()))
                        .body(added));
    }

    @PutMapping("/{slug}")
    Mono<Category> change(@PathVariable String slug, @Valid @RequestBody CategoryChange request) {
        var category = new Category(slug, request.name().strip(), request.parent(), request.position());
        return knownParent(category)
                .then(categories.replace(category))
                .switchIfEmpty(unknown(slug))
                .flatMap(changed -> use.rename(changed).thenReturn(changed));
    }

    @DeleteMapping("/{slug}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    Mono<Void> remove(@PathVariable String slug) {
        return use.isUsed(slug)
                .flatMap(used -> used ? Mono.error(stillUsed(slug, "articles")) : categories.hasChildren(slug))
                .flatMap(children ->
                        children ? Mono.error(stillUsed(slug, "categories below it")) : categories.remove(slug))
                .flatMap(removed -> removed ? Mono.empty() : unknown(slug));
    }

    private Mono<Void> knownParent(Category category) {
        String parent = category.parent();
        if (parent == null) {
            return Mono.empty();
        }
        return categories
                .bySlug(parent)
                .switchIfEmpty(Mono.error(() -> new InvalidFieldException("parent", "is unknown: " + parent)))
                .expand(above -> above.parent() == null || above.slug().equals(category.slug())
                        ? Mono.empty()
                        : categories.bySlug(above.parent()))
                .take(MAX_DEPTH)
                .filter(above -> above.slug().equals(category.slug()))
                .hasElements()
                .flatMap(below -> below
                        ? Mono.error(new InvalidFieldException("parent", "is the category itself or below it"))
                        : Mono.empty());
    }

    private static <T> Mono<T> unknown(String slug) {
        return Mono.error(() -> new ProblemException(HttpStatus.NOT_FOUND, "There is no category '" + slug + "'"));
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
            String chosen = slug == null ? Slugs.of(name, "category") : slug;
            return new Category(chosen, name.strip(), parent, position == null ? 0 : position);
        }
    }

    record CategoryChange(
            @NotBlank @Size(max = 100) String name,
            @Nullable String parent,
            int position) {}
}
