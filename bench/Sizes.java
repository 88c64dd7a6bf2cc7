package org.pgproof.backup;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** What bench/sizes runs, in the package of what it measures. */
final class Sizes {
    private static final int LEVELS = 9;

    public static void main(String[] files) throws Exception {
        System.out.print("| |");
        for (int level = 1; level <= LEVELS; level++) {
            System.out.print(" " + level + " |");
        }
        System.out.println("\n|---|" + "---|".repeat(LEVELS));
        for (String file : files) {
            Path path = Path.of(file);
            System.out.print("| " + path.getFileName() + " |");
            for (int level = 1; level <= LEVELS; level++) {
                double gzip = gzip(path, level);
                System.out.printf(" %.3f (%.3f) |", size(path, level, true) / gzip, size(path, level, false) / gzip);
            }
            System.out.println();
        }
    }

    private static double gzip(Path file, int level) throws IOException {
        Process gzip = new ProcessBuilder("gzip", "-" + level)
                .redirectInput(file.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        return gzip.getInputStream().transferTo(OutputStream.nullOutputStream());
    }

    private static double size(Path file, int level, boolean libdeflate) throws IOException, InterruptedException {
        if (libdeflate && !LibdeflateDeflation.available()) {
            return Double.NaN;
        }
        long[] size = {0};
        OutputStream count = new OutputStream() {
            @Override
            public void write(int value) {
                size[0]++;
            }

            @Override
            public void write(byte[] bytes, int offset, int length) {
                size[0] += length;
            }
        };
        try (InputStream in = Files.newInputStream(file);
                GzipMembers members = new Compression(level, 1, libdeflate).members(count)) {
            Block block = members.block();
            for (int read = in.readNBytes(block.content(), 0, Block.SIZE); read > 0; ) {
                block.filled(read, true);
                members.add(block);
                block = members.block();
                read = in.readNBytes(block.content(), 0, Block.SIZE);
            }
            members.finish();
        }
        return size[0];
    }
}
