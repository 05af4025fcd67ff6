package dev.holdfast.spring.webflux.evidence;

import dev.holdfast.EnforcementListener;
import dev.holdfast.RequestEvidence;
import dev.holdfast.configuration.assembly.Assembly;
import dev.holdfast.http.Forwarding;
import dev.holdfast.http.LastHop;
import dev.holdfast.http.TrustedProxies;
import dev.holdfast.internal.ApplicationLog;
import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;

/**
 * Where the evidence of exchanges comes from, as the settings say. It decides whom to believe, and
 * it shows the application no more than it believes itself.
 */
public final class EvidenceSource {
  private static final System.Logger LOGGER = ApplicationLog.named("dev.holdfast");
  private static final String ADMISSION = EvidenceSource.class.getName() + ".admission";

  private final Assembly assembly;
  private final EnforcementListener log;
  private final AtomicBoolean saidWhatIsMissing = new AtomicBoolean();

  /**
   * What these settings name.
   *
   * @param listener hears of headers that are not believed, after the log
   */
  public EvidenceSource(Assembly assembly, EnforcementListener listener) {
    this.assembly = assembly;
    this.log = assembly.logging(listener);
  }

  /** What was found out about one request, kept with its exchange. */
  private record Admission(EvidenceSource source, @Nullable LastHop lastHop) {}

  /**
   * The exchange as everybody behind this point may see it. Once it is admitted, it is the same on
   * later calls.
   */
  public ServerWebExchange admit(ServerWebExchange exchange) {
    boolean isLookedAt = assembly.trustedProxies() != null || ForwardedPrefix.IS_GATEWAY;
    if (!isLookedAt || admission(exchange) != null) {
      return exchange;
    }
    LastHop lastHop = look(exchange);
    ServerHttpRequest received = exchange.getRequest();
    ServerHttpRequest request =
        isForeignPrefix(lastHop)
            ? ForwardedPrefix.removedFrom(received, new ReceivedExchange(received))
            : received;
    if (lastHop == null) {
      return request == received ? exchange : exchange.mutate().request(request).build();
    }
    RequestEvidence evidence =
        new ExchangeEvidence(request, new ReceivedExchange(request), assembly, lastHop);
    return exchange
        .mutate()
        .request(new AdmittedRequest(request, lastHop, evidence::clientCertificate))
        .build();
  }

  /**
   * Whether a forwarded scheme or host has put another path into the request than the client
   * called: nobody writes that who means well, and it is refused from everybody.
   */
  public boolean isMoved(ServerWebExchange exchange) {
    ServerHttpRequest request = exchange.getRequest();
    return ForwardedPrefix.isMoved(request, new ReceivedExchange(request));
  }

  /** The request for whoever reads its forwarded headers: without a prefix of a stranger. */
  ServerHttpRequest withoutForeignPrefix(ServerHttpRequest request) {
    if (!request.getHeaders().containsHeader(ForwardedPrefix.HEADER)) {
      return request;
    }
    TrustedProxies proxies = assembly.trustedProxies();
    LastHop lastHop = proxies == null ? null : proxies.lastHop(new ReceivedExchange(request));
    return isForeignPrefix(lastHop)
        ? request.mutate().headers(headers -> headers.remove(ForwardedPrefix.HEADER)).build()
        : request;
  }

  /**
   * Only a trusted proxy is believed in its prefix. An application that believes nobody's
   * forwarding keeps what Spring makes of it, for there it chooses no handler; in a gateway it
   * does.
   */
  private boolean isForeignPrefix(@Nullable LastHop lastHop) {
    boolean forwards = assembly.settings().proxies().forwarding() == Forwarding.X_FORWARDED;
    boolean isBelieved = forwards && lastHop != null && lastHop.isTrusted();
    return !isBelieved && (forwards || ForwardedPrefix.IS_GATEWAY);
  }

  /** The evidence in {@code exchange}, admitted or not. */
  public RequestEvidence evidence(ServerWebExchange exchange) {
    Admission known = admission(exchange);
    LastHop lastHop = known == null ? look(exchange) : known.lastHop();
    ServerHttpRequest request = exchange.getRequest();
    return new ExchangeEvidence(request, new ReceivedExchange(request), assembly, lastHop);
  }

  private @Nullable Admission admission(ServerWebExchange exchange) {
    return exchange.getAttributes().get(ADMISSION) instanceof Admission admission
            && admission.source() == this
        ? admission
        : null;
  }

  private @Nullable LastHop look(ServerWebExchange exchange) {
    ServerHttpRequest request = exchange.getRequest();
    ReceivedExchange received = new ReceivedExchange(request);
    if (!received.isOfNetty() && saidWhatIsMissing.compareAndSet(false, true)) {
      LOGGER.log(
          Level.WARNING,
          "A request did not come from Reactor Netty, so that neither the other end of its"
              + " connection nor a client certificate is known: tokens that are bound to a"
              + " certificate are refused. Run the application on Reactor Netty");
    }
    TrustedProxies proxies = assembly.trustedProxies();
    LastHop lastHop = proxies == null ? null : proxies.lastHop(received);
    exchange.getAttributes().put(ADMISSION, new Admission(this, lastHop));
    String disbelieved = lastHop == null ? null : lastHop.disbelieved();
    if (disbelieved != null) {
      log.disbelieved(
          new ExchangeEvidence(request, received, assembly, lastHop),
          disbelieved,
          TrustedProxies.nameOfPeer(received.peer()));
    }
    return lastHop;
  }
}
