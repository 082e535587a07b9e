# The image of one service. Its jar is built first, so that the image needs no build tools and no network:
#   ./mvnw package -DskipTests
#   docker build --build-arg SERVICE=article-service .
ARG BROADSHEET_JRE_IMAGE=eclipse-temurin:25-jre

FROM ${BROADSHEET_JRE_IMAGE} AS layers
ARG SERVICE
WORKDIR /build
COPY ${SERVICE}/target/*-exec.jar application.jar
RUN java -Djarmode=tools -jar application.jar extract --layers --destination /layers

FROM ${BROADSHEET_JRE_IMAGE}
RUN useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin broadsheet \
 && install -d -o broadsheet -g broadsheet /var/lib/broadsheet
WORKDIR /application
COPY --chmod=755 containers/ready /usr/local/bin/
COPY containers/java.options ./
# what changes least comes first
COPY --from=layers /layers/dependencies/ ./
COPY --from=layers /layers/spring-boot-loader/ ./
COPY --from=layers /layers/snapshot-dependencies/ ./
COPY --from=layers /layers/application/ ./
# The ahead-of-time cache (JEP 483, 514, 515): classes read, linked and profiled once, here, by a start that ends where it
# would begin to call Kafka and MongoDB. A Java that cannot make or use it starts without it.
RUN BROADSHEET_SPOOL=/tmp/views.spool \
    java @java.options -Dspring.context.exit=onRefresh -Xlog:aot=error -XX:AOTCacheOutput=application.aot \
      -jar application.jar \
 || echo 'no ahead-of-time cache: the service will start without one' >&2
USER broadsheet
# Health and metrics have a port of their own, which is never published.
ENV BROADSHEET_SPOOL=/var/lib/broadsheet/views.spool BROADSHEET_SEARCH=/var/lib/broadsheet/search \
    BROADSHEET_MEDIA_INCOMING=/var/lib/broadsheet/incoming \
    BROADSHEET_MANAGEMENT_PORT=8081
EXPOSE 8080 8081
HEALTHCHECK --start-period=120s --start-interval=1s --interval=10s --timeout=5s --retries=3 CMD ["ready"]
# More options: JDK_JAVA_OPTIONS. Out of memory ends the process, and whoever runs it starts another.
ENTRYPOINT ["java", "@java.options", "-XX:AOTCache=application.aot", "-jar", "application.jar"]
