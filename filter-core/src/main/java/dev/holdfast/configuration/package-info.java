/**
 * Settings, and how the parts are put together from them: the only package that names the
 * mechanisms. Every edge (the servlet filter, Spring) hands in {@link
 * dev.holdfast.configuration.settings.HoldfastSettings} and receives a {@link
 * dev.holdfast.BindingEnforcer}.
 */
@NullMarked
package dev.holdfast.configuration;

import org.jspecify.annotations.NullMarked;
