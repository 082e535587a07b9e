package broadsheet.stats.counting;

import broadsheet.stats.store.StatsCollections;
import com.mongodb.MongoSocketReadException;
import com.mongodb.ServerAddress;
import com.mongodb.reactivestreams.client.MongoCollection;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Random;
import org.bson.Document;
import org.reactivestreams.Publisher;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import reactor.core.publisher.Mono;

/** A store whose writes fail now and then: before they are done, when some of them are done, or when all are. */
final class FailingCollections extends StatsCollections {

    private static final int ONE_IN = 12;

    private final Random random;
    private boolean failing;

    FailingCollections(ReactiveMongoTemplate mongo, Random random) {
        super(mongo);
        this.random = random;
    }

    void setFailing(boolean failing) {
        this.failing = failing;
    }

    @Override
    @SuppressWarnings("unchecked")
    public Mono<MongoCollection<Document>> named(String name) {
        return super.named(name).map(collection -> (MongoCollection<Document>) Proxy.newProxyInstance(
                MongoCollection.class.getClassLoader(),
                new Class<?>[] {MongoCollection.class},
                (proxy, method, arguments) -> invoke(collection, method, arguments)));
    }

    private synchronized Object invoke(MongoCollection<Document> collection, Method method, Object[] arguments)
            throws ReflectiveOperationException {
        boolean write = method.getName().equals("bulkWrite") || method.getName().equals("updateOne");
        if (!failing || !write || random.nextInt(ONE_IN) != 0) {
            return method.invoke(collection, arguments);
        }
        if (arguments[0] instanceof List<?> writes) {
            arguments[0] = writes.subList(0, random.nextInt(writes.size() + 1));
        }
        boolean done = random.nextBoolean() && !(arguments[0] instanceof List<?> none && none.isEmpty());
        Mono<Void> before = done ? Mono.when((Publisher<?>) method.invoke(collection, arguments)) : Mono.empty();
        return before.then(Mono.error(new MongoSocketReadException("Injected", new ServerAddress())));
    }
}
