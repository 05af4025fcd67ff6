package dev.holdfast.tls;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.client.BytesRequestContent;
import org.eclipse.jetty.client.CompletableResponseListener;
import org.eclipse.jetty.client.ContentResponse;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.transport.HttpClientConnectionFactory;
import org.eclipse.jetty.client.transport.HttpClientTransportDynamic;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http2.client.HTTP2Client;
import org.eclipse.jetty.http2.client.transport.ClientConnectionFactoryOverHTTP2;
import org.eclipse.jetty.io.ClientConnectionFactory;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.jspecify.annotations.Nullable;

/** Jetty's client. */
final class JettyHttp implements HttpPeer.Client {
  private static final int MAX_BYTES = 32 << 20;

  private final HttpPeer.Terms terms;
  private final HttpClient client;

  private JettyHttp(HttpPeer.Terms terms, HttpClient client) {
    this.terms = terms;
    this.client = client;
  }

  static JettyHttp started(HttpPeer.Terms terms) throws Exception {
    SslContextFactory.Client tls = new SslContextFactory.Client();
    tls.setSslContext(terms.pki().sslContext(terms.identity()));
    tls.setIncludeProtocols(terms.versions());
    ClientConnector connector = new ClientConnector();
    connector.setSslContextFactory(tls);
    List<ClientConnectionFactory.Info> offered = new ArrayList<>();
    if (terms.http2()) {
      offered.add(new ClientConnectionFactoryOverHTTP2.HTTP2(new HTTP2Client(connector)));
    }
    offered.add(HttpClientConnectionFactory.HTTP11);
    HttpClient client =
        new HttpClient(
            new HttpClientTransportDynamic(
                connector, offered.toArray(ClientConnectionFactory.Info[]::new)));
    client.start();
    return new JettyHttp(terms, client);
  }

  @Override
  public HttpPeer.Reply send(String path, byte @Nullable [] body) throws Exception {
    Request request = client.newRequest(terms.uri(path));
    if (body != null) {
      request.method(HttpMethod.POST).body(new BytesRequestContent(body));
    }
    ContentResponse answer =
        new CompletableResponseListener(request, MAX_BYTES).send().get(60, TimeUnit.SECONDS);
    return new HttpPeer.Reply(
        answer.getStatus(),
        answer.getVersion() == HttpVersion.HTTP_2 ? "h2" : "http/1.1",
        answer.getHeaders().get(CertificateServlet.CIPHER_SUITE),
        new String(answer.getContent(), StandardCharsets.ISO_8859_1));
  }

  @Override
  public void close() {
    LifeCycle.stop(client);
  }
}
