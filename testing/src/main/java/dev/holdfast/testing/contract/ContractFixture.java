package dev.holdfast.testing.contract;

import dev.holdfast.testing.DpopKey;
import dev.holdfast.testing.Identity;
import dev.holdfast.testing.TestIssuer;
import dev.holdfast.testing.ThrowAwayPki;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What the cases of the contract need: an authority, an issuer, a rightful client, a thief, and the
 * servers.
 */
public final class ContractFixture implements AutoCloseable {
  private final Function<ServerSpec, Server> starter;
  private final ThrowAwayPki pki = ThrowAwayPki.create();
  private final TestIssuer issuer = TestIssuer.start(pki);
  private final FaultyIssuer faulty = FaultyIssuer.start(pki);
  private final Identity serverIdentity = pki.serverCertificate();
  private final Identity rightful = pki.clientCertificate("CN=payments-app");
  private final Identity thief = pki.clientCertificate("CN=thief");
  private final Path trust;
  private final Map<ServerSpec, Api> apis = new HashMap<>();
  private final List<Server> servers = new ArrayList<>();

  /** A fixture whose servers this starts; it closes them. */
  public ContractFixture(Function<ServerSpec, Server> starter) {
    this.starter = starter;
    try {
      this.trust = Files.createTempFile("holdfast-trust", ".pem");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    pki.writeTrustedCertificates(trust);
  }

  /** The issuer of JWTs and opaque tokens. */
  public TestIssuer issuer() {
    return issuer;
  }

  FaultyIssuer faulty() {
    return faulty;
  }

  /** Whom the tokens are issued to. */
  public Identity rightful() {
    return rightful;
  }

  /** Who has another certificate. */
  public Identity thief() {
    return thief;
  }

  /**
   * A server that takes this issuer's JWTs by its keys and its opaque tokens by introspection.
   *
   * @param more names without {@code holdfast.} and values in turn, beside or in place of these
   */
  public Api api(String... more) {
    return api(ServerSpec.Forwarding.IGNORED, more);
  }

  /** The same in a container that believes {@code X-Forwarded-For}. */
  Api rewriting(String... more) {
    return api(ServerSpec.Forwarding.REWRITES, more);
  }

  private Api api(ServerSpec.Forwarding forwarding, String... more) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("holdfast.tokens.issuers[0].issuer", issuer.issuer());
    settings.put("holdfast.tokens.issuers[0].jwk-set-uri", issuer.jwkSetUri());
    settings.put("holdfast.tokens.issuers[0].audiences", "https://api.example");
    settings.put("holdfast.tokens.issuers[0].trusted-certificates", trust.toString());
    settings.put("holdfast.tokens.issuers[1].introspection.uri", issuer.introspectionUri());
    settings.put("holdfast.tokens.issuers[1].introspection.client-id", TestIssuer.CLIENT_ID);
    settings.put(
        "holdfast.tokens.issuers[1].introspection.client-secret", TestIssuer.CLIENT_SECRET);
    settings.put("holdfast.tokens.issuers[1].introspection.timeout", "2s");
    settings.put("holdfast.tokens.issuers[1].audiences", "https://api.example");
    settings.put("holdfast.tokens.issuers[1].trusted-certificates", trust.toString());
    for (int i = 0; i < more.length; i += 2) {
      settings.put("holdfast." + more[i], more[i + 1]);
    }
    return apis.computeIfAbsent(
        new ServerSpec(settings, serverIdentity, pki, forwarding), this::start);
  }

  private Api start(ServerSpec spec) {
    Server server = starter.apply(spec);
    servers.add(server);
    return new Api(server, pki, rightful, thief);
  }

  /** Valid claims bound to the rightful client's certificate. */
  public Map<String, Object> boundClaims() {
    return issuer.claims(rightful.thumbprint());
  }

  /** Valid claims bound to this DPoP key. */
  public Map<String, Object> dpopClaims(DpopKey key) {
    return claimsWithCnf(Map.of("jkt", key.thumbprint()));
  }

  /** Valid claims with this {@code cnf}, whatever it is. */
  public Map<String, Object> claimsWithCnf(Object cnf) {
    Map<String, Object> claims = issuer.claims(null);
    claims.put("cnf", cnf);
    return claims;
  }

  @Override
  public void close() {
    servers.forEach(Server::close);
    faulty.close();
    issuer.close();
    try {
      Files.deleteIfExists(trust);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
