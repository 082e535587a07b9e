package broadsheet.article.media;

import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.mongodb.ReactiveMongoDatabaseFactory;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

@Configuration(proxyBeanMethods = false)
class MediaConfiguration {

    @Bean
    ImageFiles imageFiles(MediaProperties properties, ReactiveMongoDatabaseFactory databases) {
        return properties.hasFolder()
                ? new FolderImageFiles(Path.of(String.valueOf(properties.folder())))
                : new GridFsImageFiles(databases);
    }

    /** A picture takes a processor for a second and a good part of the memory: one at a time, unless set otherwise. */
    @Bean(destroyMethod = "dispose")
    Scheduler imageConverting(MediaProperties properties, MeterRegistry meters) {
        var threads = new CustomizableThreadFactory("images-");
        threads.setDaemon(true);
        int count = properties.converted();
        var executor = new ThreadPoolExecutor(
                count, count, 10, TimeUnit.SECONDS, new ArrayBlockingQueue<>(properties.waiting()), threads);
        executor.allowCoreThreadTimeOut(true);
        ImageMetrics.countWaiting(executor.getQueue(), meters);
        return Schedulers.fromExecutorService(executor);
    }
}
