/**
 * The Spring edge: a Spring Security plugin that Spring Boot configures.
 *
 * <ol>
 *   <li>{@link dev.holdfast.spring.HoldfastAutoConfiguration}: from {@code holdfast.*} and Boot's
 *       own {@code spring.security.oauth2.resourceserver.*} to a {@link
 *       dev.holdfast.BindingEnforcer}, a {@code JwtDecoder} and an {@code OpaqueTokenIntrospector}
 *   <li>{@link dev.holdfast.spring.HoldfastConfigurer}: on every {@code SecurityFilterChain} with
 *       {@code oauth2ResourceServer(...)}, installed without a line of code, its bearer token
 *       filter is replaced by one that asks the enforcer
 *   <li>that filter lets the chain's own filter verify the token, sealed off from the request, and
 *       only a confirmed {@code Authentication} comes out
 * </ol>
 *
 * <p>Controllers keep the principal and the authorities that the chain gives them. The token is
 * read from the {@code Authorization} field alone: a {@code BearerTokenResolver} that finds one
 * elsewhere is not followed where bindings count.
 */
@NullMarked
package dev.holdfast.spring;

import org.jspecify.annotations.NullMarked;
