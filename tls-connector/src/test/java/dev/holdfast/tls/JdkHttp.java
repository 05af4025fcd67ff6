package dev.holdfast.tls;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/** The JDK's {@link HttpClient}. */
final class JdkHttp implements HttpPeer.Client {
  private final HttpPeer.Terms terms;
  private final HttpClient client;

  JdkHttp(HttpPeer.Terms terms) {
    this.terms = terms;
    SSLParameters parameters = new SSLParameters();
    parameters.setProtocols(terms.versions());
    client =
        HttpClient.newBuilder()
            .sslContext(terms.pki().sslContext(terms.identity()))
            .sslParameters(parameters)
            .version(terms.http2() ? HttpClient.Version.HTTP_2 : HttpClient.Version.HTTP_1_1)
            .build();
  }

  @Override
  public HttpPeer.Reply send(String path, byte @Nullable [] body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(terms.uri(path));
    if (body != null) {
      request.POST(BodyPublishers.ofByteArray(body));
    }
    HttpResponse<byte[]> answer =
        client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    return new HttpPeer.Reply(
        answer.statusCode(),
        answer.version() == HttpClient.Version.HTTP_2 ? "h2" : "http/1.1",
        answer.headers().firstValue(CertificateServlet.CIPHER_SUITE).orElse(""),
        new String(answer.body(), StandardCharsets.ISO_8859_1));
  }

  /** Its threads end when nobody knows it any more. */
  @Override
  public void close() {}
}
