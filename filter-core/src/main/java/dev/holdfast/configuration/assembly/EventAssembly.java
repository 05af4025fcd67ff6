package dev.holdfast.configuration.assembly;

import dev.holdfast.AccessToken;
import dev.holdfast.IssuerClient;
import dev.holdfast.Sha256Digest;
import dev.holdfast.TokenScreen;
import dev.holdfast.cache.CachingAccessTokenVerifier;
import dev.holdfast.configuration.InvalidSettingException;
import dev.holdfast.configuration.checks.EventChecks;
import dev.holdfast.configuration.issuers.IssuerSettings;
import dev.holdfast.configuration.settings.HoldfastSettings;
import dev.holdfast.configuration.settings.TransmitterSettings;
import dev.holdfast.events.CachedTokens;
import dev.holdfast.events.LocalRevocations;
import dev.holdfast.events.RevocationScreen;
import dev.holdfast.events.RevocationStore;
import dev.holdfast.events.TokenEviction;
import dev.holdfast.events.message.EventRules;
import dev.holdfast.events.poll.Poller;
import dev.holdfast.events.receiver.EventIntake;
import dev.holdfast.events.receiver.EventReceiver;
import dev.holdfast.events.receiver.Transmitter;
import dev.holdfast.events.shared.SharedRevocations;
import dev.holdfast.internal.issuer.IssuerHttp;
import dev.holdfast.jwt.IssuerSignatures;
import dev.holdfast.jwt.JwtIssuer;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes what revokes tokens, from settings that {@link EventChecks} saw. */
final class EventAssembly {
  private final HoldfastSettings settings;
  private final Clock clock;
  private final RevocationStore store;
  private final TokenScreen screen;

  EventAssembly(HoldfastSettings settings, Clock clock, OpenParts parts) {
    this.settings = settings;
    this.clock = clock;
    this.store =
        settings.sharesRevocations()
            ? parts.add(RevocationSharing.of(settings.redis(), clock))
            : new LocalRevocations();
    Set<String> introspected = introspectedOnly(settings.tokens().issuers());
    this.screen = new RevocationScreen(store, issuer -> !introspected.contains(issuer));
  }

  /** Those whose JWTs nobody verifies by keys, by the name that their tokens get. */
  private static Set<String> introspectedOnly(List<IssuerSettings> issuers) {
    Set<String> byKeys =
        issuers.stream()
            .filter(issuer -> issuer.introspection() == null)
            .map(EventAssembly::name)
            .collect(Collectors.toSet());
    return issuers.stream()
        .map(EventAssembly::name)
        .filter(name -> !byKeys.contains(name))
        .collect(Collectors.toUnmodifiableSet());
  }

  private static String name(IssuerSettings issuer) {
    return issuer.issuer() != null || issuer.introspection() == null
        ? String.valueOf(issuer.issuer())
        : issuer.introspection().uri();
  }

  /** Whether this node knows what was revoked before it was started. */
  boolean isKnown() {
    return !(store instanceof SharedRevocations shared) || shared.isKnown();
  }

  /** What looks at a token that was vouched for. */
  TokenScreen screen() {
    return screen;
  }

  /** What revokes tokens, in this cache too; what other nodes revoke goes from it, too. */
  TokenEviction eviction(@Nullable CachingAccessTokenVerifier cache) {
    CachedTokens cached = cache == null ? CachedTokens.none() : in(cache);
    if (store instanceof SharedRevocations shared) {
      RevocationSharing.start(shared, cached, settings);
    }
    return new TokenEviction(store, cached, clock);
  }

  private static CachedTokens in(CachingAccessTokenVerifier cache) {
    return new CachedTokens() {
      @Override
      public void evictWhere(Predicate<AccessToken> condition) {
        cache.evictWhere(condition);
      }

      @Override
      public void evict(Sha256Digest token) {
        cache.evict(token);
      }
    };
  }

  /** What takes events, and asks for those that are polled; null where none are taken. */
  @Nullable EventIntake intake(
      TokenEviction eviction, @Nullable IssuerClient client, OpenParts parts) {
    List<TransmitterSettings> all = settings.events().transmitters();
    if (all.isEmpty()) {
      return null;
    }
    List<Transmitter> transmitters = new ArrayList<>();
    for (TransmitterSettings transmitter : all) {
      String name = "holdfast.events.transmitters[" + transmitters.size() + "]";
      transmitters.add(
          new Transmitter(
              transmitter.issuer(),
              transmitter.audiences(),
              parts.add(signatures(transmitter, name, client))::hold,
              transmitter.pushAuthorization()));
    }
    EventIntake intake =
        new EventIntake(
            transmitters, eviction, new EventRules(settings.tokens().clockSkew(), clock));
    for (TransmitterSettings transmitter : all) {
      if (transmitter.pollUri() != null) {
        parts.addFirst(poller(transmitter, transmitter.pollUri(), client, intake));
      }
    }
    return intake;
  }

  private Poller poller(
      TransmitterSettings transmitter,
      String uri,
      @Nullable IssuerClient client,
      EventIntake intake) {
    IssuerSettings same = EventChecks.sameIssuer(transmitter, settings.tokens().issuers());
    return Poller.start(
        transmitter.issuer(),
        IssuerHttp.of(same == null ? null : same.trustNow(), Poller.LONGEST, Poller.MAX_BODY_BYTES)
            .allowingPlainHttp(same != null && same.allowPlainHttp())
            .by(client),
        URI.create(uri),
        transmitter.pollAuthorization(),
        intake);
  }

  /** What takes events over HTTP; null where they are not pushed. */
  @Nullable EventReceiver receiver(@Nullable EventIntake intake) {
    String path = settings.events().path();
    return path == null || intake == null ? null : new EventReceiver(path, intake);
  }

  private IssuerSignatures signatures(
      TransmitterSettings transmitter, String name, @Nullable IssuerClient client) {
    IssuerSettings same = EventChecks.sameIssuer(transmitter, settings.tokens().issuers());
    try {
      return IssuerSignatures.ofTransmitter(
          new JwtIssuer(
              transmitter.issuer(),
              transmitter.jwkSetUri() == null ? null : URI.create(transmitter.jwkSetUri()),
              transmitter.audiences(),
              Set.of(),
              Set.of(),
              settings.tokens().clockSkew(),
              same != null && same.allowPlainHttp()),
          same == null ? null : same.trustNow(),
          clock,
          client);
    } catch (IllegalArgumentException refused) {
      InvalidSettingException invalid =
          new InvalidSettingException(
              name, String.valueOf(refused.getMessage()), "Correct or remove that value");
      invalid.initCause(refused);
      throw invalid;
    }
  }
}
