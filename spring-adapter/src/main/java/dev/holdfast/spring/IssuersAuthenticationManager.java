package dev.holdfast.spring;

import org.springframework.security.authentication.AuthenticationManager;

/**
 * Authenticates tokens of all of Holdfast's issuers. It is deliberately no {@code
 * AuthenticationManager} itself: Spring Security makes a bean of that type the parent of every
 * chain's own manager, and would ask it about a token that the chain has refused.
 *
 * @param manager for the chains of Holdfast's own
 */
record IssuersAuthenticationManager(AuthenticationManager manager) {}
