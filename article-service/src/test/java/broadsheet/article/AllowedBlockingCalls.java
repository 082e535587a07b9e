package broadsheet.article;

import reactor.blockhound.BlockHound;
import reactor.blockhound.integration.BlockHoundIntegration;

/** What BlockHound takes for waiting and is none: all else that blocks an event loop fails the test that did it. */
public final class AllowedBlockingCalls implements BlockHoundIntegration {

    @Override
    public void applyTo(BlockHound.Builder builder) {
        builder
                // reads /dev/urandom, which always has something
                .allowBlockingCallsInside("sun.security.provider.NativePRNG$RandomIO", "readFully")
                // the program's own jars, from which classes come as well
                .allowBlockingCallsInside("java.util.zip.ZipFile$Source", "readFullyAt")
                .allowBlockingCallsInside("java.util.zip.ZipFile$Source", "readAt")
                // each template is read once, and kept
                .allowBlockingCallsInside("org.thymeleaf.engine.TemplateManager", "parseAndProcess")
                // the words of refusals are read once, and kept
                .allowBlockingCallsInside(
                        "org.hibernate.validator.resourceloading.PlatformResourceBundleLocator", "getResourceBundle")
                // the test's client unpacks its native library once
                .allowBlockingCallsInside("com.github.luben.zstd.util.Native", "load")
                // locks of libraries that are held for a few instructions: types, connections, memory, ids, caches
                .allowBlockingCallsInside(
                        "tools.jackson.databind.deser.DeserializerCache", "_createAndCacheValueDeserializer")
                .allowBlockingCallsInside("com.mongodb.internal.Locks", "checkedWithLock")
                .allowBlockingCallsInside("com.mongodb.internal.Locks", "lockInterruptibly")
                .allowBlockingCallsInside("org.apache.kafka.clients.producer.internals.BufferPool", "allocate")
                .allowBlockingCallsInside("io.netty.buffer.AdaptivePoolingAllocator", "allocate")
                .allowBlockingCallsInside("com.github.f4b6a3.uuid.UuidCreator", "getTimeOrderedEpoch")
                .allowBlockingCallsInside("com.github.benmanes.caffeine.cache.BoundedLocalCache", "clear")
                .allowBlockingCallsInside("com.github.benmanes.caffeine.cache.BoundedLocalCache", "performCleanUp");
    }
}
