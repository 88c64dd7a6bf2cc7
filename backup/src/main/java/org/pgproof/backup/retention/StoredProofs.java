package org.pgproof.backup.retention;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.pgproof.backup.retention.Retention.Proof;
import org.pgproof.manifest.ManifestHead;
import org.pgproof.receipt.ReceiptHead;
import org.pgproof.receipt.Verdict;
import org.pgproof.store.BackupKey;
import org.pgproof.store.BackupStore;
import org.pgproof.store.ObjectKind;
import org.pgproof.store.StorageException;
import org.pgproof.store.StorageException.Reason;
import org.pgproof.store.StoredObject;

/** What the receipts in the store prove, each read once; one that cannot be read is unknown, whatever the reason. */
final class StoredProofs implements Retention.Proofs {
    private final BackupStore store;
    private final Listed listed;
    private final LeftAlone unreadable;
    private final Map<BackupKey, Proof> known = new HashMap<>();
    private boolean unreachable;

    /** @param unreadable is told what cannot be read */
    StoredProofs(BackupStore store, Listed listed, LeftAlone unreadable) {
        this.store = store;
        this.listed = listed;
        this.unreadable = unreadable;
    }

    @Override
    public Proof of(BackupKey key) throws InterruptedIOException {
        Proof proof = known.get(key);
        if (proof == null) {
            proof = listed.find(key, ObjectKind.RECEIPT).isPresent() ? read(key) : Proof.NONE;
            known.put(key, proof);
        }
        return proof;
    }

    private Proof read(BackupKey key) throws InterruptedIOException {
        ReceiptHead receipt;
        if (unreachable) {
            return Proof.UNKNOWN; // there is no sense in waiting a hundred times more
        }
        try (InputStream in = store.open(key, ObjectKind.RECEIPT)) {
            receipt = ReceiptHead.read(in);
        } catch (InterruptedIOException e) {
            throw e;
        } catch (IOException e) {
            unreadable.add(StoredObject.nameOf(key, ObjectKind.RECEIPT), e);
            unreachable = e instanceof StorageException known && known.reason() == Reason.UNREACHABLE;
            return Proof.UNKNOWN;
        }
        boolean ofThis = receipt.key().equals(Optional.of(key.toString()));
        return switch (receipt.verdict().orElse(Verdict.COULD_NOT_VERIFY)) {
            case PASSED -> ofThis && isOfTheDump(receipt, key) ? Proof.PROVEN : Proof.CLAIMED;
            case FAILED -> ofThis ? Proof.FAILED : Proof.NONE;
            case RESTORED, COULD_NOT_VERIFY -> Proof.NONE;
        };
    }

    private boolean isOfTheDump(ReceiptHead receipt, BackupKey key) throws InterruptedIOException {
        Optional<StoredObject> dump = listed.find(key, ObjectKind.DUMP);
        Optional<StoredObject> manifest = listed.find(key, ObjectKind.MANIFEST);
        if (dump.isEmpty() || manifest.isEmpty() || receipt.sha256().isEmpty()) {
            return false;
        }
        try (InputStream in = store.open(key, ObjectKind.MANIFEST)) {
            return receipt.bytes().equals(Optional.of(dump.get().size()))
                    && ManifestHead.read(in)
                            .describes(
                                    key.toString(),
                                    dump.get().size(),
                                    receipt.sha256().get());
        } catch (InterruptedIOException e) {
            throw e;
        } catch (IOException e) {
            unreadable.add(StoredObject.nameOf(key, ObjectKind.MANIFEST), e);
            return false;
        }
    }
}
