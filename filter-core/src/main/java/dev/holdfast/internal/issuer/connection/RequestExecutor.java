package dev.holdfast.internal.issuer.connection;

import java.io.IOException;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecRuntime;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HeaderElements;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.Method;
import org.apache.hc.core5.http.impl.io.HttpRequestExecutor;
import org.apache.hc.core5.http.io.HttpClientConnection;
import org.apache.hc.core5.http.io.HttpResponseInformationCallback;
import org.apache.hc.core5.http.io.support.ClassicRequestBuilder;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/** Sends one request and reads its answer, and once more where a kept connection had ended. */
public final class RequestExecutor extends HttpRequestExecutor {

  @Override
  public ClassicHttpResponse execute(
      ClassicHttpRequest request,
      HttpClientConnection connection,
      @Nullable HttpResponseInformationCallback interim,
      HttpContext context)
      throws IOException, HttpException {
    Exchange exchange = (Exchange) context;
    IssuerConnection issuer = (IssuerConnection) connection;
    exchange.reached = !Method.CONNECT.isSame(request.getMethod());
    try {
      ClassicHttpResponse answer = super.execute(request, connection, interim, context);
      if (!issuer.isDone(answer)) {
        answer.setHeader(HttpHeaders.CONNECTION, HeaderElements.CLOSE);
      }
      return answer;
    } finally {
      exchange.begun = issuer.hasAnswerBegun();
    }
  }

  /**
   * Takes the place of HttpClient's own step, which would answer an issuer's 401 and 407 with
   * whatever credentials this JVM has. A request goes over the wire once, or twice: once more on a
   * new connection, when a kept one turns out to have ended before it brought a byte of an answer
   * (RFC 9110 section 9.2.2: introspection, like GET, changes nothing).
   */
  public static ClassicHttpResponse onceOrTwice(
      ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
      throws IOException, HttpException {
    Exchange exchange = (Exchange) scope.clientContext;
    ExecRuntime runtime = scope.execRuntime;
    runtime.acquireEndpoint(scope.exchangeId, scope.route, exchange.tls, exchange);
    boolean kept = runtime.isEndpointConnected();
    try {
      return reached(chain.proceed(request, scope), exchange, runtime);
    } catch (IOException ended) {
      if (!kept || exchange.begun || exchange.deadline.isOver()) {
        throw ended;
      }
    }
    exchange.reached = false;
    runtime.acquireEndpoint(scope.exchangeId, scope.route, exchange.tls, exchange);
    runtime.disconnectEndpoint(); // where it is another one that was kept
    return reached(
        chain.proceed(ClassicRequestBuilder.copy(scope.originalRequest).build(), scope),
        exchange,
        runtime);
  }

  /** What a proxy answers to {@code CONNECT} must never be taken for the issuer's answer. */
  private static ClassicHttpResponse reached(
      ClassicHttpResponse response, Exchange exchange, ExecRuntime runtime)
      throws MalformedAnswerException {
    if (!exchange.reached) {
      runtime.discardEndpoint();
      throw new MalformedAnswerException("the proxy opens no tunnel: status " + response.getCode());
    }
    return response;
  }
}
