package org.pgproof.manifest.contents;

import java.util.Objects;
import org.pgproof.definition.SchemaObject;

/** Schema objects, packed. */
public final class PackedObjects extends PackedList<SchemaObject> {
    @Override
    void pack(SchemaObject object, Packer to) {
        to.name(object.kind());
        to.name(object.schema());
        to.text(object.name());
        to.hex(object.digest());
        to.hex(object.commonDigest());
        to.printing(object.printing());
    }

    @Override
    SchemaObject unpack(Unpacker from) {
        return new SchemaObject(
                from.name(), from.name(), from.text(), Objects.requireNonNull(from.hex()), from.hex(), from.printing());
    }
}
