package org.pgproof.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.pgproof.receipt.Check;
import org.pgproof.receipt.Check.Name;
import org.pgproof.receipt.Receipt;
import org.pgproof.receipt.Verdict;
import org.w3c.dom.Element;

class JUnitReportTest {
    private static Receipt receipt(Verdict verdict, String reason, List<Check> checks) {
        return new Receipt(
                Receipt.FORMAT,
                "backup_20260211_093022",
                verdict,
                reason,
                Instant.parse("2026-02-11T10:00:00Z"),
                "15.18",
                "15.18",
                "1.0.0",
                1,
                null,
                2,
                null,
                new TreeMap<>(Map.of("restore", 1.5, "compare", 0.25)),
                checks);
    }

    private static Element suite(Receipt receipt) throws Exception {
        return suite(new Report(receipt, null, List.of()));
    }

    private static Element suite(Report report) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        JUnitReport.write(report, out);
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(out.toByteArray()))
                .getDocumentElement();
    }

    @Test
    void writesATestCaseForEachCheck() throws Exception {
        Element suite = suite(receipt(
                Verdict.FAILED,
                "content",
                List.of(
                        Check.passed(Name.OBJECT, "fine"),
                        Check.failed(Name.CONTENT, "public.t: <expected> & \"found\" \u0001"),
                        Check.skipped(Name.QUERIES, "no file"))));
        assertThat(suite.getTagName()).isEqualTo("testsuite");
        assertThat(suite.getAttribute("tests")).isEqualTo("3");
        assertThat(suite.getAttribute("failures")).isEqualTo("1");
        assertThat(suite.getAttribute("skipped")).isEqualTo("1");
        assertThat(suite.getAttribute("errors")).isEqualTo("0");
        assertThat(suite.getAttribute("time")).isEqualTo("1.750");
        assertThat(suite.getElementsByTagName("testcase").getLength()).isEqualTo(3);
        Element failure = (Element) suite.getElementsByTagName("failure").item(0);
        assertThat(failure.getAttribute("message")).isEqualTo("public.t: <expected> & \"found\" ?");
        assertThat(((Element) failure.getParentNode()).getAttribute("name")).isEqualTo("content");
    }

    @Test
    void reportsWhatCouldNotBeVerifiedAsAnError() throws Exception {
        Element suite = suite(receipt(Verdict.COULD_NOT_VERIFY, "the store is down", List.of()));
        assertThat(suite.getAttribute("errors")).isEqualTo("1");
        assertThat(suite.getAttribute("tests")).isEqualTo("1");
        Element error = (Element) suite.getElementsByTagName("error").item(0);
        assertThat(error.getAttribute("message")).isEqualTo("COULD NOT VERIFY: the store is down");
    }

    @Test
    void saysThatTheNewestBackupIsTooOldAndWhatElseToLookAt() throws Exception {
        Receipt passed = receipt(Verdict.PASSED, "all hold", List.of(Check.passed(Name.OBJECT, "fine")));
        Element suite = suite(new Report(passed, "three days old", List.of("no table", "no <row>")));
        assertThat(suite.getAttribute("tests")).isEqualTo("2");
        assertThat(suite.getAttribute("failures")).isEqualTo("1");
        Element failure = (Element) suite.getElementsByTagName("failure").item(0);
        assertThat(failure.getAttribute("message")).isEqualTo("three days old");
        assertThat(((Element) failure.getParentNode()).getAttribute("name")).isEqualTo("freshness");
        assertThat(suite.getElementsByTagName("system-out").item(0).getTextContent())
                .isEqualTo("no table\nno <row>");
    }

    @Test
    void namesTestsAlikeForEveryBackup() throws Exception {
        Element suite = suite(receipt(Verdict.PASSED, "all hold", List.of(Check.passed(Name.OBJECT, "fine"))));
        Element test = (Element) suite.getElementsByTagName("testcase").item(0);
        assertThat(test.getAttribute("classname")).isEqualTo("pgproof.verify");
        Element property = (Element) suite.getElementsByTagName("property").item(0);
        assertThat(property.getAttribute("value")).isEqualTo("backup_20260211_093022");
    }
}
