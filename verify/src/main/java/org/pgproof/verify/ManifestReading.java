package org.pgproof.verify;

import com.fasterxml.jackson.core.JacksonException;
import java.io.IOException;
import java.util.Optional;
import org.pgproof.archive.DigestInputStream;
import org.pgproof.manifest.Manifest;
import org.pgproof.manifest.ManifestFile;
import org.pgproof.service.Quantity;
import org.pgproof.store.BackupStore;
import org.pgproof.store.StoredObject;
import org.pgproof.verify.server.CouldNotVerifyException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads a manifest, and once more where something is wrong with it: the fault may have been on the way. */
final class ManifestReading {
    private static final Logger log = LoggerFactory.getLogger(ManifestReading.class);

    private final BackupStore store;
    private final StoredObject object;

    /** @param object the manifest as a listing showed it */
    ManifestReading(BackupStore store, StoredObject object) {
        this.store = store;
        this.object = object;
    }

    /** @param file empty when it cannot be understood at all, for this reason */
    private record Once(String sha256, Optional<ManifestFile> file, String reason) {
        boolean intact() {
            return file.map(ManifestFile::intact).orElse(false);
        }
    }

    /**
     * Returns the manifest; empty when it cannot be understood: it proves nothing then, and its backup counts as one without.
     *
     * @throws CouldNotVerifyException when this version or this much memory cannot read it, or when it reads differently
     *     each time
     */
    Optional<ManifestFile> read() throws IOException, CouldNotVerifyException {
        requireRoom();
        Once reading = once();
        if (!reading.intact()) {
            Once again = once();
            if (!again.intact() && !again.sha256().equals(reading.sha256())) {
                throw new CouldNotVerifyException("the store, or the network on the way from it, does not give the same"
                        + " bytes of " + object.name() + " each time; check network and memory, and verify again");
            }
            reading = again;
        }
        requireKnownFormat(reading);
        if (reading.file().isEmpty()) {
            log.warn("The manifest of {} cannot be read (read twice): {}", object.key(), reading.reason());
        } else if (!reading.intact()) {
            log.warn("The manifest of {} is not as it was written (read twice)", object.key());
        }
        return reading.file();
    }

    private void requireRoom() throws CouldNotVerifyException {
        long limit = ManifestFile.largest();
        if (object.size() > limit) {
            throw new CouldNotVerifyException("the manifest " + object.name() + " has " + Quantity.bytes(object.size())
                    + ", and this process reads at most " + Quantity.bytes(limit)
                    + ", as much as its heap: if the manifest is genuine, give it more memory (-Xmx)");
        }
    }

    private Once once() throws IOException {
        try (DigestInputStream json = new DigestInputStream(store.open(object.key(), object.kind()))) {
            Optional<ManifestFile> file = Optional.empty();
            String reason = "";
            try {
                file = Optional.of(ManifestFile.read(json));
            } catch (JacksonException e) {
                reason = e.getOriginalMessage();
            }
            json.drain();
            return new Once(json.sha256(), file, reason);
        }
    }

    private void requireKnownFormat(Once reading) throws CouldNotVerifyException {
        Optional<Manifest> newer = reading.file()
                .filter(ManifestFile::intact)
                .map(ManifestFile::manifest)
                .filter(manifest -> manifest.format() > Manifest.FORMAT);
        if (newer.isPresent()) {
            throw new CouldNotVerifyException("the manifest of " + object.key() + " has format "
                    + newer.get().format() + " and this version reads up to " + Manifest.FORMAT + "; use pgproof "
                    + newer.get().pgproofVersion() + " or later");
        }
    }
}
