package dev.holdfast.spring.takers;

import jakarta.servlet.Filter;

/**
 * One of the filters that Holdfast puts in the place of Spring Security's. It lets a token in only
 * when the binding is confirmed, or where the policy leaves that to Spring Security.
 */
public interface ConfirmingFilter extends Filter {}
