# The image of the backup service. From the repository's root:
#   docker build -f docker/backup.Dockerfile -t pgproof-backup .
# Build arguments:
#   BASE_IMAGE           Debian 13
#   POSTGRESQL_CLIENTS   major versions of pg_dump and psql to install, or `debian` for the one Debian carries
#   JAR_FROM             `source` compiles here; `target` takes the backup.jar that a build outside has left
ARG BASE_IMAGE=debian:trixie-slim
ARG JAR_FROM=source

FROM ${BASE_IMAGE} AS jdk
RUN apt-get update -q \
    && apt-get install -y -q --no-install-recommends ca-certificates curl openjdk-25-jdk-headless unzip \
    && rm -rf /var/lib/apt/lists/*

FROM jdk AS jre
COPY docker/image/make-runtime /build/
RUN /build/make-runtime /opt/java

FROM jdk AS jar-source
WORKDIR /src
COPY . .
RUN ./mvnw -B -ntp -q -pl backup -am -Dmaven.test.skip -Dspotless.check.skip package

FROM scratch AS jar-target
COPY backup/target/backup.jar /src/backup/target/backup.jar

# hadolint ignore=DL3006
FROM jar-${JAR_FROM} AS jar

FROM jdk AS application
COPY --from=jre /opt/java /opt/java
ENV PATH=/opt/java/bin:$PATH
COPY docker/image/install-application /build/
COPY docker/image/jvm.options /app/
COPY --from=jar /src/backup/target/backup.jar /app/
RUN /build/install-application /app/backup.jar

FROM ${BASE_IMAGE}
ARG POSTGRESQL_CLIENTS="14 15 16 17 18"
COPY docker/image/install-postgresql-clients /usr/local/sbin/
# hadolint ignore=SC2086
RUN install-postgresql-clients ${POSTGRESQL_CLIENTS} \
    && useradd --uid 10001 --user-group --no-create-home --home-dir /app --shell /usr/sbin/nologin pgproof
COPY --from=jre /opt/java /opt/java
COPY --from=application /app /app
ENV PATH=/opt/java/bin:$PATH LANG=C.UTF-8
WORKDIR /app
USER 10001:10001
STOPSIGNAL SIGTERM
# A second JVM in the same container, so a small one.
HEALTHCHECK --interval=1m --timeout=30s --start-period=1m --retries=3 \
    CMD ["java", "@/app/jvm.options", "-Xmx32m", "-XX:TieredStopAtLevel=1", "-jar", "/app/backup.jar", "healthcheck"]
ENTRYPOINT ["java", "@/app/jvm.options", "-jar", "/app/backup.jar"]
