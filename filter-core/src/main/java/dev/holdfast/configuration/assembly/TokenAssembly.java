package dev.holdfast.configuration.assembly;

import dev.holdfast.AccessTokenVerifier;
import dev.holdfast.IssuerClient;
import dev.holdfast.TokenScreen;
import dev.holdfast.cache.CacheLimits;
import dev.holdfast.cache.CachingAccessTokenVerifier;
import dev.holdfast.cache.LowerLevel;
import dev.holdfast.configuration.InvalidSettingException;
import dev.holdfast.configuration.checks.Audiences;
import dev.holdfast.configuration.issuers.CacheSettings;
import dev.holdfast.configuration.issuers.IssuerLimits;
import dev.holdfast.configuration.issuers.IssuerSettings;
import dev.holdfast.configuration.issuers.TokenSettings;
import dev.holdfast.events.UnrevokedVerifier;
import dev.holdfast.internal.waiting.Later;
import dev.holdfast.internal.waiting.WaitingRoom;
import dev.holdfast.introspection.IntrospectionEndpoint.ClientAuthentication;
import dev.holdfast.jwt.IssuerRouter;
import dev.holdfast.jwt.JwtAccessTokenVerifier;
import dev.holdfast.jwt.JwtIssuer;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes what verifies tokens, from settings that {@link TokenChecks} saw. */
final class TokenAssembly {
  private final TokenSettings tokens;
  private final Clock clock;
  private final Executor calls;
  private final @Nullable IssuerClient client;
  private final OpenParts parts;

  TokenAssembly(
      TokenSettings tokens,
      Clock clock,
      Executor calls,
      @Nullable IssuerClient client,
      OpenParts parts) {
    this.tokens = tokens;
    this.clock = clock;
    this.calls = calls;
    this.client = client;
    this.parts = parts;
  }

  /** Verifies tokens of all issuers and has them screened, cached. */
  CachingAccessTokenVerifier verifier(TokenScreen screen, @Nullable SharedCacheAssembly shared) {
    List<IssuerSettings> issuers = tokens.issuers();
    Map<String, AccessTokenVerifier> byIssuer = new LinkedHashMap<>();
    List<AccessTokenVerifier> opaque = new ArrayList<>();
    int count = 0;
    for (IssuerSettings issuer : issuers) {
      String setting = "holdfast.tokens.issuers[" + count++ + "]";
      requireNoTrust(issuer, setting);
      AccessTokenVerifier verifier = of(issuer, setting, shared);
      parts.add(verifier);
      if (issuer.introspection() != null) {
        opaque.add(verifier);
      }
      if (issuer.issuer() != null) {
        // an issuer with an entry of either kind has its JWTs verified by its keys
        byIssuer.merge(
            issuer.issuer(), verifier, (a, b) -> a instanceof JwtAccessTokenVerifier ? a : b);
      }
    }
    CacheSettings cache = tokens.cache();
    return new CachingAccessTokenVerifier(
        new UnrevokedVerifier(new IssuerRouter(byIssuer, opaque), screen),
        issuers.stream().map(TokenAssembly::name).collect(Collectors.joining(" ")),
        limits(cache),
        new WaitingRoom(mostCallsOf(issuers), parts.add(new Later()))::await,
        shared == null ? LowerLevel.NONE : shared,
        clock);
  }

  private void requireNoTrust(IssuerSettings issuer, String setting) {
    if (client != null
        && issuer.introspection() != null
        && issuer.introspection().clientAuthentication() == ClientAuthentication.TLS) {
      throw new InvalidSettingException(
          setting + ".introspection.client-authentication",
          "tls has no effect here, because an IssuerClient of the application makes the"
              + " connections to issuers",
          "Choose private-key-jwt, or remove the IssuerClient");
    }
    if (client != null && issuer.trust() != null) {
      throw new InvalidSettingException(
          setting + ".trusted-certificates",
          "whom to trust has no effect here, because an IssuerClient of the application calls"
              + " issuers",
          "Remove that setting (or ssl-bundle), and let the client trust the issuer's certificate");
    }
  }

  private static int mostCallsOf(List<IssuerSettings> issuers) {
    return issuers.stream()
        .mapToInt(issuer -> issuer.limits().maxConcurrentCalls())
        .max()
        .orElse(IssuerLimits.DEFAULTS.maxConcurrentCalls());
  }

  private static CacheLimits limits(CacheSettings cache) {
    try {
      return new CacheLimits(
          cache.ttl(), cache.maxEntries(), cache.negativeTtl(), cache.negativeMaxEntries());
    } catch (IllegalArgumentException refused) {
      throw invalid("holdfast.tokens.cache", refused);
    }
  }

  /** The mechanisms have the last word on what they can work with. */
  private AccessTokenVerifier of(
      IssuerSettings issuer, String setting, @Nullable SharedCacheAssembly shared) {
    try {
      return issuer.introspection() == null
          ? ofKeys(issuer, String.valueOf(issuer.issuer()))
          : new IntrospectionAssembly(issuer, issuer.introspection(), setting, clock, client)
              .verifier(
                  tokens.clockSkew(),
                  calls,
                  shared == null ? null : shared.level(issuer, issuer.introspection()),
                  parts);
    } catch (IllegalArgumentException refused) {
      throw invalid(setting, refused);
    }
  }

  private static InvalidSettingException invalid(String setting, IllegalArgumentException cause) {
    InvalidSettingException invalid =
        new InvalidSettingException(
            setting, String.valueOf(cause.getMessage()), "Correct or remove that value");
    invalid.initCause(cause);
    return invalid;
  }

  private AccessTokenVerifier ofKeys(IssuerSettings issuer, String name) {
    return JwtAccessTokenVerifier.of(
        new JwtIssuer(
            name,
            issuer.jwkSetUri() == null ? null : URI.create(issuer.jwkSetUri()),
            Audiences.required(issuer),
            issuer.algorithms(),
            issuer.types(),
            tokens.clockSkew(),
            issuer.allowPlainHttp()),
        issuer.limits().ofKeys(),
        issuer.trustNow(),
        clock,
        client);
  }

  private static String name(IssuerSettings issuer) {
    return issuer.introspection() == null
        ? String.valueOf(issuer.issuer())
        : issuer.introspection().uri();
  }
}
