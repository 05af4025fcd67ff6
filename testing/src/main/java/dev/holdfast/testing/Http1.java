package dev.holdfast.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.testing.ExportingConnection.Answer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/** One request of HTTP/1.1 and its answer, on a connection that stays open. */
final class Http1 {
  private Http1() {}

  record Request(String method, String target, List<String> fields, String body) {}

  static Answer exchange(InputStream in, OutputStream out, String authority, Request asked)
      throws IOException {
    List<String> head =
        new ArrayList<>(List.of(asked.method() + " " + asked.target() + " HTTP/1.1"));
    head.add("Host: " + authority);
    head.addAll(asked.fields());
    byte[] content = asked.body().getBytes(UTF_8);
    if (content.length > 0) {
      head.add("Content-Length: " + content.length);
    }
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    request.writeBytes((String.join("\r\n", head) + "\r\n\r\n").getBytes(ISO_8859_1));
    request.writeBytes(content);
    out.write(request.toByteArray());
    out.flush();
    return answer(in);
  }

  private static Answer answer(InputStream in) throws IOException {
    String status = line(in);
    List<String> fields = new ArrayList<>();
    for (String field = line(in); !field.isEmpty(); field = line(in)) {
      fields.add(field);
    }
    Answer head = new Answer(Integer.parseInt(status.split(" ", 3)[1]), fields, "");
    return new Answer(head.status(), fields, new String(body(in, head), UTF_8));
  }

  private static byte[] body(InputStream in, Answer head) throws IOException {
    String length = head.field("Content-Length");
    if (length != null) {
      return in.readNBytes(Integer.parseInt(length));
    }
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    if ("chunked".equalsIgnoreCase(head.field("Transfer-Encoding"))) {
      for (int size = chunkSize(in); size > 0; size = chunkSize(in)) {
        body.writeBytes(in.readNBytes(size));
        line(in);
      }
      line(in);
    }
    return body.toByteArray();
  }

  private static int chunkSize(InputStream in) throws IOException {
    return Integer.parseInt(line(in), 16);
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new IOException("the server closed the connection");
      }
      if (next != '\r') {
        line.write(next);
      }
    }
    return line.toString(ISO_8859_1);
  }
}
