package broadsheet.article.media;

import broadsheet.article.media.imaging.UnusableImageException.Reason;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.springframework.stereotype.Component;

/** How long pictures take to be converted, how many wait for it, and how many were refused for what. */
@Component
class ImageMetrics {

    private static final String BUSY = "busy";

    private final MeterRegistry meters;
    private final Timer converting;

    ImageMetrics(MeterRegistry meters) {
        this.meters = meters;
        this.converting = Timer.builder("broadsheet.media.converting")
                .description("From the file of a picture to all its sizes, of refused ones too")
                .register(meters);
        for (Reason reason : Reason.values()) {
            refusals(name(reason));
        }
        refusals(BUSY);
    }

    /** @param pictures that wait to be converted */
    static void countWaiting(Collection<?> pictures, MeterRegistry meters) {
        meters.gaugeCollectionSize("broadsheet.media.waiting", List.of(), pictures);
    }

    <T> Callable<T> timed(Callable<T> conversion) {
        return () -> {
            Timer.Sample sample = Timer.start(meters);
            try {
                return conversion.call();
            } finally {
                sample.stop(converting);
            }
        };
    }

    void refused(Reason reason) {
        refusals(name(reason)).increment();
    }

    void refusedAsBusy() {
        refusals(BUSY).increment();
    }

    private Counter refusals(String reason) {
        return Counter.builder("broadsheet.media.refused")
                .description("Pictures that were not taken in")
                .tag("reason", reason)
                .register(meters);
    }

    private static String name(Reason reason) {
        return reason.name().toLowerCase(Locale.ROOT);
    }
}
