/**
 * What the objects of an application hold in their fields, read by reflection at the start. Not
 * public API.
 */
@NullMarked
package dev.holdfast.spring.webflux.held;

import org.jspecify.annotations.NullMarked;
