package broadsheet.stats.imports;

import broadsheet.stats.imports.CsvLines.UnknownColumnsException;
import broadsheet.web.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.springframework.core.ResolvableType;
import org.springframework.core.codec.StringDecoder;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Reads the lines of an import as they come, so that memory holds its pages and not its bytes. */
@Component
class ImportReader {

    private static final int MAX_LINE = 16 << 10;
    private static final ResolvableType TEXT = ResolvableType.forClass(String.class);

    private final StringDecoder lines = StringDecoder.allMimeTypes(List.of("\r\n", "\n"), true);

    ImportReader() {
        lines.setMaxInMemorySize(MAX_LINE);
    }

    /** @param digest SHA-256 of the lines: tells whether two imports are the same */
    record ReadImport(ImportTally tally, String digest) {}

    Mono<ReadImport> read(Flux<DataBuffer> body, ImportFormat format) {
        MessageDigest digest = sha256();
        ImportTally tally = new ImportTally(format);
        return lines.decode(body.map(ImportReader::unpooled), TEXT, MediaType.TEXT_PLAIN, Map.of())
                .doOnNext(line -> {
                    digest.update(line.getBytes(StandardCharsets.UTF_8));
                    digest.update((byte) '\n');
                    tally.add(line);
                })
                .onErrorMap(
                        DataBufferLimitException.class,
                        e -> new ProblemException(
                                HttpStatus.CONTENT_TOO_LARGE, "A line has " + MAX_LINE + " bytes at most"))
                .onErrorMap(
                        UnknownColumnsException.class,
                        e -> new ProblemException(HttpStatus.BAD_REQUEST, String.valueOf(e.getMessage())))
                .then(Mono.fromSupplier(
                        () -> new ReadImport(tally, HexFormat.of().formatHex(digest.digest()))));
    }

    /** The decoder releases what makes a line too long twice; Reactor Netty, which holds it too, logs that as an error. */
    private static DataBuffer unpooled(DataBuffer buffer) {
        byte[] bytes = new byte[buffer.readableByteCount()];
        buffer.read(bytes);
        DataBufferUtils.release(buffer);
        return DefaultDataBufferFactory.sharedInstance.wrap(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
