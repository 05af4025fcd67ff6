/**
 * The servlet filter before Jersey and RESTEasy: what a resource sees, and what never reaches it.
 */
@NullMarked
package dev.holdfast.jakartarest;

import org.jspecify.annotations.NullMarked;
