package broadsheet.stats.imports;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import broadsheet.web.problem.ProblemException;
import io.netty.buffer.PooledByteBufAllocator;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.NettyDataBuffer;
import org.springframework.core.io.buffer.NettyDataBufferFactory;
import reactor.core.publisher.Flux;

class ImportReaderTests {

    private final NettyDataBufferFactory pool = new NettyDataBufferFactory(PooledByteBufAllocator.DEFAULT);
    private final List<NettyDataBuffer> sent = new ArrayList<>();

    @Test
    void aLineMayComeInParts() {
        ImportReader.ReadImport read = new ImportReader()
                .read(body("news/on", "e,7\nnews/two,", "8"), new CsvLines())
                .blockOptional()
                .orElseThrow();

        assertThat(read.tally().lines()).isEqualTo(2);
        assertThat(sent)
                .allSatisfy(part -> assertThat(part.getNativeBuffer().refCnt()).isEqualTo(1));
    }

    @Test
    void ofALineThatIsTooLongEachPartIsReleasedOnce() {
        String half = "a".repeat(10 << 10);

        assertThatThrownBy(() -> new ImportReader()
                        .read(body(half, half, half), new CsvLines())
                        .block())
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.getStatusCode().value()).isEqualTo(413));
        assertThat(sent)
                .allSatisfy(part -> assertThat(part.getNativeBuffer().refCnt()).isEqualTo(1));
    }

    /** Reactor Netty holds each as well, and releases it afterwards. */
    private Flux<DataBuffer> body(String... parts) {
        return Flux.fromArray(parts).map(part -> {
            NettyDataBuffer buffer = pool.allocateBuffer(part.length());
            buffer.write(part.getBytes(UTF_8));
            buffer.retain();
            sent.add(buffer);
            return buffer;
        });
    }
}
