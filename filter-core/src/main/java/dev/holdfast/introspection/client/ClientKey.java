package dev.holdfast.introspection.client;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The key with which this service signs.
 *
 * @param setting the name of the setting that names the file, for the log
 * @param file PKCS #8 in PEM, or one JWK; read again when it has changed
 * @param id {@code kid}; null: that of the JWK, or none
 * @param algorithm {@code alg}; null: that of the JWK, or {@code RS256}, {@code ES256}, {@code
 *     ES384}, {@code ES512} or {@code EdDSA}, as fits the key
 */
public record ClientKey(
    String setting, Path file, @Nullable String id, @Nullable String algorithm) {}
