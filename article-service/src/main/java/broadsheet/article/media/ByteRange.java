package broadsheet.article.media;

import broadsheet.web.problem.ProblemException;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpRange;
import org.springframework.http.HttpStatus;

/** The bytes of a file that a request asks for (RFC 9110, 14), of which one part is given: whoever asks for more gets all. */
record ByteRange(long first, long count, long length) {

    static ByteRange whole(long length) {
        return new ByteRange(0, length, length);
    }

    /** Fails with 416 where the part begins behind the end. */
    static ByteRange asked(HttpHeaders headers, String eTag, long length) {
        String ifRange = headers.getFirst(HttpHeaders.IF_RANGE);
        List<HttpRange> ranges = ranges(headers);
        if (ranges.size() != 1 || (ifRange != null && !ifRange.equals(eTag))) {
            return whole(length);
        }
        long first = ranges.get(0).getRangeStart(length);
        long last = ranges.get(0).getRangeEnd(length);
        if (first > last || first >= length) {
            throw unsatisfiable(length);
        }
        return new ByteRange(first, last - first + 1, length);
    }

    /** What cannot be read is as if it were not there. */
    private static List<HttpRange> ranges(HttpHeaders headers) {
        try {
            return headers.getRange();
        } catch (IllegalArgumentException e) {
            return List.of();
        }
    }

    private static ProblemException unsatisfiable(long length) {
        var problem =
                new ProblemException(HttpStatus.REQUESTED_RANGE_NOT_SATISFIABLE, "The file has " + length + " bytes");
        problem.getHeaders().set(HttpHeaders.CONTENT_RANGE, "bytes */" + length);
        return problem;
    }

    boolean isPart() {
        return count < length;
    }

    String contentRange() {
        return "bytes " + first + "-" + (first + count - 1) + "/" + length;
    }
}
