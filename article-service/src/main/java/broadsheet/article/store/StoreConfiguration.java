package broadsheet.article.store;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import broadsheet.article.outbox.OutboxCollection;
import java.time.Duration;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.mongodb.autoconfigure.MongoClientSettingsBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.mongodb.core.SimpleReactiveMongoDatabaseFactory;

@Configuration(proxyBeanMethods = false)
class StoreConfiguration {

    private static final Duration ANSWERS_IN = Duration.ofSeconds(4);

    /** Whoever waits for a store that is away learns so within 5 s, not in the driver's minutes. */
    @Bean
    MongoClientSettingsBuilderCustomizer storeTimeLimit() {
        return settings -> settings.timeout(ANSWERS_IN.toMillis(), MILLISECONDS);
    }

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
