package org.springframework.boot.webmvc.test.autoconfigure;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Boot 4's annotation, by which the shared tests are compiled: here it is that of Boot 3.5. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@org.springframework.boot.test.autoconfigure.web.servlet.WebMvcTest
public @interface WebMvcTest {}
