package org.pgproof.manifest.contents;

import org.pgproof.dump.SequenceValue;

/** Values of sequences, packed. */
public final class PackedSequences extends PackedList<SequenceValue> {
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
