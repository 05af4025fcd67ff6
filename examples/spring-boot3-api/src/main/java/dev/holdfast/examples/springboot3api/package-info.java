/**
 * An API that takes certificate-bound tokens only, in three minutes: the starter on the class path,
 * an issuer in the settings, a server that asks for client certificates, and a chain that says what
 * is open.
 */
@NullMarked
package dev.holdfast.examples.springboot3api;

import org.jspecify.annotations.NullMarked;
