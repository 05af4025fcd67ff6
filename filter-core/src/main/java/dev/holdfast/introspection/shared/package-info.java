/**
 * What an issuer said about a token, shared by all nodes of a service.
 *
 * <p>{@link dev.holdfast.introspection.shared.SharedLevel} stands between a node's own cache and
 * its issuer. It looks a token up in an {@link dev.holdfast.introspection.shared.EntryStore} that
 * the nodes share; where nothing is there, one node of all asks the issuer and the others wait for
 * what it writes. What is shared is the issuer's answer, and every node judges it by its own rules,
 * as if the issuer had given it just then.
 *
 * <p>The store is not trusted. Names are an HMAC of the token's digest. An entry is encrypted and
 * authenticated together with its name by a key that is not in the store ({@code EntryCipher}). One
 * that does not open, is malformed or is too old is as good as none. A store that is away is left
 * alone for a second at a time ({@code StoreHealth}), and each node asks the issuer itself.
 */
@NullMarked
package dev.holdfast.introspection.shared;

import org.jspecify.annotations.NullMarked;
