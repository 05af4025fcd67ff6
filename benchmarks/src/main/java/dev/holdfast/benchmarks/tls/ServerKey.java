package dev.holdfast.benchmarks.tls;

import dev.holdfast.testing.Identity;
import dev.holdfast.testing.KeyKind;
import dev.holdfast.testing.ThrowAwayPki;
import java.util.EnumMap;
import java.util.Map;

/** The server's keys, by Tomcat's names of their types: P-256, and RSA of 2048 bits. */
enum ServerKey {
  EC,
  RSA;

  static Map<ServerKey, Identity> identities() {
    Map<ServerKey, Identity> keys = new EnumMap<>(ServerKey.class);
    for (ServerKey key : values()) {
      keys.put(key, ThrowAwayPki.create(KeyKind.valueOf(key.name())).serverCertificate());
    }
    return keys;
  }
}
