package io.osspost.spring;

import io.osspost.ProfileSource;
import io.osspost.callback.AnsweringListener;
import io.osspost.callback.CallbackMemory;
import io.osspost.callback.ListenerTransaction;
import io.osspost.callback.UploadAnswer;
import io.osspost.callback.UploadListener;
import io.osspost.callback.UploadedObject;
import io.osspost.credentials.TokenVendor;
import io.osspost.ledger.UploadLedger;
import io.osspost.profile.KeyNaming;
import io.osspost.settings.Collaborators;
import io.osspost.settings.UploadSettings;
import io.osspost.web.CallerAuthorizer;
import io.osspost.web.RateLimit;
import io.osspost.web.UploadEndpoints;
import jakarta.servlet.ServletContext;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.context.WebApplicationContext;

/**
 * Auto-configuration of the endpoints, from settings and the application's beans.
 *
 * <p>The rule of {@link Collaborators} applies: the object that a property names takes precedence
 * over a bean found by its type. Connection details count as settings.
 */
@AutoConfiguration(
    after = {OssPostCredentialsAutoConfiguration.class, OssPostCallersAutoConfiguration.class})
public class OssPostEndpointsAutoConfiguration {
  private static final Log LOG = LogFactory.getLog(OssPostEndpointsAutoConfiguration.class);

  /** Other clocks of the application do not know the time of Alibaba Cloud. */
  private static final String CLOCK = "ossPostClock";

  /** Reported uploads, if no store and no bean remembers them; kept when settings are reloaded. */
  private final CallbackMemory memory = CallbackMemory.inProcess();

  /** A migration tool or a script may create the tables of the store. */
  @Bean
  @ConditionalOnMissingBean
  @DependsOnDatabaseInitialization
  UploadEndpoints ossPostEndpoints(
      UploadSettings settings,
      SigningCredentials signing,
      ObjectProvider<OssPostConnectionDetails> connection,
      ObjectProvider<ContextPath> contextPath,
      ListableBeanFactory beans,
      ApplicationEventPublisher publisher) {
    UploadEndpoints endpoints =
        settings.open(collaborators(signing, connection, contextPath, beans, publisher));
    boolean confirms =
        endpoints.paths().stream().anyMatch(path -> path.endsWith("/oss_upload_confirm"));
    if (endpoints.callbackPath().isEmpty()
        && !endpoints.recordsGrants()
        && !confirms
        && BeanFactoryUtils.beanNamesForTypeIncludingAncestors(beans, UploadListener.class).length
            > 0) {
      LOG.warn(
          "Without 'oss.post.callback.url' OSS does not call back, and with"
              + " 'oss.post.callback.confirm: off' pages cannot confirm uploads, so your"
              + " UploadListener beans hear of no upload.");
    }
    return endpoints;
  }

  /** Only for endpoints whose settings come from properties. */
  @Bean
  @ConditionalOnMissingBean
  @ConditionalOnBean(name = {"ossPostEndpoints", OssPostSettingsAutoConfiguration.SETTINGS})
  OssPostReload ossPostReload(
      UploadEndpoints endpoints,
      SigningCredentials signing,
      ObjectProvider<OssPostConnectionDetails> connection,
      ObjectProvider<ContextPath> contextPath,
      ListableBeanFactory beans,
      ApplicationEventPublisher publisher,
      Environment environment) {
    return new OssPostReload(
        endpoints,
        environment,
        () -> collaborators(signing, connection, contextPath, beans, publisher),
        texts -> connection.ifAvailable(texts::connect));
  }

  private Collaborators collaborators(
      SigningCredentials signing,
      ObjectProvider<OssPostConnectionDetails> connection,
      ObjectProvider<ContextPath> contextPath,
      ListableBeanFactory beans,
      ApplicationEventPublisher publisher) {
    ApplicationEvents events = new ApplicationEvents(publisher);
    Collaborators.Builder collaborators =
        Collaborators.builder()
            .objects(new NamedBeans(beans))
            .credentials(signing.provider())
            .onGrant(events::granted)
            .onCallback(events::calledBack)
            .onUpload(events::uploaded)
            .onEnd(events::ended)
            .lookup(UploadListener.class, () -> listeners(beans))
            .lookup(
                Clock.class,
                () ->
                    beans.containsBean(CLOCK)
                        ? Optional.of(beans.getBean(CLOCK, Clock.class))
                        : Optional.empty());
    for (Class<?> type :
        List.of(
            CallerAuthorizer.class,
            DataSource.class,
            KeyNaming.class,
            ListenerTransaction.class,
            ProfileSource.class,
            RateLimit.class,
            UploadLedger.class)) {
      lookup(collaborators, type, beans);
    }
    collaborators.lookup(
        CallbackMemory.class,
        () ->
            Optional.of(beans.getBeanProvider(CallbackMemory.class).getIfAvailable(() -> memory)));
    beans
        .getBeanProvider(CollaboratorsCustomizer.class)
        .forEach(customizer -> customizer.customize(collaborators));
    contextPath.ifAvailable(path -> collaborators.contextPath(path.text()));
    // Tokens of another cloud are not valid for the bucket of the connection.
    if (connection.getIfAvailable() == null) {
      lookup(collaborators, TokenVendor.class, beans);
    }
    List<UploadProfileCustomizer> customizers =
        beans.getBeanProvider(UploadProfileCustomizer.class).orderedStream().toList();
    if (!customizers.isEmpty()) {
      collaborators.customizer(
          (name, profile) ->
              customizers.forEach(customizer -> customizer.customize(name, profile)));
    }
    return collaborators.build();
  }

  /** The path of the application in its server, with which {@code callback.url} is compared. */
  record ContextPath(String text) {}

  @Configuration(proxyBeanMethods = false)
  @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
  static class ServletConfiguration {
    /** A container that the application is deployed to ignores the property. */
    @Bean
    ContextPath ossPostContextPath(WebApplicationContext application) {
      ServletContext servlets = application.getServletContext();
      return new ContextPath(servlets == null ? "" : servlets.getContextPath());
    }
  }

  @Configuration(proxyBeanMethods = false)
  @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
  static class WebFluxConfiguration {
    @Bean
    ContextPath ossPostContextPath(@Value("${spring.webflux.base-path:}") String path) {
      String cut = path.replaceAll("^/+|/+$", "");
      return new ContextPath(cut.isEmpty() ? "" : "/" + cut);
    }
  }

  private static <T> void lookup(
      Collaborators.Builder collaborators, Class<T> type, ListableBeanFactory beans) {
    collaborators.lookup(
        type, () -> Optional.ofNullable(beans.getBeanProvider(type).getIfAvailable()));
  }

  /** Listeners are looked up at the first event, because they may depend on the endpoints. */
  private static Optional<UploadListener> listeners(ListableBeanFactory beans) {
    if (BeanFactoryUtils.beanNamesForTypeIncludingAncestors(beans, UploadListener.class).length
        == 0) {
      return Optional.empty();
    }
    Supplier<List<UploadListener>> listeners =
        SingletonSupplier.of(
            () -> beans.getBeanProvider(UploadListener.class).orderedStream().toList());
    return Optional.of((AnsweringListener) uploaded -> answer(listeners.get(), uploaded));
  }

  /** Calls all listeners, and returns the first answer. */
  private static UploadAnswer answer(List<UploadListener> listeners, UploadedObject uploaded) {
    UploadAnswer first = UploadAnswer.none();
    for (UploadListener listener : listeners) {
      UploadAnswer answer = listener.answer(uploaded);
      first = first.json().isPresent() ? first : answer;
    }
    return first;
  }
}
