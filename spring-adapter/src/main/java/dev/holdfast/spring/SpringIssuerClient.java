package dev.holdfast.spring;

import dev.holdfast.IssuerClient;
import java.io.FilterInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.ClientHttpRequest;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.ClientHttpResponse;

/**
 * Calls issuers by a request factory of Spring's. As a bean it takes the place of Holdfast's own
 * client:
 *
 * <pre>{@code
 * @Bean
 * IssuerClient issuerClient() {
 *   return SpringIssuerClient.of(myRequestFactory);
 * }
 * }</pre>
 *
 * <p>The factory needs timeouts, and must follow no redirect: see {@link IssuerClient}.
 */
public final class SpringIssuerClient implements IssuerClient {
  private final ClientHttpRequestFactory requests;

  private SpringIssuerClient(ClientHttpRequestFactory requests) {
    this.requests = requests;
  }

  /** A client that makes its requests with that factory. */
  public static SpringIssuerClient of(ClientHttpRequestFactory requests) {
    return new SpringIssuerClient(Objects.requireNonNull(requests));
  }

  @Override
  public Response exchange(Request request) throws IOException {
    ClientHttpRequest sent =
        requests.createRequest(request.uri(), HttpMethod.valueOf(request.method()));
    request.fields().forEach(sent.getHeaders()::set);
    if (!request.form().isEmpty()) {
      sent.getBody().write(request.form().getBytes(StandardCharsets.US_ASCII));
    }
    ClientHttpResponse answer = sent.execute();
    try {
      String type = answer.getHeaders().getFirst(HttpHeaders.CONTENT_TYPE);
      return new Response(
          answer.getStatusCode().value(),
          type == null ? "" : type,
          new FilterInputStream(answer.getBody()) {
            @Override
            public void close() {
              answer.close();
            }
          });
    } catch (IOException | RuntimeException | Error failure) {
      answer.close();
      throw failure;
    }
  }
}
