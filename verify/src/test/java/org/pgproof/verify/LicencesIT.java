package org.pgproof.verify;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import java.util.zip.ZipFile;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each jar says what is inside it, and under which licences. */
class LicencesIT {
    @ParameterizedTest
    @ValueSource(strings = {"backup", "verify"})
    void areListedForAllThatIsInsideTheJar(String service) throws IOException {
        String listed = Files.readString(Path.of("../THIRD-PARTY.md"));
        List<String> rows = new ArrayList<>();
        try (ZipFile jar = new ZipFile("../" + service + "/target/" + service + ".jar")) {
            JsonNode bom =
                    new ObjectMapper().readTree(jar.getInputStream(jar.getEntry("META-INF/sbom/application.cdx.json")));
            for (JsonNode component : bom.get("components")) {
                if (!component.get("group").asText().equals("org.pgproof")) {
                    rows.add(row(component));
                }
            }
            assertThat(jar.getEntry("META-INF/licenses/THIRD-PARTY.md")).isNotNull();
            assertThat(jar.getEntry("META-INF/licenses/Apache-2.0.txt")).isNotNull();
        }
        assertThat(rows).hasSizeGreaterThan(40).allMatch(listed::contains);
    }

    private static String row(JsonNode component) {
        String licences = StreamSupport.stream(component.get("licenses").spliterator(), false)
                .map(entry -> entry.get("license"))
                .map(licence -> licence.path("id").asText(licence.path("name").asText()))
                .collect(Collectors.joining(" or "));
        return "| `" + component.get("group").asText() + ":"
                + component.get("name").asText() + "` | " + licences + " |";
    }
}
