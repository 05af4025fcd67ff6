package dev.holdfast.internal.issuer.connection;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.internal.issuer.HttpAnswer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.impl.io.HttpRequestExecutor;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;

/** Answers as bytes, and how a reader takes them. */
public final class Replies {
  public static final int LIMIT = 100;
  public static final String OK = "HTTP/1.1 200 OK\r\n";
  public static final String JSON = "Content-Type: application/json\r\n";

  /** The one specimen that the mutations start from: two bytes of JSON with their length. */
  public static final String SPECIMEN = OK + JSON + "Content-Length: 2\r\n\r\n{}";

  private Replies() {}

  public static HttpAnswer read(String reply) throws IOException {
    return read(new ByteArrayInputStream(reply.getBytes(ISO_8859_1)));
  }

  /** As the answer to a request, over a connection whose other side says just that. */
  public static HttpAnswer read(InputStream in) throws IOException {
    IssuerConnection connection = new IssuerConnection(LIMIT);
    connection.bind(
        new Socket() {
          @Override
          public InputStream getInputStream() {
            return in;
          }

          @Override
          public OutputStream getOutputStream() {
            return OutputStream.nullOutputStream();
          }
        });
    ClassicHttpRequest request = new BasicClassicHttpRequest("GET", "/");
    try {
      return HttpAnswer.of(
          new HttpRequestExecutor().execute(request, connection, HttpClientContext.create()));
    } catch (HttpException undeclared) {
      throw new IOException("refused otherwise than declared", undeclared);
    }
  }

  static String bodyOf(String reply) throws IOException {
    return new String(read(reply).body(), ISO_8859_1);
  }

  /** With this line more, and two bytes of content. */
  static String withField(String line) {
    return OK + line + "\r\nContent-Length: 2\r\n\r\n{}";
  }

  static void assertRefused(String reply, String rule) {
    assertThatThrownBy(() -> read(reply))
        .isInstanceOf(MalformedAnswerException.class)
        .hasMessageContaining(rule);
  }
}
