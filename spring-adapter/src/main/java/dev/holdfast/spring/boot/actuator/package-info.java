/** What Boot's actuator offers of Holdfast. Not public API. */
@NullMarked
package dev.holdfast.spring.boot.actuator;

import org.jspecify.annotations.NullMarked;
