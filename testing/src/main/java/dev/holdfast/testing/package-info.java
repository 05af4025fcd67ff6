/**
 * What the tests and the examples share.
 *
 * <p>{@link dev.holdfast.testing.ThrowAwayPki} makes a certificate authority in memory and issues
 * certificates from it; each {@link dev.holdfast.testing.Identity} is a private key with its
 * certificate chain and turns into PEM files, a PKCS #12 key store or an {@code SSLContext}.
 * Nothing here is meant to protect anything: keys live as long as the process or the test's
 * directory.
 */
@NullMarked
package dev.holdfast.testing;

import org.jspecify.annotations.NullMarked;
