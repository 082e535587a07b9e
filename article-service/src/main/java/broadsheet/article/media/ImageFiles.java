package broadsheet.article.media;

import java.time.Instant;
import java.util.Collection;
import org.springframework.core.io.buffer.DataBuffer;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Where the files of pictures are kept, by the id of the picture and the name of the file. */
interface ImageFiles {

    /** Ends once the file is on disk; one that is there is the same. */
    Mono<Void> write(String id, String name, byte[] bytes);

    /** So many bytes from a place on, read as they are taken; {@link LostFileException} where there is no such file. */
    Flux<DataBuffer> read(String id, String name, long first, long count);

    /** Names that are not there are no failure. */
    Mono<Void> remove(String id, Collection<String> names);

    /** Removes what is left of files whose writing, or removal, was begun before that time and cut off. */
    Mono<Void> removeCutOff(Instant before);
}
