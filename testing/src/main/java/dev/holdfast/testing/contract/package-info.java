/**
 * What every server that Holdfast protects must do, as tests over real TLS.
 *
 * <p>A subclass of {@link dev.holdfast.testing.contract.HoldfastContract} starts a server from a
 * {@link dev.holdfast.testing.contract.ServerSpec}; the cases themselves are default methods of the
 * {@code …Cases} interfaces, one topic each, and know HTTP only. The numbers in the names are those
 * of the project's threat list.
 */
@NullMarked
package dev.holdfast.testing.contract;

import org.jspecify.annotations.NullMarked;
