/**
 * Remembers what verifiers answered, for a short time and within bounds.
 *
 * <p>{@link dev.holdfast.cache.CachingAccessTokenVerifier} looks a token up by the digest of its
 * whole text in two {@code AnswerStore}s: one for tokens that are valid, one, apart and bounded by
 * itself, for tokens that an issuer was asked about and disowned. A flood of random tokens
 * therefore never displaces a good one. A token in neither store is one {@code Flight}: the first
 * caller asks, whoever comes meanwhile waits for the same answer, and no lock is held while they
 * do.
 *
 * <p>What is remembered is the issuer's statement, never a decision: the binding is compared on
 * every request. No part of a token's text is kept.
 */
@NullMarked
package dev.holdfast.cache;

import org.jspecify.annotations.NullMarked;
