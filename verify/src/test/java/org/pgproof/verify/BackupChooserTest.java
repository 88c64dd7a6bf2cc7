package org.pgproof.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.pgproof.store.BackupKey;
import org.pgproof.store.BackupStore;
import org.pgproof.store.ObjectKind;
import org.pgproof.store.StoredObject;
import org.pgproof.verify.restore.ChosenBackup;

/** Which of several backups is the newest. */
class BackupChooserTest {
    private static final Instant MORNING = Instant.parse("2026-11-24T06:00:00Z");
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

    @Test
    void isTheOneWithTheLatestKeyWheneverItWasCopied() throws Exception {
        ChosenBackup chosen = newestOf(dump(MORNING, NOON.plusSeconds(9)), dump(NOON, NOON.plusSeconds(8)));
        assertThat(chosen.key()).isEqualTo(BackupKey.at(NOON));
        assertThat(chosen.made()).isEqualTo(NOON);
        assertThat(chosen.newest()).isTrue();
    }

    /** Else a backup made while the clock was ahead would hide all that follow it, until its day comes. */
    @Test
    void isNotOneThatTheStoreHadBeforeItsTime() throws Exception {
        BackupKey ahead = BackupKey.at(Instant.parse("2027-01-03T00:00:00Z"));
        StoredObject misdated = new StoredObject(ahead, ObjectKind.DUMP, 0, MORNING);
        assertThat(newestOf(misdated, dump(NOON, NOON.plusSeconds(8))).key()).isEqualTo(BackupKey.at(NOON));
        assertThat(newestOf(misdated).made()).isEqualTo(MORNING);
    }

    private static StoredObject dump(Instant key, Instant stored) {
        return new StoredObject(BackupKey.at(key), ObjectKind.DUMP, 0, stored);
    }

    private static ChosenBackup newestOf(StoredObject... dumps) throws Exception {
        BackupStore store = (BackupStore) Proxy.newProxyInstance(
                BackupStore.class.getClassLoader(),
                new Class<?>[] {BackupStore.class},
                (proxy, method, arguments) ->
                        method.getName().equals("list") ? List.of(dumps) : InputStream.nullInputStream());
        return new BackupChooser(store, Optional.empty()).choose();
    }
}
