/**
 * What is written under {@code holdfast.} in the environment, and what of it stops the start
 * because Spring Boot would lose it. Not for applications: it may change with every release.
 */
@NullMarked
package dev.holdfast.spring.boot.settings;

import org.jspecify.annotations.NullMarked;
