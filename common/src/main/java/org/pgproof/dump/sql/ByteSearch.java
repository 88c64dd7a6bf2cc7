package org.pgproof.dump.sql;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Finds one byte among many, eight at a time. */
public final class ByteSearch {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = 0x8080808080808080L;

    private ByteSearch() {}

    /**
     * The first index from {@code from} on at which this byte stands, or a NUL (which no dump may contain, and which
     * psql reads otherwise than everything else does); {@code to} if there is neither.
     */
    public static int indexOfOrNul(byte[] bytes, int from, int to, byte wanted) {
        long pattern = ONES * (wanted & 0xFF);
        int i = from;
        for (int last = to - Long.BYTES; i <= last; i += Long.BYTES) {
            long word = (long) LONGS.get(bytes, i);
            long zeroWhereWanted = word ^ pattern;
            // A byte's high bit is set where the byte is zero, and perhaps falsely above the first such byte.
            long found = (((zeroWhereWanted - ONES) & ~zeroWhereWanted) | ((word - ONES) & ~word)) & HIGHS;
            if (found != 0) {
                return i + (Long.numberOfTrailingZeros(found) >>> 3);
            }
        }
        while (i < to && bytes[i] != wanted && bytes[i] != 0) {
            i++;
        }
        return i;
    }
}
