package broadsheet.notification.delivery.sending;

import com.mongodb.MongoException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.springframework.dao.DataAccessException;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * What was found by ids, where one document that cannot be read does not hide the others.
 *
 * @param found by id
 * @param unreadable why, by id
 */
public record TolerantLookup<T>(Map<String, T> found, Map<String, String> unreadable) {

    /** Fails only where the store does. */
    public static <T> Mono<TolerantLookup<T>> of(
            Collection<String> ids, Function<Collection<String>, Flux<T>> read, Function<T, String> id) {
        return read.apply(ids)
                .collectMap(id)
                .map(found -> new TolerantLookup<>(found, Map.of()))
                .onErrorResume(e -> !isOfStore(e), e -> oneByOne(ids, read));
    }

    private static <T> Mono<TolerantLookup<T>> oneByOne(
            Collection<String> ids, Function<Collection<String>, Flux<T>> read) {
        return Mono.defer(() -> {
            var contents = new TolerantLookup<T>(new HashMap<>(), new HashMap<>());
            return Flux.fromIterable(ids)
                    .concatMap(id -> read.apply(List.of(id))
                            .doOnNext(one -> contents.found().put(id, one))
                            .then()
                            .onErrorResume(e -> !isOfStore(e), e -> {
                                contents.unreadable().put(id, e.toString());
                                return Mono.empty();
                            }))
                    .then(Mono.just(contents));
        });
    }

    private static boolean isOfStore(Throwable e) {
        return e instanceof MongoException || e instanceof DataAccessException;
    }
}
