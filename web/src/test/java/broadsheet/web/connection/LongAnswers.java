package broadsheet.web.connection;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;

/** Answers that take longer than any limit on connections. */
@RestController
class LongAnswers {

    static final int DOWNLOAD_PIECE = 64 * 1024;
    static final int DOWNLOAD_PIECES = 256;

    final AtomicInteger streams = new AtomicInteger();
    final AtomicInteger cut = new AtomicInteger();

    @GetMapping(path = "/quiet", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    Flux<String> quiet() {
        return Flux.interval(Duration.ZERO, Duration.ofSeconds(4))
                .doOnSubscribe(stream -> streams.incrementAndGet())
                .doFinally(end -> streams.decrementAndGet())
                .map(tick -> "tick" + tick);
    }

    @GetMapping(path = "/download", produces = MediaType.APPLICATION_OCTET_STREAM_VALUE)
    Flux<byte[]> download() {
        return Flux.fromIterable(List.of(new byte[DOWNLOAD_PIECE]))
                .repeat(DOWNLOAD_PIECES - 1)
                .doOnCancel(cut::incrementAndGet);
    }
}
