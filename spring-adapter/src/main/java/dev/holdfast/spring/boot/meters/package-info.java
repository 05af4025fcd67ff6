/** Micrometer's meters. Not for applications: it may change with every release. */
@NullMarked
package dev.holdfast.spring.boot.meters;

import org.jspecify.annotations.NullMarked;
