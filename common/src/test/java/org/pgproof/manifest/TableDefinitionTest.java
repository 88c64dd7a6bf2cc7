package org.pgproof.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.pgproof.dump.Digest;

class TableDefinitionTest {
    private static Digest child(String... columns) {
        return table("child", "base", columns);
    }

    private static Digest table(String name, String parent, String... columns) {
        return TableDefinition.digest(
                "TABLE",
                "CREATE TABLE s." + name + " (\n    " + String.join(",\n    ", columns) + "\n)\nINHERITS (s." + parent
                        + ");");
    }

    @Test
    void columnsOfAChildAreASet() {
        assertThat(child("a integer", "b text DEFAULT ',(\n)'::text", "\"c,(\" numeric(10,2)[]"))
                .isEqualTo(child("\"c,(\" numeric(10,2)[]", "a integer", "b text DEFAULT ',(\n)'::text"));
    }

    @Test
    void everyWordOfAChildCounts() {
        Digest digest = child("a integer", "b text DEFAULT 'x, y'::text");

        assertThat(child("a bigint", "b text DEFAULT 'x, y'::text")).isNotEqualTo(digest);
        assertThat(child("a integer", "b text DEFAULT 'y, x'::text")).isNotEqualTo(digest);
        assertThat(child("a integer")).isNotEqualTo(digest);
        assertThat(child("a integer", "a integer", "b text DEFAULT 'x, y'::text"))
                .isNotEqualTo(digest);
        assertThat(table("child", "other", "a integer", "b text DEFAULT 'x, y'::text"))
                .isNotEqualTo(digest);
        assertThat(table("niece", "base", "a integer", "b text DEFAULT 'x, y'::text"))
                .isNotEqualTo(digest);
    }

    @Test
    void theOrderOfOtherColumnsCounts() {
        assertThat(TableDefinition.digest("TABLE", "CREATE TABLE s.t (\n    a integer,\n    b text\n);"))
                .isNotEqualTo(TableDefinition.digest("TABLE", "CREATE TABLE s.t (\n    b text,\n    a integer\n);"));
    }
}
