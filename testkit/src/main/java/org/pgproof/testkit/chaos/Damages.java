package org.pgproof.testkit.chaos;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.pgproof.testkit.LocalS3;
import org.pgproof.testkit.QuickstartDamage;

/** Ways to spoil a stored backup. */
enum Damages {
    ONE_DIGIT {
        @Override
        void spoil(LocalS3 s3, String bucket, String key, Random random) throws IOException {
            new QuickstartDamage(s3, bucket).copy(Backups.PREFIX + key, Backups.PREFIX + key);
        }
    },
    ONE_BIT {
        @Override
        void spoil(LocalS3 s3, String bucket, String key, Random random) {
            byte[] dump = s3.read(bucket, Backups.dump(key));
            dump[random.nextInt(dump.length)] ^= (byte) (1 << random.nextInt(Byte.SIZE));
            s3.write(bucket, Backups.dump(key), dump);
        }
    },
    CUT_SHORT {
        @Override
        void spoil(LocalS3 s3, String bucket, String key, Random random) {
            byte[] dump = s3.read(bucket, Backups.dump(key));
            s3.write(bucket, Backups.dump(key), Arrays.copyOf(dump, random.nextInt(dump.length)));
        }
    },
    WITHOUT_MANIFEST {
        @Override
        void spoil(LocalS3 s3, String bucket, String key, Random random) {
            s3.delete(bucket, Backups.manifest(key));
        }
    },
    ANOTHER_MANIFEST {
        @Override
        void spoil(LocalS3 s3, String bucket, String key, Random random) {
            byte[] manifest = s3.read(bucket, Backups.manifest(key));
            int at = random.nextInt(manifest.length);
            manifest[at] = manifest[at] == '1' ? (byte) '2' : (byte) '1';
            s3.write(bucket, Backups.manifest(key), manifest);
        }
    };

    abstract void spoil(LocalS3 s3, String bucket, String key, Random random) throws IOException;

    static Damages any(Random random) {
        List<Damages> all = List.of(values());
        return all.get(random.nextInt(all.size()));
    }
}
