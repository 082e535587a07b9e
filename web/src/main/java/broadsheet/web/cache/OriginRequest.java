package broadsheet.web.cache;

import java.net.InetSocketAddress;
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

/**
 * What the cache asks the origin, on behalf of everyone: a GET with the headers that are in the key and no others, so that
 * no header of one client can change what others get. It outlives the client's connection.
 */
final class OriginRequest extends AbstractServerHttpRequest {

    private static final List<String> PASSED_ON =
            List.of(HttpHeaders.HOST, HttpHeaders.ACCEPT_LANGUAGE, "traceparent", "tracestate");

    private final @Nullable InetSocketAddress local;
    private final @Nullable InetSocketAddress remote;
    private final List<Consumer<ServerHttpRequest>> onEachServed = new CopyOnWriteArrayList<>();

    OriginRequest(ServerHttpRequest request, CacheKey key) {
        super(HttpMethod.GET, request.getURI(), "", headers(request, key));
        this.local = request.getLocalAddress();
        this.remote = request.getRemoteAddress();
    }

    private static HttpHeaders headers(ServerHttpRequest request, CacheKey key) {
        var headers = new HttpHeaders();
        for (String name : PASSED_ON) {
            List<String> values = request.getHeaders().get(name);
            if (values != null) {
                headers.addAll(name, values);
            }
        }
        headers.set(HttpHeaders.ACCEPT, key.accept());
        return headers;
    }

    /** The origin request that a request came from, however it was wrapped; null for any other. */
    static @Nullable OriginRequest of(ServerHttpRequest request) {
        ServerHttpRequest inner = request;
        while (inner instanceof ServerHttpRequestDecorator decorator) {
            inner = decorator.getDelegate();
        }
        return inner instanceof OriginRequest origin ? origin : null;
    }

    void onEachServed(Consumer<ServerHttpRequest> action) {
        onEachServed.add(action);
    }

    List<Consumer<ServerHttpRequest>> onEachServed() {
        return List.copyOf(onEachServed);
    }

    @Override
    public @Nullable InetSocketAddress getLocalAddress() {
        return local;
    }

    @Override
    public @Nullable InetSocketAddress getRemoteAddress() {
        return remote;
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
