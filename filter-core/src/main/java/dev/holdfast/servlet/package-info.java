/**
 * The servlet edge: the only package that knows {@code jakarta.servlet}.
 *
 * <ol>
 *   <li>{@link dev.holdfast.servlet.evidence.ServletEvidence}: the raw facts of a servlet request
 *   <li>{@link dev.holdfast.servlet.HoldfastFilter}: decides once, then calls the chain or writes
 *   <li>{@link dev.holdfast.http.challenge.Challenge}: a refusal as HTTP
 *   <li>{@link dev.holdfast.servlet.exporter.HoldfastAttributes}: what the application finds on the
 *       request
 * </ol>
 *
 * <p>A web application without {@code web.xml} needs one line, for example in a {@code
 * ServletContextListener}: {@code HoldfastFilter.builder().issuer("https://issuer.example",
 * "https://api.example").build().register(context, "/api/*")}. Paths that anyone may see are left
 * out of the mapping.
 */
@NullMarked
package dev.holdfast.servlet;

import org.jspecify.annotations.NullMarked;
