package org.pgproof.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

class ClientBinariesTest {
    @Test
    void skipsWhatNeedsAClientThatThisMachineLacks() {
        assertThatThrownBy(() -> ClientBinaries.assumeClientFor(99))
                .isInstanceOf(TestAbortedException.class)
                .hasMessageContaining("No PostgreSQL client 99 or newer on this machine")
                .hasMessageContaining("POSTGRES_BIN_DIRS");
    }

    @Test
    void joinsFolders() {
        List<ClientBinaries.Client> clients =
                List.of(new ClientBinaries.Client(17, Path.of("/a/17")), new ClientBinaries.Client(18, Path.of("/b")));
        assertThat(ClientBinaries.searchPath(clients)).isEqualTo("/a/17:/b");
    }
}
