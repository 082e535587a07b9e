package broadsheet.store;

import com.mongodb.MongoClientSettings;
import com.mongodb.connection.TransportSettings;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.mongodb.autoconfigure.MongoConnectionDetails;
import org.springframework.boot.mongodb.autoconfigure.MongoProperties;
import org.springframework.boot.mongodb.autoconfigure.MongoReactiveAutoConfiguration;
import org.springframework.boot.mongodb.autoconfigure.StandardMongoClientSettingsBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;

/** The connection to MongoDB: Boot's, on event loops that end with the service. */
@AutoConfiguration(before = MongoReactiveAutoConfiguration.class)
@EnableConfigurationProperties({MongoProperties.class, StoreProperties.class})
class StoreConfiguration {

    @Bean
    StoreEventLoops storeEventLoops() {
        return new StoreEventLoops();
    }

    @Bean
    MongoClientSettings mongoClientSettings(StoreEventLoops eventLoops) {
        return MongoClientSettings.builder()
                .transportSettings(TransportSettings.nettyBuilder()
                        .eventLoopGroup(eventLoops.group())
                        .build())
                .build();
    }

    /** Boot's own, which goes where an application has settings. */
    @Bean
    StandardMongoClientSettingsBuilderCustomizer standardMongoSettingsCustomizer(
            MongoProperties properties, MongoConnectionDetails connection) {
        return new StandardMongoClientSettingsBuilderCustomizer(
                connection, properties.getRepresentation().getUuid());
    }

    @Bean
    CollectionIndexes collectionIndexes(ReactiveMongoTemplate mongo, ObjectProvider<CollectionOwner> owners) {
        return new CollectionIndexes(mongo, owners.orderedStream().toList());
    }
}
