package dev.holdfast.dpop;

import dev.holdfast.Binding;
import dev.holdfast.internal.jose.SignatureCheck;

/**
 * The key of a proof, sound but not yet proven: whoever knows it can name it.
 *
 * @param binding the key, by its RFC 7638 thumbprint
 * @param thumbprint the thumbprint's text
 * @param check checks the proof's signature by the algorithm that its header names
 */
record ProofKey(Binding binding, String thumbprint, SignatureCheck check) {}
