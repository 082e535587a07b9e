package broadsheet.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServer;

/** The least that Reactor Netty can do: answers everything with the bytes of a file. What Broadsheet is compared with. */
final class BareEndpoint {

    private BareEndpoint() {}

    public static void main(String[] arguments) throws IOException {
        int port = Integer.parseInt(arguments[0]);
        byte[] answer = Files.readAllBytes(Path.of(arguments[1]));
        HttpServer.create()
                .host("127.0.0.1")
                .port(port)
                .handle((request, response) -> response.header("Content-Type", "application/json")
                        .header("Content-Length", Integer.toString(answer.length))
                        .sendByteArray(Mono.just(answer)))
                .bindNow()
                .onDispose()
                .block();
    }
}
