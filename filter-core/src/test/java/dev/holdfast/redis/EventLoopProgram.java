package dev.holdfast.redis;

import dev.holdfast.BindingEnforcer;
import dev.holdfast.Decision;
import dev.holdfast.EnforcementListener;
import dev.holdfast.PlainRequest;
import dev.holdfast.configuration.assembly.Assembly;
import dev.holdfast.configuration.reading.SettingsReader;
import dev.holdfast.internal.waiting.OwnThread;
import dev.holdfast.testing.Await;
import dev.holdfast.testing.DpopKey;
import dev.holdfast.testing.TestIssuer;
import dev.holdfast.testing.ThrowAwayPki;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import reactor.blockhound.BlockHound;

/**
 * A program that decides about requests on one thread which must not block, with a real issuer and
 * a real Redis behind it. It prints what became of each.
 */
final class EventLoopProgram {
  private static final String TARGET = "https://api.example/payments";

  private EventLoopProgram() {}

  /** A DPoP-bound token with its proof. */
  private record Request(String token, String proof) implements PlainRequest {
    @Override
    public List<String> headers(String name) {
      return switch (name) {
        case "Authorization" -> List.of("DPoP " + token);
        case "DPoP" -> List.of(proof);
        default -> List.of();
      };
    }

    @Override
    public String targetUri() {
      return TARGET;
    }
  }

  /**
   * Runs it.
   *
   * @param arguments {@code blocking} has the calls made by the thread that asks; {@code sharing}
   *     has answers shared in Redis
   */
  public static void main(String[] arguments) throws Exception {
    BlockHound.install(
        builder ->
            builder
                .nonBlockingThreadPredicate(any -> any.or(EventLoopProgram::isLoop))
                .allowBlockingCallsInside(ThreadPoolExecutor.class.getName(), "getTask")
                // the kernel's random numbers: a file, and nobody waits for it
                .allowBlockingCallsInside("sun.security.provider.NativePRNG", "engineNextBytes"));
    boolean blocking = List.of(arguments).contains("blocking");
    boolean shares = List.of(arguments).contains("sharing");
    ThrowAwayPki pki = ThrowAwayPki.create();
    Path trust = Files.createTempFile("holdfast-trust", ".pem");
    pki.writeTrustedCertificates(trust);
    ExecutorService loop =
        Executors.newSingleThreadExecutor(task -> new Thread(task, "event-loop"));
    try (LocalRedis redis = LocalRedis.started();
        TestIssuer issuer = TestIssuer.start(pki);
        Assembly assembly =
            Assembly.of(
                SettingsReader.readInitParameters(settings(redis, issuer, trust, shares)),
                Clock.systemUTC(),
                blocking ? Runnable::run : OwnThread.EXECUTOR,
                null)) {
      BindingEnforcer enforcer = assembly.enforcer(assembly.tokens(), EnforcementListener.silent());
      Instant old = Instant.now().plusSeconds(2);
      Await.within(Duration.ofSeconds(10), () -> Instant.now().isAfter(old)); // Redis is older
      DpopKey key = DpopKey.create();
      Map<String, Object> claims = issuer.claims(null);
      claims.put("cnf", Map.of("jkt", key.thumbprint()));
      for (String token : List.of(issuer.jwt(claims), issuer.opaque(claims))) {
        Request request = new Request(token, key.proof("GET", TARGET, token).sign());
        decide(loop, enforcer, request);
        decide(loop, enforcer, request); // from the cache, and spent
        decide(loop, enforcer, new Request(token, key.proof("GET", TARGET, token).sign()));
      }
    } finally {
      loop.shutdownNow();
      Files.delete(trust);
    }
  }

  private static boolean isLoop(Thread thread) {
    return thread.getName().equals("event-loop")
        || thread.getName().startsWith("lettuce-nioEventLoop");
  }

  private static Map<String, String> settings(
      LocalRedis redis, TestIssuer issuer, Path trust, boolean shares) {
    Map<String, String> settings = new HashMap<>();
    settings.put("tokens.issuers[0].issuer", issuer.issuer());
    settings.put("tokens.issuers[0].audiences", "https://api.example");
    settings.put("tokens.issuers[0].trusted-certificates", trust.toString());
    settings.put("tokens.issuers[1].introspection.uri", issuer.introspectionUri());
    settings.put("tokens.issuers[1].introspection.client-id", TestIssuer.CLIENT_ID);
    settings.put("tokens.issuers[1].introspection.client-secret", TestIssuer.CLIENT_SECRET);
    settings.put("tokens.issuers[1].audiences", "https://api.example");
    settings.put("tokens.issuers[1].trusted-certificates", trust.toString());
    settings.put(
        "dpop.clock-skew", "0s"); // a new Redis may have forgotten what is older than itself
    settings.put("dpop.replay.store", "redis");
    settings.put("redis.uri", "redis://127.0.0.1:" + redis.port());
    if (shares) {
      settings.put("tokens.cache.shared", "redis");
      settings.put("tokens.cache.encryption-key", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8");
    }
    return settings;
  }

  private static void decide(ExecutorService loop, BindingEnforcer enforcer, Request request)
      throws Exception {
    Decision decision =
        loop.submit(() -> enforcer.decideAsync(request))
            .get(60, TimeUnit.SECONDS)
            .toCompletableFuture()
            .get(60, TimeUnit.SECONDS);
    System.out.println(
        decision instanceof Decision.Refused refused ? "refused " + refused.refusal() : "allowed");
  }
}
