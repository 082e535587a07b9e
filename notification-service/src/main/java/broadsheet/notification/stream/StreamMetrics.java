package broadsheet.notification.stream;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** How streams ended that did not end well. */
record StreamMetrics(Counter overflows, Counter cutOffs) {

    static StreamMetrics of(MeterRegistry meters) {
        return new StreamMetrics(
                Counter.builder("broadsheet.notification.stream.overflows")
                        .description("Streams that ended with a gap because their client was too far behind")
                        .register(meters),
                Counter.builder("broadsheet.notification.stream.cutoffs")
                        .description("Streams that were closed because their client took nothing")
                        .register(meters));
    }
}
