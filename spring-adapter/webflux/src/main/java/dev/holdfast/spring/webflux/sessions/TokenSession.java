package dev.holdfast.spring.webflux.sessions;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.springframework.web.server.WebSession;
import reactor.core.publisher.Mono;

/** The session as a request sees it that came with a token. */
final class TokenSession implements WebSession {
  private final WebSession session;
  private final Map<String, Object> attributes;

  TokenSession(WebSession session, Map<String, Object> attributes) {
    this.session = session;
    this.attributes = attributes;
  }

  @Override
  public String getId() {
    return session.getId();
  }

  @Override
  public Map<String, Object> getAttributes() {
    return attributes;
  }

  @Override
  public void start() {
    session.start();
  }

  @Override
  public boolean isStarted() {
    return session.isStarted();
  }

  @Override
  public Mono<Void> changeSessionId() {
    return session.changeSessionId();
  }

  @Override
  public Mono<Void> invalidate() {
    return session.invalidate();
  }

  @Override
  public Mono<Void> save() {
    return session.save();
  }

  @Override
  public boolean isExpired() {
    return session.isExpired();
  }

  @Override
  public Instant getCreationTime() {
    return session.getCreationTime();
  }

  @Override
  public Instant getLastAccessTime() {
    return session.getLastAccessTime();
  }

  @Override
  public void setMaxIdleTime(Duration maxIdleTime) {
    session.setMaxIdleTime(maxIdleTime);
  }

  @Override
  public Duration getMaxIdleTime() {
    return session.getMaxIdleTime();
  }
}
