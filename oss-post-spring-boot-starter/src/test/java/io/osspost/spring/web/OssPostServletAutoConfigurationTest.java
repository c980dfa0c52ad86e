package io.osspost.spring.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.osspost.servlet.OssPostFilter;
import io.osspost.spring.Starter;
import io.osspost.web.UploadEndpoints;
import jakarta.servlet.DispatcherType;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.web.servlet.FilterRegistrationBean;

class OssPostServletAutoConfigurationTest {
  private final WebApplicationContextRunner web = Starter.servlet();

  @Test
  void theFilterAnswersTheEndpointsPathsBehindSpringSecurity() {
    web.withPropertyValues("oss.post.path-prefix=/api")
        .run(
            context -> {
              FilterRegistrationBean<?> filter =
                  context.getBean("ossPostFilter", FilterRegistrationBean.class);
              assertThat(filter.getFilter()).isInstanceOf(OssPostFilter.class);
              // Every path, because a filter before it may forward a request or change its path.
              assertThat(filter.getUrlPatterns()).isEmpty();
              assertThat(filter.determineDispatcherTypes())
                  .contains(DispatcherType.REQUEST, DispatcherType.ASYNC, DispatcherType.FORWARD);
              FilterRegistrationBean<?> authorities =
                  context.getBean("ossPostAuthorities", FilterRegistrationBean.class);
              assertThat(authorities.getOrder())
                  .isGreaterThan(-100) // The order of Spring Security's chain in Boot.
                  .isLessThan(filter.getOrder());
            });
  }

  @Test
  void yourRegistrationWins() {
    FilterRegistrationBean<OssPostFilter> yours = new FilterRegistrationBean<>();
    web.run(
        first -> {
          yours.setFilter(new OssPostFilter(first.getBean(UploadEndpoints.class)));
          web.withBean("ossPostFilter", FilterRegistrationBean.class, () -> yours)
              .run(context -> assertThat(context.getBean("ossPostFilter")).isSameAs(yours));
        });
  }

  @Test
  void startsWithoutTheFiltersClass() {
    web.withClassLoader(new FilteredClassLoader(OssPostFilter.class))
        .run(
            context ->
                assertThat(context)
                    .hasSingleBean(UploadEndpoints.class)
                    .doesNotHaveBean("ossPostFilter"));
  }

  @Test
  void withoutSpringSecurityThereAreNoAuthoritiesToRead() {
    web.withClassLoader(new FilteredClassLoader("org.springframework.security"))
        .withPropertyValues("oss.post.allow-anonymous=true")
        .run(
            context ->
                assertThat(context).hasBean("ossPostFilter").doesNotHaveBean("ossPostAuthorities"));
  }

  @Test
  void otherApplicationsGetNoServletFilter() {
    Starter.offWeb().run(context -> assertThat(context).doesNotHaveBean("ossPostFilter"));
    Starter.reactive().run(context -> assertThat(context).doesNotHaveBean("ossPostFilter"));
  }
}
