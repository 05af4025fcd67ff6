package dev.holdfast.spring.webflux;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says that a class of the application makes no {@code Authentication} of an access token: a {@code
 * ServerAuthenticationConverter} for API keys, a {@code ServerSecurityContextRepository} over a
 * store of sessions, a {@code WebFilter} that reads tokens for another purpose. Without it, such a
 * class stops the start, because Holdfast cannot see what it does.
 *
 * <p>Nobody checks it. If the class does take access tokens, a stolen one passes there.
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface TakesNoAccessTokens {}
