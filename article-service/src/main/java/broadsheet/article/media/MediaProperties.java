package broadsheet.article.media;

import broadsheet.article.media.imaging.ImageLimits;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Where pictures are and what they may cost.
 *
 * @param folder of the files; without one they are in the store (GridFS)
 * @param incoming folder of files that are being received; by default in {@code folder}, else the system's
 * @param maxBytes of a file that is received
 * @param maxPixels of a picture; half as many where its format needs all of them in memory at once
 * @param widths of the sizes that are made, in pixels
 * @param converted at once
 * @param waiting to be converted; one more is refused
 * @param timeLimit until a picture is decoded
 * @param unusedKept for so long a picture that nothing uses is kept
 */
@Validated
@ConfigurationProperties("broadsheet.media")
record MediaProperties(
        @Nullable String folder,
        @Nullable String incoming,
        @NotNull @DefaultValue("20MB") DataSize maxBytes,
        @Min(1) @DefaultValue("40000000") int maxPixels,

        @NotNull @DefaultValue({"320", "640", "960", "1280", "1600", "2048"})
        List<Integer> widths,

        @Min(1) @DefaultValue("1") int converted,
        @Min(1) @DefaultValue("16") int waiting,
        @DefaultValue("20s") @DurationMin(millis = 1) Duration timeLimit,
        @DefaultValue("7d") @DurationMin(minutes = 5) Duration unusedKept) {

    ImageLimits limits() {
        return new ImageLimits(maxPixels, widths, timeLimit);
    }

    boolean hasFolder() {
        return folder != null && !folder.isBlank();
    }

    Path incomingFolder() {
        if (incoming != null && !incoming.isBlank()) {
            return Path.of(incoming);
        }
        return hasFolder()
                ? Path.of(String.valueOf(folder), "incoming")
                : Path.of(System.getProperty("java.io.tmpdir"), "broadsheet-incoming");
    }
}
