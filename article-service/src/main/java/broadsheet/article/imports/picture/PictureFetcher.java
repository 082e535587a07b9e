package broadsheet.article.imports.picture;

import broadsheet.web.outbound.CallFailure;
import broadsheet.web.outbound.CallableAddresses;
import broadsheet.web.outbound.GuardedHttp;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.BodyExtractors;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClientRequestException;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.resources.ConnectionProvider;

/** Fetches what lies at addresses that strangers wrote, as far as those are of the open internet. */
@Component
class PictureFetcher implements DisposableBean {

    private static final int OK = 200;
    private static final int LONGEST_ADDRESS = 4_000;
    private static final int CONNECTIONS_PER_HOST = 4;

    private final PictureProperties properties;
    private final ConnectionProvider connections;
    private final WebClient client;

    PictureFetcher(PictureProperties properties) {
        this.properties = properties;
        this.connections = ConnectionProvider.builder("import-pictures")
                .maxConnections(CONNECTIONS_PER_HOST)
                .pendingAcquireTimeout(properties.fetchWithin())
                .build();
        var callable = new CallableAddresses(properties.allow(), CallableAddresses.HTTP_PORTS);
        this.client = WebClient.builder()
                .clientConnector(new ReactorClientHttpConnector(
                        GuardedHttp.client(connections, callable, properties.connectWithin())
                                .responseTimeout(properties.fetchWithin())))
                .defaultHeader(HttpHeaders.USER_AGENT, "Broadsheet")
                .defaultHeader(HttpHeaders.ACCEPT, "image/*")
                .build();
    }

    /** What is made of a file as it arrives; fails with a {@link NoPictureException} where none does in time. */
    <T> Mono<T> fetch(URI address, Function<Flux<DataBuffer>, Mono<T>> use) {
        return client.get()
                .uri(address)
                .exchangeToMono(response -> use.apply(content(response)))
                .onErrorMap(
                        WebClientRequestException.class,
                        e -> new NoPictureException.NoAnswer(CallFailure.reason(CallFailure.cause(e))));
    }

    private Flux<DataBuffer> content(ClientResponse response) {
        int status = response.statusCode().value();
        if (status != OK) {
            return response.releaseBody().thenMany(Flux.error(() -> refused(status)));
        }
        Mono<DataBuffer> tooLate = Mono.delay(properties.fetchWithin()).then(Mono.error(TimeoutException::new));
        return response.body(BodyExtractors.toDataBuffers())
                .takeUntilOther(tooLate)
                .onErrorMap(e -> new NoPictureException.NoAnswer(CallFailure.reason(e)));
    }

    private static NoPictureException refused(int status) {
        return new NoPictureException("it was answered with " + status);
    }

    /** @throws NoPictureException where nothing can be fetched from it */
    static URI uri(String address) {
        String absolute = address.startsWith("//") ? "https:" + address : address;
        try {
            URI uri = URI.create(new URI(absolute.strip().replace(" ", "%20")).toASCIIString());
            boolean isHttp = uri.getScheme() != null && Set.of("http", "https").contains(uri.getScheme());
            if (isHttp && uri.getHost() != null && uri.getRawUserInfo() == null && address.length() < LONGEST_ADDRESS) {
                return uri;
            }
        } catch (URISyntaxException e) {
            throw new NoPictureException("its address is none");
        }
        throw new NoPictureException("its address is none that can be called");
    }

    @Override
    public void destroy() {
        connections.dispose();
    }
}
