/**
 * Connections to issuers: looking up a name, dialling, keeping, and reading an answer to the
 * letter. Not public API: it changes without notice.
 */
@NullMarked
package dev.holdfast.internal.issuer.connection;

import org.jspecify.annotations.NullMarked;
