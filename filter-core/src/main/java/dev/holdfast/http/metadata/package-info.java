/**
 * What a protected resource says of itself to clients that have no token yet (RFC 9728): its name,
 * a {@link dev.holdfast.http.metadata.ResourceIdentifier}, which never comes from a client; the
 * document and its address, {@link dev.holdfast.http.metadata.ResourceMetadata}; and what an edge
 * writes, {@link dev.holdfast.http.metadata.MetadataAnswer}.
 */
@NullMarked
package dev.holdfast.http.metadata;

import org.jspecify.annotations.NullMarked;
