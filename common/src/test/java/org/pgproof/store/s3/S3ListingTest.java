package org.pgproof.store.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pgproof.store.BackupKey;
import org.pgproof.store.StorageException;
import org.pgproof.store.StoredObject;

@Timeout(60)
class S3ListingTest {
    private static final Instant START = Instant.parse("2020-01-01T00:00:00Z");

    @Test
    void listsAHundredThousandObjectsInAHundredRequests() throws IOException {
        try (ScriptedS3 server = new ScriptedS3(S3ListingTest::oneOfAHundredPages);
                S3BackupStore store = server.store()) {
            List<StoredObject> objects = store.list();
            assertThat(objects).hasSize(100_000);
            assertThat(objects.get(99_999).key()).isEqualTo(BackupKey.at(START.plusSeconds(99_999)));
            assertThat(server.queries()).hasSize(100);
            assertThat(server.queries().get(0))
                    .containsEntry("prefix", "backups/")
                    .containsEntry("delimiter", "/")
                    .containsEntry("list-type", "2");
        }
    }

    private static String oneOfAHundredPages(Map<String, String> query) {
        int page = Integer.parseInt(query.getOrDefault("continuation-token", "0"));
        String next = page == 99 ? "" : "<NextContinuationToken>" + (page + 1) + "</NextContinuationToken>";
        return page(page < 99, next, page * 1_000, 1_000);
    }

    @Test
    void goesOnBehindTheLastKeyWhereAStoreGivesNoToken() throws IOException {
        try (ScriptedS3 server = new ScriptedS3(
                        query -> query.containsKey("start-after") ? page(false, "", 10, 10) : page(true, "", 0, 10));
                S3BackupStore store = server.store()) {
            assertThat(store.list()).hasSize(20);
            assertThat(server.queries().get(1)).containsEntry("start-after", name(9));
        }
    }

    @Test
    void doesNotFollowTheSameTokenForEver() throws IOException {
        String same = "<NextContinuationToken>again</NextContinuationToken>";
        try (ScriptedS3 server = new ScriptedS3(query -> page(true, same, 0, 10));
                S3BackupStore store = server.store()) {
            assertThatThrownBy(store::list).isInstanceOf(StorageException.class).hasMessageContaining("same page");
        }
    }

    @Test
    void doesNotReadTheSamePageForEver() throws IOException {
        try (ScriptedS3 server = new ScriptedS3(query -> page(true, "", 0, 10));
                S3BackupStore store = server.store()) {
            assertThatThrownBy(store::list).isInstanceOf(StorageException.class).hasMessageContaining("same page");
        }
    }

    @Test
    void takesNoWebPageForAnEmptyListing() throws IOException {
        for (String body : List.of("<html><body>Welcome</body></html>", "", "not even XML")) {
            try (ScriptedS3 server = new ScriptedS3(query -> body);
                    S3BackupStore store = server.store()) {
                assertThatThrownBy(store::list)
                        .isInstanceOf(StorageException.class)
                        .hasMessageContaining("S3_ENDPOINT");
                assertThatThrownBy(store::check).isInstanceOf(StorageException.class);
            }
        }
    }

    private static String page(boolean truncated, String next, int from, int count) {
        String objects = IntStream.range(from, from + count)
                .mapToObj(
                        i -> "<Contents><Key>" + name(i) + "</Key><LastModified>2026-02-11T09:30:22.000Z</LastModified>"
                                + "<ETag>\"0\"</ETag><Size>1</Size><StorageClass>STANDARD</StorageClass></Contents>")
                .collect(Collectors.joining());
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"
                + "<ListBucketResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><Name>bucket</Name>"
                + "<Prefix>backups/</Prefix><KeyCount>" + count + "</KeyCount><MaxKeys>1000</MaxKeys>"
                + "<IsTruncated>" + truncated + "</IsTruncated>" + next + objects + "</ListBucketResult>";
    }

    private static String name(int i) {
        return "backups/" + BackupKey.at(START.plusSeconds(i)) + ".sql.gz";
    }
}
