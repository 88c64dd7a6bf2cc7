package org.pgproof.manifest;

import org.pgproof.manifest.Manifest.SequenceValue;

/** Values of sequences, packed. */
final class PackedSequences extends PackedList<SequenceValue> {
    @Override
    void pack(SequenceValue value, Packer to) {
        to.name(value.schema());
        to.text(value.name());
        to.number(value.lastValue());
        to.number(value.called() ? 1 : 0);
    }

    @Override
    SequenceValue unpack(Unpacker from) {
        return new SequenceValue(from.name(), from.text(), from.number(), from.number() == 1);
    }
}
