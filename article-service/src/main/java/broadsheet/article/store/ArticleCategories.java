package broadsheet.article.store;

import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import broadsheet.article.category.Category;
import broadsheet.article.category.CategoryUse;
import broadsheet.article.workflow.Article;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

@Component
class ArticleCategories implements CategoryUse {

    private final ReactiveMongoTemplate mongo;

    ArticleCategories(ReactiveMongoTemplate mongo) {
        this.mongo = mongo;
    }

    @Override
    public Mono<Boolean> isUsed(String slug) {
        return mongo.exists(query(where("content.category.slug").is(slug)), Article.class);
    }

    @Override
    public Mono<Void> rename(Category category) {
        return mongo.updateMulti(
                        query(where("content.category.slug").is(category.slug())),
                        new Update().set("content.category.name", category.name()),
                        Article.class)
                .then();
    }
}
