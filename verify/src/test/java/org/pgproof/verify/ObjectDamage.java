package org.pgproof.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What a disk, a network or a mistake does to a dump's file, whose manifest stays as it was. */
final class ObjectDamage {
    private final BackupFiles packed;
    private final byte[] sql;
    private final byte[] whole;
    private final List<Integer> seams;

    ObjectDamage(BackupFiles backup) {
        this.sql = backup.sql();
        this.packed = backup.forged(sql);
        this.whole = packed.dump();
        this.seams = BackupFiles.seams(sql);
        assertThat(seams).hasSizeGreaterThan(2);
    }

    List<Damage> all() {
        List<Damage> all = new ArrayList<>();
        for (int seam : seams) {
            all.add(damage("cut between two members at " + seam, Arrays.copyOf(whole, seam)));
        }
        all.add(damage("empty", new byte[0]));
        all.add(damage("last byte gone", Arrays.copyOf(whole, whole.length - 1)));
        all.add(damage("a byte appended", joined(whole, new byte[1])));
        all.add(damage("a member appended", joined(whole, BackupFiles.gzip(new byte[] {'\n'}))));
        all.add(damage("two members swapped", swapped()));
        all.add(damage("no gzip", sql));
        return all;
    }

    private Damage damage(String name, byte[] dump) {
        return new Damage(name, packed.withDump(dump), "");
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] all = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }

    private byte[] swapped() {
        ByteArrayOutputStream swapped = new ByteArrayOutputStream();
        swapped.write(whole, 0, seams.get(0));
        swapped.write(whole, seams.get(1), seams.get(2) - seams.get(1));
        swapped.write(whole, seams.get(0), seams.get(1) - seams.get(0));
        swapped.write(whole, seams.get(2), whole.length - seams.get(2));
        return swapped.toByteArray();
    }
}
