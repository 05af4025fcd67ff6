package dev.holdfast.servlet;

import dev.holdfast.configuration.InvalidSettingException;
import dev.holdfast.configuration.assembly.Assembly;
import dev.holdfast.events.receiver.Delivery;
import dev.holdfast.events.receiver.EventAnswer;
import dev.holdfast.events.receiver.EventReceiver;
import dev.holdfast.policy.PathPattern;
import dev.holdfast.servlet.registration.MappedPaths;
import dev.holdfast.servlet.wire.WireRequest;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Where an edge takes security events (RFC 8935), before it asks for a token. It is one path in one
 * spelling: a request to any other, such as one with an encoded letter or a slash at the end, is
 * none of its own.
 */
public final class EventPlace {
  private static final EventPlace NOWHERE = new EventPlace(null);

  private final @Nullable EventReceiver receiver;

  private EventPlace(@Nullable EventReceiver receiver) {
    this.receiver = receiver;
  }

  /** No events are taken. */
  static EventPlace nowhere() {
    return NOWHERE;
  }

  /** As the settings say. */
  public static EventPlace of(Assembly assembly) {
    return new EventPlace(assembly.events());
  }

  /** What a filter is mapped to, so that events reach it; null where none are taken. */
  public @Nullable String mapping() {
    return receiver == null ? null : receiver.path();
  }

  /** These patterns, and the place of events where they leave it out. */
  String[] with(String... urlPatterns) {
    if (receiver == null || isWithin(MappedPaths.ofUrlPatterns(List.of(urlPatterns)), receiver)) {
      return urlPatterns;
    }
    String[] more = Arrays.copyOf(urlPatterns, urlPatterns.length + 1);
    more[urlPatterns.length] = receiver.path();
    return more;
  }

  /**
   * Refuses a filter that no event would reach.
   *
   * @throws InvalidSettingException with the mapping to add
   */
  void requireWithin(MappedPaths paths) {
    if (receiver != null && !isWithin(paths, receiver)) {
      throw new InvalidSettingException(
          "holdfast.events.path",
          "it is " + receiver.path() + ", and the filter is mapped to " + paths + " only",
          "Map it to " + receiver.path() + " too, for the dispatcher type REQUEST");
    }
  }

  private static boolean isWithin(MappedPaths paths, EventReceiver receiver) {
    return paths.cover(PathPattern.parse(receiver.path()));
  }

  /** Whether the request is for this place, and is answered. */
  boolean answered(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    if (receiver == null || !isFor(request, receiver.path())) {
      return false;
    }
    WireRequest wire = WireRequest.of(request);
    Delivery delivery =
        new Delivery(
            request.getMethod(), wire.headers("Content-Type"), wire.headers("Authorization"));
    EventAnswer refusal = receiver.refusal(delivery);
    write(refusal != null ? refusal : answer(receiver, delivery, request), response);
    return true;
  }

  private static boolean isFor(HttpServletRequest request, String path) {
    if (!request.getRequestURI().endsWith(path)) {
      return false;
    }
    String asked = WireRequest.of(request).path();
    return asked != null && asked.equals(WireRequest.httpBelow(request).getContextPath() + path);
  }

  private static EventAnswer answer(
      EventReceiver receiver, Delivery delivery, HttpServletRequest request)
      throws IOException, ServletException {
    byte[] body = request.getInputStream().readNBytes(EventReceiver.MAX_BODY_BYTES + 1);
    try {
      return receiver.receive(delivery, body).toCompletableFuture().get();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new ServletException("interrupted while an event was taken", interrupted);
    } catch (ExecutionException bug) {
      throw new ServletException("an event could not be taken", bug.getCause());
    }
  }

  private static void write(EventAnswer answer, HttpServletResponse response) throws IOException {
    response.setStatus(answer.status());
    answer.headers().forEach(response::setHeader);
    if (!answer.body().isEmpty()) {
      response.getOutputStream().write(answer.body().getBytes(StandardCharsets.US_ASCII));
    }
  }
}
