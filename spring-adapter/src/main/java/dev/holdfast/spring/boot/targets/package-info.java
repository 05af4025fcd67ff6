/**
 * Where a request goes: that what chains and rules were asked about is what a gateway calls. Not
 * for applications: it may change with every release.
 */
@NullMarked
package dev.holdfast.spring.boot.targets;

import org.jspecify.annotations.NullMarked;
