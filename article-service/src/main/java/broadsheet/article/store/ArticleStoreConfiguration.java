package broadsheet.article.store;

import broadsheet.article.outbox.OutboxCollection;
import broadsheet.store.StoreTimeLimit;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.data.mongodb.core.SimpleReactiveMongoDatabaseFactory;

@Configuration(proxyBeanMethods = false)
@Import(StoreTimeLimit.class)
class ArticleStoreConfiguration {

    @Bean
    OutboxCollection articlesOutbox() {
        return new OutboxCollection("articles");
    }

    @Bean
    static BeanPostProcessor storeErrors() {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessBeforeInitialization(Object bean, String name) {
                if (bean instanceof SimpleReactiveMongoDatabaseFactory factory) {
                    factory.setExceptionTranslator(new StoreErrorTranslator(factory.getExceptionTranslator()));
                }
                return bean;
            }
        };
    }
}
