/**
 * Finds the filters that can turn an access token into an {@code Authentication}. Begin with {@link
 * dev.holdfast.spring.takers.StandingFilters}, which walks all that stand in a request's way, and
 * {@link dev.holdfast.spring.takers.TokenTakers}, which tells of one filter whether it takes
 * tokens. Not for applications: it may change with every release.
 */
@NullMarked
package dev.holdfast.spring.takers;

import org.jspecify.annotations.NullMarked;
