package org.pgproof.verify;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;
import java.util.Map;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.pgproof.receipt.Check;
import org.pgproof.receipt.Receipt;
import org.pgproof.receipt.Verdict;

/**
 * Writes a report as JUnit XML (the format of Ant's junit task), one test case a check, for pipelines. Names are the same
 * each time, so that a pipeline can tell the history of a test.
 */
final class JUnitReport {
    private JUnitReport() {}

    static void write(Report report, OutputStream out) throws IOException {
        try {
            XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(out, "UTF-8");
            xml.writeStartDocument("UTF-8", "1.0");
            suite(report, xml);
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IOException(e);
        }
    }

    private static void suite(Report report, XMLStreamWriter xml) throws XMLStreamException {
        Receipt receipt = report.receipt();
        int outdated = report.outdated() == null ? 0 : 1;
        boolean stopped = receipt.verdict() == Verdict.COULD_NOT_VERIFY;
        xml.writeStartElement("testsuite");
        xml.writeAttribute("name", "pgproof verify");
        xml.writeAttribute("timestamp", receipt.verifiedAt().toString());
        xml.writeAttribute("tests", String.valueOf(receipt.checks().size() + (stopped ? 1 : 0) + outdated));
        xml.writeAttribute("failures", String.valueOf(count(receipt, Check.Result.FAILED) + outdated));
        xml.writeAttribute("errors", stopped ? "1" : "0");
        xml.writeAttribute("skipped", String.valueOf(count(receipt, Check.Result.SKIPPED)));
        double seconds = receipt.seconds().entrySet().stream()
                .filter(step -> !step.getKey().contains(" ")) // the others are shares of these
                .mapToDouble(Map.Entry::getValue)
                .sum();
        xml.writeAttribute("time", String.format(Locale.ROOT, "%.3f", seconds));
        property("backup", receipt.key(), xml);
        for (Check check : receipt.checks()) {
            testCase(check.name().toString(), xml);
            switch (check.result()) {
                case FAILED -> outcome("failure", check.detail(), xml);
                case SKIPPED -> outcome("skipped", check.detail(), xml);
                case PASSED -> {}
            }
            xml.writeEndElement();
        }
        if (stopped) {
            testCase("verdict", xml);
            outcome("error", receipt.verdict() + ": " + receipt.reason(), xml);
            xml.writeEndElement();
        }
        if (report.outdated() != null) {
            testCase("freshness", xml);
            outcome("failure", report.outdated(), xml);
            xml.writeEndElement();
        }
        if (!report.warnings().isEmpty()) {
            xml.writeStartElement("system-out");
            xml.writeCharacters(valid(String.join("\n", report.warnings())));
            xml.writeEndElement();
        }
        xml.writeEndElement();
    }

    private static void property(String name, String value, XMLStreamWriter xml) throws XMLStreamException {
        xml.writeStartElement("properties");
        xml.writeEmptyElement("property");
        xml.writeAttribute("name", name);
        xml.writeAttribute("value", value);
        xml.writeEndElement();
    }

    private static void testCase(String name, XMLStreamWriter xml) throws XMLStreamException {
        xml.writeStartElement("testcase");
        xml.writeAttribute("classname", "pgproof.verify");
        xml.writeAttribute("name", name);
    }

    private static void outcome(String element, String message, XMLStreamWriter xml) throws XMLStreamException {
        xml.writeEmptyElement(element);
        xml.writeAttribute("message", valid(message));
    }

    private static long count(Receipt receipt, Check.Result result) {
        return receipt.checks().stream()
                .filter(check -> check.result() == result)
                .count();
    }

    /** XML 1.0 has no control characters, not even escaped. */
    private static String valid(String text) {
        return text.replaceAll("[\\p{Cntrl}&&[^\t\n\r]]", "?");
    }
}
