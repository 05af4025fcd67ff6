package dev.holdfast.httpserver;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.holdfast.BindingEnforcer;
import dev.holdfast.Decision;
import dev.holdfast.EnforcementListener;
import dev.holdfast.configuration.assembly.Assembly;
import dev.holdfast.configuration.assembly.MetadataAssembly;
import dev.holdfast.configuration.settings.HoldfastSettings;
import dev.holdfast.events.receiver.Delivery;
import dev.holdfast.events.receiver.EventAnswer;
import dev.holdfast.events.receiver.EventReceiver;
import dev.holdfast.http.challenge.Challenge;
import dev.holdfast.http.challenge.Challenges;
import dev.holdfast.http.metadata.MetadataAnswer;
import dev.holdfast.http.metadata.ResourceMetadata;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The edge of {@code docs/how-to-add-an-edge.md}: a handler of the JDK's HTTP server before a
 * handler of the application's. No thread waits for a decision.
 */
final class HoldfastHandler implements HttpHandler, AutoCloseable {

  /** What answers a request that may pass. */
  @FunctionalInterface
  interface Next {
    /** Answers it; {@code evidence} and {@code allowed} say who asks. */
    void handle(HttpExchange exchange, ExchangeEvidence evidence, Decision.Allowed allowed)
        throws IOException;
  }

  private final Assembly assembly;
  private final EnforcementListener log;
  private final BindingEnforcer enforcer;
  private final Challenges challenges;
  private final @Nullable ResourceMetadata metadata;
  private final Next next;

  HoldfastHandler(HoldfastSettings settings, Next next) {
    this.assembly = Assembly.of(settings, Clock.systemUTC());
    this.log = assembly.logging(EnforcementListener.silent());
    this.enforcer = assembly.enforcer(EnforcementListener.silent());
    this.challenges = new Challenges(enforcer);
    this.metadata = MetadataAssembly.of(assembly);
    this.next = next;
  }

  @Override
  public void handle(HttpExchange exchange) {
    ExchangeEvidence evidence = new ExchangeEvidence(exchange, assembly);
    String disbelieved = evidence.disbelieved();
    if (disbelieved != null) {
      log.disbelieved(evidence, disbelieved, evidence.peer());
    }
    MetadataAnswer described = metadata == null ? null : evidence.answer(metadata);
    if (described != null) {
      write(exchange, described.status(), described.headers(), described.body());
      return;
    }
    EventReceiver events = assembly.events();
    if (events != null && events.path().equals(exchange.getRequestURI().getRawPath())) {
      receive(exchange, events);
      return;
    }
    enforcer
        .decideAsync(evidence)
        .whenComplete((decision, bug) -> answer(exchange, evidence, decision))
        .whenComplete((done, bug) -> exchange.close());
  }

  private static void receive(HttpExchange exchange, EventReceiver events) {
    Delivery delivery =
        new Delivery(
            exchange.getRequestMethod(),
            exchange.getRequestHeaders().getOrDefault("Content-Type", List.of()),
            exchange.getRequestHeaders().getOrDefault("Authorization", List.of()));
    try {
      EventAnswer refusal = events.refusal(delivery);
      CompletionStage<EventAnswer> answer =
          refusal != null
              ? CompletableFuture.completedFuture(refusal)
              : events.receive(
                  delivery, exchange.getRequestBody().readNBytes(EventReceiver.MAX_BODY_BYTES + 1));
      answer
          .thenAccept(known -> write(exchange, known.status(), known.headers(), known.body()))
          .whenComplete((done, bug) -> exchange.close());
    } catch (IOException gone) {
      exchange.close();
    }
  }

  /** Only the positive branch goes on. */
  private void answer(
      HttpExchange exchange, ExchangeEvidence evidence, @Nullable Decision decision) {
    try {
      if (decision instanceof Decision.Allowed allowed) {
        next.handle(
            new AdmittedExchange(exchange, evidence::hides, allowed.responseHeaders()),
            evidence,
            allowed);
      } else if (decision instanceof Decision.Refused refused) {
        String address = metadata == null ? null : evidence.address(metadata);
        refuse(exchange, challenges.of(refused, address));
      } else {
        exchange.sendResponseHeaders(500, -1);
      }
    } catch (IOException gone) {
      // the client; there is nobody to tell
    }
  }

  private static void write(
      HttpExchange exchange, int status, Map<String, String> headers, String text) {
    try (exchange) {
      byte[] body = text.getBytes(StandardCharsets.US_ASCII);
      headers.forEach(exchange.getResponseHeaders()::set);
      exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
      if (body.length > 0) {
        exchange.getResponseBody().write(body);
      }
    } catch (IOException gone) {
      // the client; there is nobody to tell
    }
  }

  private static void refuse(HttpExchange exchange, Challenge challenge) throws IOException {
    challenge.headers().forEach(exchange.getResponseHeaders()::set);
    for (String text : challenge.authenticate()) {
      exchange.getResponseHeaders().add("WWW-Authenticate", text);
    }
    exchange.sendResponseHeaders(challenge.status(), -1);
  }

  @Override
  public void close() {
    assembly.close();
  }
}
