package broadsheet.article.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.io.buffer.DataBufferUtils;

class FolderImageFilesTests {

    private static final String ID = "ab12".repeat(16);

    @TempDir
    Path folder;

    @Test
    void whatIsWrittenIsReadInPartsAndRemoved() throws IOException {
        var files = new FolderImageFiles(folder);
        byte[] bytes = new byte[200_000];
        new Random(7).nextBytes(bytes);
        files.write(ID, "320.jpg", new byte[] {1}).block();
        files.write(ID, "320.jpg", bytes).block();
        files.write(ID, "320.webp", new byte[] {1, 2, 3}).block();

        assertThat(read(files, "320.jpg", 0, bytes.length)).isEqualTo(bytes);
        assertThat(read(files, "320.jpg", 70_000, 100_000)).isEqualTo(Arrays.copyOfRange(bytes, 70_000, 170_000));
        assertThat(read(files, "320.webp", 2, 1)).containsExactly(3);
        assertThatThrownBy(() -> read(files, "640.jpg", 0, 1)).hasCauseInstanceOf(NoSuchFileException.class);

        files.remove(ID, List.of("320.jpg", "320.webp", "640.jpg")).block();
        try (Stream<Path> left = Files.walk(folder)) {
            assertThat(left.filter(path -> path.toString().contains(ID))).isEmpty();
        }
        files.remove(ID, List.of("320.jpg")).block();
    }

    private static byte[] read(ImageFiles files, String name, long first, long count) {
        return Objects.requireNonNull(DataBufferUtils.join(files.read(ID, name, first, count))
                .map(buffer -> {
                    byte[] bytes = new byte[buffer.readableByteCount()];
                    buffer.read(bytes);
                    DataBufferUtils.release(buffer);
                    return bytes;
                })
                .block());
    }
}
