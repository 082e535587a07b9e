package broadsheet.article.account;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

@Configuration(proxyBeanMethods = false)
class AccountConfiguration {

    /** A hash takes a processor for a tenth of a second: a few at a time, so that readers have the rest. */
    @Bean(destroyMethod = "dispose")
    Scheduler passwordHashing(SignInProperties properties) {
        var threads = new CustomizableThreadFactory("passwords-");
        threads.setDaemon(true);
        int count = properties.threads();
        return Schedulers.fromExecutorService(new ThreadPoolExecutor(
                count, count, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(properties.hashingQueue()), threads));
    }
}
