package io.osspost.spring;

import java.util.Optional;
import java.util.function.Function;
import org.springframework.beans.factory.BeanFactory;

/** Resolves the names in properties to beans. */
record NamedBeans(BeanFactory beans) implements Function<String, Optional<Object>> {
  @Override
  public Optional<Object> apply(String name) {
    return beans.containsBean(name) ? Optional.of(beans.getBean(name)) : Optional.empty();
  }
}
