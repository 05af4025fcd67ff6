package dev.holdfast.tls;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

/** Skipped where the JDK cannot export. */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@EnabledForJreRange(
    min = JRE.JAVA_25,
    disabledReason = "JDK 25 is the first whose TLS exports keying material")
@interface NeedsExporter {}
