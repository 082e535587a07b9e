package broadsheet.web.cache;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpCookie;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.AbstractServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.http.server.reactive.SslInfo;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import reactor.core.publisher.Flux;

/** What the cache asks the origin on behalf of everyone who asks the same: a GET that holds nothing but the key. */
final class OriginRequest extends AbstractServerHttpRequest {

    private final List<Consumer<ServerHttpRequest>> onEachServed = new CopyOnWriteArrayList<>();

    OriginRequest(CacheKey key) {
        super(HttpMethod.GET, key.uri(), "", headers(key));
    }

    private static HttpHeaders headers(CacheKey key) {
        var headers = new HttpHeaders();
        headers.set(HttpHeaders.HOST, "localhost");
        headers.set(HttpHeaders.ACCEPT, key.accept());
        return headers;
    }

    /** The origin request that a request came from, however it was wrapped; null for any other. */
    static @Nullable OriginRequest of(ServerHttpRequest request) {
        Object innermost = ServerHttpRequestDecorator.getNativeRequest(request);
        return innermost instanceof OriginRequest origin ? origin : null;
    }

    void onEachServed(Consumer<ServerHttpRequest> action) {
        onEachServed.add(action);
    }

    List<Consumer<ServerHttpRequest>> onEachServed() {
        return List.copyOf(onEachServed);
    }

    @Override
    public Flux<DataBuffer> getBody() {
        return Flux.empty();
    }

    @Override
    protected MultiValueMap<String, HttpCookie> initCookies() {
        return new LinkedMultiValueMap<>();
    }

    @Override
    protected @Nullable SslInfo initSslInfo() {
        return null;
    }

    @Override
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    public <T> T getNativeRequest() {
        return (T) this;
    }
}
