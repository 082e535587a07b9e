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
# what changes least comes first
COPY --from=layers /layers/dependencies/ ./
COPY --from=layers /layers/spring-boot-loader/ ./
COPY --from=layers /layers/snapshot-dependencies/ ./
COPY --from=layers /layers/application/ ./
USER broadsheet
ENV BROADSHEET_SPOOL=/var/lib/broadsheet/views.spool
EXPOSE 8080
HEALTHCHECK --start-period=120s --start-interval=1s --interval=10s --timeout=5s --retries=3 CMD ["ready"]
# Half of the container's memory is heap; the rest is for classes, threads, code and network buffers. More options:
# JDK_JAVA_OPTIONS. Out of memory ends the process, and whoever runs it starts another. The last two lines say that
# Netty may do what Java 25 warns of.
ENTRYPOINT ["java", \
  "-XX:MaxRAMPercentage=50", \
  "-XX:MaxDirectMemorySize=64m", \
  "-XX:+ExitOnOutOfMemoryError", \
  "--enable-native-access=ALL-UNNAMED", \
  "--sun-misc-unsafe-memory-access=allow", \
  "-jar", "application.jar"]
