package org.pgproof.testkit;

/**
 * What goes wrong with one request that passes a {@link FaultProxy}. "Silent" keeps the connection open and moves no
 * more bytes, "reset" ends it with a TCP reset, "close" ends it in good order.
 */
public sealed interface Fault {

    /** Takes that many bytes of the request's body, then reads no more. */
    record SilentInRequest(long bodyBytes) implements Fault {}

    /** Takes that many bytes of the request's body, then resets the connection; the server sees a request cut short. */
    record ResetInRequest(long bodyBytes) implements Fault {}

    /** The server carries the request out, but its answer never arrives. */
    record SilentInsteadOfAnswer() implements Fault {}

    /** The server carries the request out, but the connection is reset instead of its answer. */
    record ResetInsteadOfAnswer() implements Fault {}

    /** The server carries the request out, and an answer with this status replaces its own. */
    record AnswerLost(int status, String code) implements Fault {}

    /** The server never sees the request, which is answered with this status and S3 error code. */
    record Refused(int status, String code) implements Fault {}

    /** The server never sees the request, which is answered with this: a page of something on the way, for example. */
    record Answered(int status, String contentType, String body) implements Fault {
        /** What a proxy or a firewall says for people to read in a browser. */
        public static Answered page(int status) {
            return new Answered(
                    status, "text/html", "<html><head><title>Sorry</title></head><body><p>No.</body></html>");
        }

        /** A listing of no object at all, as S3 writes it. */
        public static Answered emptyListing() {
            return new Answered(
                    200,
                    "application/xml",
                    "<?xml version=\"1.0\" encoding=\"UTF-8\"?><ListBucketResult><KeyCount>0</KeyCount>"
                            + "<IsTruncated>false</IsTruncated></ListBucketResult>");
        }
    }

    /** The answer stops after that many bytes of its body. */
    record SilentInAnswer(long bodyBytes) implements Fault {}

    /** The connection is reset after that many bytes of the answer's body. */
    record ResetInAnswer(long bodyBytes) implements Fault {}

    /** The connection is closed in good order after that many bytes of the answer's body. */
    record CloseInAnswer(long bodyBytes) implements Fault {}

    /** One bit of the answer's body arrives changed, of the byte at this offset, where it is that long. */
    record FlippedInAnswer(long offset) implements Fault {}

    /** One bit of the request's body arrives changed at the server, of the byte at this offset or of the last one. */
    record FlippedInRequest(long offset) implements Fault {}

    /** The answer's body arrives a few bytes at a time, with that many milliseconds in between. */
    record TrickleInAnswer(long milliseconds) implements Fault {}

    /** The action runs, then the request goes on as if nothing were wrong. */
    record First(Runnable action) implements Fault {}
}
