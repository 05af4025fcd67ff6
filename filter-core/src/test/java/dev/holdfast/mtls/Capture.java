package dev.holdfast.mtls;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.nimbusds.jose.util.JSONObjectUtils;
import dev.holdfast.Sha256Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A request head as a real proxy sent it, as a container would hand it over: a folded field is one
 * line, white space around a value is gone.
 */
public record Capture(String file, ForwardedRequest request) {
  private static final String DIRECTORY = "/dev/holdfast/captures/";
  private static final Map<String, Object> INDEX = index();

  public static Capture read(String file) {
    String text = text(file);
    String lineEnd = text.contains("\r\n") ? "\r\n" : "\n";
    String head = text.lines().filter(line -> line.startsWith("###")).reduce("", (a, b) -> b);
    ForwardedRequest request = ForwardedRequest.empty();
    for (String line : text.substring(text.indexOf(head) + head.length()).split(lineEnd, -1)) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        String value = line.substring(colon + 1).replaceAll("\n[ \t]+", " ");
        request = request.and(line.substring(0, colon).strip(), value.strip());
      }
    }
    return new Capture(file, request);
  }

  public String only(String header) {
    List<String> values = request.headers(header);
    if (values.size() != 1) {
      throw new AssertionError(file + " has " + values.size() + " " + header);
    }
    return values.get(0);
  }

  /** The thumbprint of a certificate that the recordings were made with. */
  public static Sha256Digest thumbprint(String certificate) {
    Map<?, ?> all = (Map<?, ?>) INDEX.get("thumbprints_x5tS256");
    return Sha256Digest.parse((String) Objects.requireNonNull(all.get(certificate), certificate))
        .orElseThrow();
  }

  /** Every recording of a request that got through the proxy, and every synthetic one. */
  public static List<String> files() {
    List<String> files = new ArrayList<>();
    for (Object entry : (List<?>) INDEX.get("captures")) {
      Map<?, ?> capture = (Map<?, ?>) entry;
      if (Boolean.TRUE.equals(capture.get("backend_reached"))) {
        files.add((String) capture.get("file"));
      }
    }
    for (Object entry : ((Map<?, ?>) INDEX.get("synthetic")).values()) {
      String file = (String) ((Map<?, ?>) entry).get("file");
      if (Capture.class.getResource(DIRECTORY + file) != null) { // some were never made
        files.add(file);
      }
    }
    return files;
  }

  /** The headers of a recording that carry a certificate, with its name. */
  public record Carrier(String header, String certificate) {}

  public static List<Carrier> carriers(String file) {
    List<Carrier> carriers = new ArrayList<>();
    for (Object entry : (List<?>) INDEX.get("captures")) {
      Map<?, ?> capture = (Map<?, ?>) entry;
      if (capture.get("file").equals(file)) {
        for (Object header : (List<?>) capture.get("cert_headers")) {
          Map<?, ?> carrier = (Map<?, ?>) header;
          carriers.add(new Carrier((String) carrier.get("name"), (String) carrier.get("is")));
        }
      }
    }
    return carriers;
  }

  private static Map<String, Object> index() {
    try {
      return JSONObjectUtils.parse(text("index.json"));
    } catch (ParseException e) {
      throw new AssertionError(e);
    }
  }

  private static String text(String file) {
    try (InputStream content = Capture.class.getResourceAsStream(DIRECTORY + file)) {
      return new String(content.readAllBytes(), ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
