package io.osspost.spring.web;

import io.osspost.servlet.OssPostFilter;
import io.osspost.spring.OssPostEndpointsAutoConfiguration;
import io.osspost.web.UploadEndpoints;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import java.util.EnumSet;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.security.access.hierarchicalroles.RoleHierarchy;
import org.springframework.security.core.Authentication;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;

/**
 * Auto-configuration of the servlet filter. It comes after every other filter: the ones that log
 * callers in, and the application's filters without an order.
 */
@AutoConfiguration(after = OssPostEndpointsAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass({FilterRegistrationBean.class, OssPostFilter.class})
@ConditionalOnBean(UploadEndpoints.class)
public class OssPostServletAutoConfiguration {
  @Bean
  @ConditionalOnMissingBean(name = "ossPostFilter")
  FilterRegistrationBean<OssPostFilter> ossPostFilter(UploadEndpoints endpoints) {
    return last(new OssPostFilter(endpoints), Ordered.LOWEST_PRECEDENCE);
  }

  /**
   * It runs between Spring Security, which has authorities, and the endpoints, which need roles.
   */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(Authentication.class)
  static class SecurityConfiguration {
    @Bean
    @ConditionalOnMissingBean(name = "ossPostAuthorities")
    FilterRegistrationBean<AuthoritiesFilter> ossPostAuthorities(
        ObjectProvider<RoleHierarchy> hierarchy) {
      return last(new AuthoritiesFilter(Authorities.of(hierarchy)), Ordered.LOWEST_PRECEDENCE - 1);
    }
  }

  /** Finds methods of Spring MVC that are never called. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(RequestMappingInfoHandlerMapping.class)
  static class MvcConfiguration {
    @Bean
    SmartInitializingSingleton ossPostShadowedMappings(
        UploadEndpoints endpoints,
        ObjectProvider<RequestMappingInfoHandlerMapping> mappings,
        @Value("${spring.mvc.servlet.path:/}") String servletPath) {
      ShadowedMappings shadowed = new ShadowedMappings(endpoints.paths(), servletPath);
      return () -> mappings.forEach(mapping -> shadowed.warn(mapping.getHandlerMethods()));
    }
  }

  /**
   * Registers a filter for every path, because a filter before it may change the path of a request:
   * by a wrapper, a forward or an asynchronous dispatch.
   */
  private static <F extends Filter> FilterRegistrationBean<F> last(F filter, int order) {
    FilterRegistrationBean<F> registration = new FilterRegistrationBean<>(filter);
    registration.setDispatcherTypes(
        EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC, DispatcherType.FORWARD));
    registration.setOrder(order);
    registration.setMatchAfter(true);
    return registration;
  }
}
