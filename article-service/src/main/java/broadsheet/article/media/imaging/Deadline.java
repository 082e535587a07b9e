package broadsheet.article.media.imaging;

import java.time.Duration;
import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadProgressListener;

/** Ends decoding that takes too long; asked by the reader itself, since nothing else can stop it. */
final class Deadline implements IIOReadProgressListener {

    private final long end;
    private boolean passed;

    Deadline(Duration limit) {
        this.end = System.nanoTime() + limit.toNanos();
    }

    boolean isPassed() {
        return passed;
    }

    private void check(ImageReader reader) {
        if (System.nanoTime() - end > 0) {
            passed = true;
            reader.abort();
        }
    }

    @Override
    public void imageProgress(ImageReader reader, float percentage) {
        check(reader);
    }

    @Override
    public void imageStarted(ImageReader reader, int index) {
        check(reader);
    }

    @Override
    public void imageComplete(ImageReader reader) {}

    @Override
    public void readAborted(ImageReader reader) {}

    @Override
    public void sequenceStarted(ImageReader reader, int minIndex) {}

    @Override
    public void sequenceComplete(ImageReader reader) {}

    @Override
    public void thumbnailStarted(ImageReader reader, int index, int thumbnail) {}

    @Override
    public void thumbnailProgress(ImageReader reader, float percentage) {}

    @Override
    public void thumbnailComplete(ImageReader reader) {}
}
