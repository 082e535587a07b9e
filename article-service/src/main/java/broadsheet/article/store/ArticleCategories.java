package broadsheet.article.store;

import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import broadsheet.article.category.Category;
import broadsheet.article.category.CategoryUse;
import broadsheet.article.workflow.Article;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

@Component
class ArticleCategories implements CategoryUse {

    private final ReactiveMongoTemplate mongo;
    private final PublicArticles publicArticles;

    ArticleCategories(ReactiveMongoTemplate mongo, PublicArticles publicArticles) {
        this.mongo = mongo;
        this.publicArticles = publicArticles;
    }

    @Override
    public Mono<Boolean> isUsed(String slug) {
        return mongo.exists(query(new Criteria().orOperator(published(slug), corrected(slug))), Article.class);
    }

    @Override
    public Mono<Void> rename(Category category) {
        return rename(published(category.slug()), "content.category.name", category)
                .then(rename(corrected(category.slug()), "correction.content.category.name", category))
                .doOnSuccess(renamed -> publicArticles.categoryChanged(category.slug()));
    }

    private Mono<Void> rename(Criteria those, String field, Category category) {
        return mongo.updateMulti(query(those), new Update().set(field, category.name()), Article.class)
                .then();
    }

    private static Criteria published(String slug) {
        return where("content.category.slug").is(slug);
    }

    private static Criteria corrected(String slug) {
        return where("correction.content.category.slug").is(slug);
    }
}
