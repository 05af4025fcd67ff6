/**
 * The Spring edge: a Spring Security plugin that Spring Boot configures.
 *
 * <ol>
 *   <li>{@link dev.holdfast.spring.boot.HoldfastAutoConfiguration}: from {@code holdfast.*} and
 *       Boot's own {@code spring.security.oauth2.resourceserver.*} to a {@link
 *       dev.holdfast.BindingEnforcer}, a {@code JwtDecoder} and an {@code OpaqueTokenIntrospector}
 *   <li>{@link dev.holdfast.spring.HoldfastConfigurer}: on every {@code SecurityFilterChain} with
 *       {@code oauth2ResourceServer(...)}, installed without a line of code, its bearer token
 *       filter is replaced by one that asks the enforcer
 *   <li>that filter lets the chain's own filter verify the token, sealed off from the request, and
 *       only a confirmed {@code Authentication} comes out
 * </ol>
 *
 * <p>Only what is here is for applications. The rooms below it, each of which may use those before
 * it:
 *
 * <ul>
 *   <li>{@code held}, {@code takers}: what the objects of an application hold, and which filters
 *       take tokens
 *   <li>{@code sessions}, {@code scope}, {@code events}, {@code issuers}, {@code witness}, {@code
 *       verification}: the sealed box, and what is known of a token that was verified in it
 *   <li>{@code answers}: what goes out when a request is refused
 *   <li>this package: Holdfast's filters and how they come into a chain
 *   <li>{@code look}: what stands in the way of a request, seen at the start
 *   <li>{@code boot}: Spring Boot
 * </ul>
 *
 * <p>Controllers keep the principal and the authorities that the chain gives them. The token is
 * read from the {@code Authorization} field alone: a {@code BearerTokenResolver} that finds one
 * elsewhere is not followed where bindings count.
 */
@NullMarked
package dev.holdfast.spring;

import org.jspecify.annotations.NullMarked;
