package dev.holdfast.mtls;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.holdfast.mtls.header.Decoding;
import java.util.Arrays;
import java.util.stream.Stream;

/** Where the fuzz targets begin: what is valid, and what once looked like it. */
public final class FuzzSeeds {
  private FuzzSeeds() {}

  private static byte[][] of(String... values) {
    return Stream.of(values).map(value -> value.getBytes(ISO_8859_1)).toArray(byte[][]::new);
  }

  public static byte[][] xfcc() {
    String hash = "Hash=" + "a0".repeat(32);
    return of(
        Capture.read("synthetic-envoy-cert.txt").only("X-Forwarded-Client-Cert"),
        hash + "," + hash + ";Subject=\"a,b;Cert=\\\"x\\\"\";DNS=a;DNS=b",
        hash + ";Subject=\"\\",
        ",;=\"\\",
        "");
  }

  public static byte[][] percentEncodedPem() {
    return of(
        Capture.read("synthetic-aws-alb-passthrough-plus-eq-slash-safe.txt")
            .only("X-Amzn-Mtls-Clientcert"),
        Capture.read("nginx-A-cert.txt").only("X-SSL-Cert"),
        "-----BEGIN%20CERTIFICATE-----%0AAAAA%0A-----END%20CERTIFICATE-----",
        "%",
        "%0",
        "");
  }

  public static byte[][] byteSequence() {
    byte[][] texts =
        of(
            Capture.read("caddy-A-cert.txt").only("Client-Cert"),
            Capture.read("synthetic-rfc9440-chain.txt").only("Client-Cert-Chain"),
            "::",
            ":AA==:, :AAAA:",
            "");
    byte[][] seeds = Arrays.copyOf(texts, texts.length + 1);
    seeds[texts.length] = Decoding.CLIENT_DER;
    return seeds;
  }

  public static byte[][] foldedPem() {
    return of(
        Capture.read("apache-A-cert.txt").only("X-SSL-Client-Cert"),
        "-----BEGIN CERTIFICATE----- AAAA -----END CERTIFICATE-----",
        "-----BEGIN CERTIFICATE-----",
        "(null)",
        "");
  }
}
