package dev.holdfast.internal.issuer;

import java.net.URI;
import java.util.Map;

/**
 * One request to an issuer.
 *
 * @param fields of its head, in their order
 * @param body not changed any more; empty for {@code GET}
 */
@SuppressWarnings("ArrayRecordComponent") // internal, read once, never compared
record Question(String method, URI uri, Map<String, String> fields, byte[] body) {}
