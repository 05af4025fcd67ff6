package dev.holdfast.spring.boot.redis;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.annotation.AnnotatedBeanDefinition;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.ClassUtils;

/**
 * Beans with which an application makes its connection to Redis itself, so that Boot's properties
 * do not say where that leads.
 */
final class OwnConnectionBeans {
  private static final List<String> TYPES =
      List.of(
          "org.springframework.data.redis.connection.RedisConnectionFactory",
          "org.springframework.boot.data.redis.autoconfigure.LettuceClientConfigurationBuilderCustomizer",
          "org.springframework.boot.data.redis.autoconfigure.LettuceClientOptionsBuilderCustomizer",
          "org.springframework.boot.autoconfigure.data.redis.LettuceClientConfigurationBuilderCustomizer",
          "org.springframework.boot.autoconfigure.data.redis.LettuceClientOptionsBuilderCustomizer");

  private static final String BOOT = "org.springframework.boot.";

  private OwnConnectionBeans() {}

  /** Stops the start where there is one. */
  static void refuse(BeanFactory beans) {
    ConfigurableListableBeanFactory all = listable(beans);
    if (all == null) {
      return;
    }
    for (String type : TYPES) {
      if (ClassUtils.isPresent(type, all.getBeanClassLoader())) {
        Class<?> found = ClassUtils.resolveClassName(type, all.getBeanClassLoader());
        for (String name : all.getBeanNamesForType(found, true, false)) {
          if (!isOfBoot(all, name)) {
            throw RedisUri.notTakenOver(
                "the bean " + name + " of type " + found.getSimpleName(),
                "the application makes its connection to Redis with it, and Holdfast cannot tell"
                    + " where that leads");
          }
        }
      }
    }
  }

  private static @Nullable ConfigurableListableBeanFactory listable(BeanFactory beans) {
    if (beans instanceof ConfigurableApplicationContext context) {
      return context.getBeanFactory();
    }
    return beans instanceof DefaultListableBeanFactory all ? all : null;
  }

  private static boolean isOfBoot(ConfigurableListableBeanFactory beans, String name) {
    if (!beans.containsBeanDefinition(name)) {
      return false;
    }
    BeanDefinition definition = beans.getBeanDefinition(name);
    return definition instanceof AnnotatedBeanDefinition annotated
        && annotated.getFactoryMethodMetadata() != null
        && annotated.getFactoryMethodMetadata().getDeclaringClassName().startsWith(BOOT);
  }
}
