package dev.holdfast.introspection.client;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * One key, shown to every server that asks for one of its kind. The JDK's own key manager shows
 * none where the server names authorities and the certificate is self-signed (RFC 8705 section
 * 2.2).
 */
final class OneKey extends X509ExtendedKeyManager {
  private static final String NAME = "client";
  private final PrivateKey key;
  private final X509Certificate[] chain;

  OneKey(PrivateKey key, X509Certificate[] chain) {
    this.key = key;
    this.chain = chain.clone();
  }

  private @Nullable String named(String... kinds) {
    return Arrays.asList(kinds).contains(key.getAlgorithm()) ? NAME : null;
  }

  @Override
  public String @Nullable [] getClientAliases(String kind, Principal @Nullable [] issuers) {
    String name = named(kind);
    return name == null ? null : new String[] {name};
  }

  @Override
  public @Nullable String chooseClientAlias(
      String[] kinds, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return named(kinds);
  }

  @Override
  public @Nullable String chooseEngineClientAlias(
      String[] kinds, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
    return named(kinds);
  }

  @Override
  public String @Nullable [] getServerAliases(String kind, Principal @Nullable [] issuers) {
    return null;
  }

  @Override
  public @Nullable String chooseServerAlias(
      String kind, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return null;
  }

  @Override
  public X509Certificate @Nullable [] getCertificateChain(String name) {
    return name.equals(NAME) ? chain.clone() : null;
  }

  @Override
  public @Nullable PrivateKey getPrivateKey(String name) {
    return name.equals(NAME) ? key : null;
  }
}
