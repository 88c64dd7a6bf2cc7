package org.pgproof.dump.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientEncodingTest {
    @ParameterizedTest
    @CsvSource({
        "UTF8, UTF-8",
        "utf-8, UTF-8",
        "LATIN1, ISO-8859-1",
        "LATIN9, ISO-8859-15",
        "ISO_8859_5, ISO-8859-5",
        "WIN1252, windows-1252",
        "EUC_JP, EUC-JP",
        "EUC_KR, EUC-KR",
        "KOI8R, KOI8-R",
        "SQL_ASCII, ISO-8859-1",
        "MULE_INTERNAL, ISO-8859-1"
    })
    void knowsTheCharsetOfWhatServersStore(String name, String charset) {
        ClientEncoding encoding = ClientEncoding.named(name);
        assertThat(encoding.charset().name()).isEqualTo(charset);
        assertThat(encoding.asciiSafe()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"SJIS", "Shift_JIS", "SHIFT_JIS_2004", "BIG5", "GBK", "UHC", "GB18030", "JOHAB", "WIN949"})
    void knowsWhoseBytesMayLookLikeQuotes(String name) {
        assertThat(ClientEncoding.named(name).asciiSafe()).isFalse();
    }

    @Test
    void losesNoByteOfInvalidText() {
        byte[] invalid = {'a', (byte) 0xFF, 'b'};
        String text = ClientEncoding.UTF8.decode(invalid, 0, 3);
        assertThat(text.getBytes(StandardCharsets.ISO_8859_1)).isEqualTo(invalid);
    }
}
